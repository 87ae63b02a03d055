import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ListenOptions, listen, type ManifestServer } from '../../../engine/server/listen.ts';
import type { JsonObject } from '../../../engine/util/json/json.ts';
import { type Answer, type Answers, fakeClock, fakeTransport } from '../../kit/scope.ts';
import { answers, apiKey, manifest, streamAt } from '../../protocol/manifests.ts';

const config = { api_key: apiKey };
const servers: ManifestServer[] = [];

async function start(options: Partial<ListenOptions> & { readonly answers?: Answers } = {}): Promise<string> {
  const { answers: given = answers, ...rest } = options;
  const server = await listen({
    port: 0,
    host: '127.0.0.1',
    surroundings: { clock: fakeClock(), transport: fakeTransport(given) },
    ...rest,
  });
  servers.push(server);
  return server.url;
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function post(url: string, path: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/v1/manifest/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as JsonObject };
}

describe('what anybody may ask', () => {
  test.each(['/health', '/health/'])('%s says that the server is up', async (path) => {
    const response = await fetch((await start({ jwtSecret: 'x' })) + path);
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
  });

  test('capabilities say that no code from requests is run', async () => {
    const response = await fetch(`${await start()}/capabilities/`);
    expect(await response.json()).toEqual({ custom_code_execution: false });
  });

  test('unknown paths and wrong methods are said to be so', async () => {
    const url = await start();
    expect((await fetch(`${url}/nowhere`)).status).toBe(404);
    const response = await fetch(`${url}/v1/manifest/check`);
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });
});

describe('manifests', () => {
  test('a test read gives pages with requests and answers', async () => {
    const { status, body } = await post(await start(), 'test_read', {
      manifest,
      config,
      stream_name: 'items',
      page_limit: '2',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      logs: [],
      test_read_limit_reached: true,
      inferred_schema: { type: 'object' },
      latest_config_update: null,
      slices: [
        {
          slice_descriptor: '{}',
          pages: [{ request: { url: 'https://api.test/items' } }, { response: { status: 200 } }],
        },
      ],
    });
  });

  test('a test read goes on from a state', async () => {
    const state = [
      {
        type: 'STREAM',
        stream: {
          stream_descriptor: { name: 'changes' },
          stream_state: { updated_at: '2024-01-05T00:00:00Z' },
        },
      },
    ];
    const { body } = await post(await start(), 'test_read', {
      manifest,
      config,
      stream_name: 'changes',
      state,
    });
    expect(body).toMatchObject({
      slices: [{ slice_descriptor: { start_time: '2024-01-05T00:00:00Z' } }],
    });
  });

  test('a check succeeds, or says why it does not', async () => {
    const url = await start();
    expect((await post(url, 'check', { manifest, config })).body).toEqual({ success: true, message: null });
    const failed = await post(url, 'check', { manifest, config: {} });
    expect([failed.status, failed.body]).toMatchObject([
      200,
      { success: false, message: expect.stringContaining('api_key') },
    ]);
  });

  test('a check shows no secret that the API repeats', async () => {
    const url = await start({ answers: () => ({ status: 403, body: { error: `Not for ${apiKey}` } }) });
    const { body } = await post(url, 'check', { manifest, config });
    expect(body).toMatchObject({ success: false, message: expect.stringContaining('Not for ****') });
  });

  test('discover gives a catalog', async () => {
    const { body } = await post(await start(), 'discover', { manifest, config });
    expect((body.catalog as { streams: JsonObject[] }).streams.map(({ name }) => name)).toContain('changes');
  });

  test('resolve and full_resolve give the whole manifest', async () => {
    const url = await start();
    expect((await post(url, 'resolve', { manifest })).body).toMatchObject({
      manifest: { type: 'DeclarativeSource' },
    });
    const { body } = await post(url, 'full_resolve', { manifest, config });
    expect((body.manifest as { streams: JsonObject[] }).streams[0]).toHaveProperty(
      'dynamic_stream_name',
      null,
    );
  });

  test('integers of any size keep their digits', async () => {
    const api = createServer((_request, response) =>
      response.end('{"items": [{"id": 12345678901234567890}]}'),
    );
    await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = api.address() as AddressInfo;
      const requester = { type: 'HttpRequester', url: `http://127.0.0.1:${port}/` };
      const big = { ...manifest, streams: [streamAt('big', '/', { retriever: { requester } })] };
      const response = await fetch(`${await start({ surroundings: {} })}/v1/manifest/test_read`, {
        method: 'POST',
        body: JSON.stringify({ manifest: big, config, stream_name: 'big' }),
      });
      expect(await response.text()).toContain('"records":[{"id":12345678901234567890}]');
    } finally {
      api.closeAllConnections();
      await new Promise((resolve) => api.close(resolve));
    }
  });
});

describe('what is refused', () => {
  test('a body that is no JSON', async () => {
    const { status, body } = await post(await start(), 'resolve', '{');
    expect([status, body]).toMatchObject([422, { detail: [{ loc: ['body'], type: 'json_invalid' }] }]);
  });

  test('a body without its fields, or with limits out of range', async () => {
    const url = await start();
    expect(await post(url, 'check', { config })).toMatchObject({
      status: 422,
      body: { detail: [{ loc: ['body', 'manifest'] }] },
    });
    const limits = await post(url, 'test_read', {
      manifest,
      config,
      stream_name: 'items',
      record_limit: 5001,
    });
    expect(limits).toMatchObject({ status: 422, body: { detail: [{ loc: ['body', 'record_limit'] }] } });
  });

  test('a manifest that is wrong, with the place', async () => {
    const wrong = { ...manifest, streams: [{ type: 'DeclarativeStream', name: 'items' }] };
    const { status, body } = await post(await start(), 'resolve', { manifest: wrong });
    expect(status).toBe(400);
    expect(body.detail).toMatch(/^Error resolving manifest: .*retriever/s);
  });

  test('Python code', async () => {
    const { status, body } = await post(await start(), 'test_read', {
      manifest,
      config,
      stream_name: 'items',
      custom_components_code: 'import os',
    });
    expect([status, body]).toMatchObject([400, { detail: expect.stringContaining('Python') }]);
  });

  test('more than the server takes', async () => {
    const { status } = await post(await start({ maxBody: 1000 }), 'resolve', {
      manifest,
      filler: 'x'.repeat(2000),
    });
    expect(status).toBe(413);
  });

  test('requests beyond those that may wait', async () => {
    let answer = () => {};
    const slow = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const arrived: string[] = [];
    const url = await start({
      concurrency: 1,
      maxWaiting: 0,
      answers: async ({ url: asked }) => {
        arrived.push(asked.pathname);
        await slow;
        return { body: { items: [] } };
      },
    });
    const first = post(url, 'test_read', { manifest, config, stream_name: 'items' });
    while (arrived.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const second = await post(url, 'test_read', { manifest, config, stream_name: 'items' });
    expect([second.status, second.headers.get('retry-after')]).toEqual([503, '5']);
    answer();
    expect((await first).status).toBe(200);
    expect((await post(url, 'resolve', { manifest })).status).toBe(200);
  });

  test('a silent API holds up those that ask for the same, and nobody else', async () => {
    let answer = () => {};
    const slow = new Promise<void>((resolve) => {
      answer = resolve;
    });
    let arrived = 0;
    const url = await start({
      concurrency: 1,
      answers: async (request) => {
        if (++arrived > 1) return (answers as (asked: typeof request) => Answer)(request);
        await slow;
        return { body: { items: [] } };
      },
    });
    const read = { manifest, config, stream_name: 'items' };
    const first = post(url, 'test_read', read);
    while (arrived === 0) await new Promise((resolve) => setImmediate(resolve));
    const order: string[] = [];
    const second = post(url, 'test_read', read).then(() => order.push('test_read'));
    for (const path of ['resolve', 'full_resolve', 'check']) {
      expect((await post(url, path, { manifest, config })).status).toBe(200);
      order.push(path);
    }
    answer();
    expect((await first).status).toBe(200);
    await second;
    expect(order).toEqual(['resolve', 'full_resolve', 'check', 'test_read']);
  });

  test('an answer that does not come in time', async () => {
    const url = await start({ timeLimit: 20, answers: () => new Promise(() => {}) });
    const { status, body } = await post(url, 'test_read', { manifest, config, stream_name: 'items' });
    expect([status, body]).toMatchObject([
      400,
      { detail: expect.stringContaining('longer than 0.02 seconds') },
    ]);
    // A busy machine may need longer than that for any answer, so the next one in time will do.
    let next = 0;
    while (next !== 200) next = (await post(url, 'resolve', { manifest })).status;
    expect(next).toBe(200);
  });

  test('a manifest that is nested without end', async () => {
    const depth = 20_000;
    const body = `{"manifest": {"streams": ${'['.repeat(depth)}${']'.repeat(depth)}}}`;
    const url = await start();
    expect((await post(url, 'resolve', body)).status).toBe(400);
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });

  test('a broken manifest and a broken API leave the server as it was', async () => {
    const url = await start({
      answers: () => {
        throw new TypeError('something nobody foresaw');
      },
    });
    const bad = [{}, { streams: 5 }, { streams: [[]] }, { $ref: '#/' }, { streams: { $ref: '#/streams' } }];
    for (const value of bad) {
      const { status } = await post(url, 'test_read', { manifest: value, config, stream_name: 'items' });
      expect([200, 400]).toContain(status);
    }
    const foreseen = await post(url, 'test_read', { manifest, config, stream_name: 'items' });
    expect(foreseen.body).toMatchObject({ logs: [{ level: 'ERROR' }] });
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });
});

describe('tokens', () => {
  const secret = 'signed and sealed, with enough bytes';
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  function token(payload: JsonObject = {}, key = secret, alg = 'HS256'): string {
    const head = `${part({ alg, typ: 'JWT' })}.${part(payload)}`;
    return `${head}.${createHmac('sha256', key).update(head).digest('base64url')}`;
  }
  const ask = async (url: string, header?: string) =>
    post(url, 'resolve', { manifest }, header === undefined ? {} : { authorization: header });

  test('are needed when there is a secret', async () => {
    const url = await start({ jwtSecret: secret });
    const { status, headers, body } = await ask(url);
    expect([status, headers.get('www-authenticate'), body]).toEqual([
      401,
      'Bearer',
      { detail: 'Bearer token required' },
    ]);
    expect((await ask(url, `Bearer ${token()}`)).status).toBe(200);
  });

  test.each([
    ['is signed with another secret', token({}, 'another secret, of enough bytes')],
    ['has expired', token({ exp: 1_000_000_000 })],
    ['is not valid yet', token({ nbf: 9_000_000_000 })],
    ['is not signed', `${part({ alg: 'none' })}.${part({})}.`],
    ['is signed in another way than it says', token({}, secret, 'HS512')],
    ['is for somebody else', token({ aud: 'somebody' })],
    ['is no token', 'nonsense'],
  ])('one that %s is refused', async (_, given) => {
    const { status, body } = await ask(await start({ jwtSecret: secret }), `Bearer ${given}`);
    expect([status, body]).toEqual([401, { detail: 'Invalid token' }]);
  });
});

test('two streams of one manifest are read at the same time without seeing each other', async () => {
  const url = await start();
  const streams = [streamAt('a', '/items'), streamAt('b', '/parents')];
  const [a, b] = await Promise.all(
    ['a', 'b'].map((stream_name) =>
      post(url, 'test_read', { manifest: { ...manifest, streams }, config, stream_name }),
    ),
  );
  expect(a?.body).toMatchObject({ slices: [{ pages: [{ request: { url: 'https://api.test/items' } }] }] });
  expect(b?.body).toMatchObject({ slices: [{ pages: [{ request: { url: 'https://api.test/parents' } }] }] });
});
