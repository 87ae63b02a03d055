import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { OutgoingRequest } from '../../../../engine/contract/families.ts';
import type { HttpResponse } from '../../../../engine/contract/http-response.ts';
import type { Transport } from '../../../../engine/contract/scope.ts';
import { createTransport } from '../../../../engine/http/wire/transport.ts';
import type { TransportError } from '../../../../engine/http/wire/transport-error.ts';

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

type Handler = (request: Seen, response: ServerResponse) => void;

const servers: Server[] = [];
const transports: Transport[] = [];

async function listen(handler: Handler): Promise<{ origin: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      seen.push({ method, url, headers, body });
      handler({ method, url, headers, body }, response);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

function transport(settings: Parameters<typeof createTransport>[0] = {}): Transport {
  const made = createTransport({ env: {}, ...settings });
  transports.push(made);
  return made;
}

/** On a busy machine even an answer that is there at once may come too late for a short timeout. */
async function firstInTime(send: () => Promise<HttpResponse>): Promise<HttpResponse> {
  for (;;) {
    try {
      return await send();
    } catch (error) {
      if ((error as TransportError).code !== 'UND_ERR_HEADERS_TIMEOUT') throw error;
    }
  }
}

const get = (url: string, over: Partial<OutgoingRequest> = {}): OutgoingRequest => ({
  method: 'GET',
  url: new URL(url),
  headers: {},
  ...over,
});

afterEach(async () => {
  await Promise.all(transports.splice(0).map((made) => made.close()));
  await Promise.all(
    servers.splice(0).map((server) => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    }),
  );
});

describe('the transport', () => {
  it('sends method, path, headers and body as they are', async () => {
    const { origin, seen } = await listen((_request, response) => response.end('{"ok":true}'));
    const response = await transport({ userAgent: 'manifold/9' }).send(
      get(`${origin}/a%20b?x=%2F&y=1+2`, { method: 'POST', headers: { 'X-Own': 'é' }, body: '{"q":"é"}' }),
    );
    expect(await response.json()).toEqual({ ok: true });
    expect(seen).toMatchObject([
      {
        method: 'POST',
        url: '/a%20b?x=%2F&y=1+2',
        body: '{"q":"é"}',
        headers: { 'user-agent': 'manifold/9', accept: '*/*', 'x-own': 'é', 'content-length': '10' },
      },
    ]);
    expect(seen[0]?.headers['accept-encoding']).toMatch(/^gzip, deflate, br/);
  });

  it('sends a body with GET too', async () => {
    const { origin, seen } = await listen((_request, response) => response.end());
    await transport().send(get(origin, { body: '{"q":1}', headers: { 'Content-Type': 'application/json' } }));
    expect(seen).toMatchObject([{ method: 'GET', body: '{"q":1}', headers: { 'content-length': '7' } }]);
  });

  it('keeps the names of response headers as sent and joins repeated ones', async () => {
    const { origin } = await listen((_request, response) => {
      response.writeHead(204, ['X-Total', '5', 'Set-Cookie', 'a=1', 'Set-Cookie', 'b=2']);
      response.end();
    });
    const { headers, status } = await transport().send(get(origin));
    expect(status).toBe(204);
    expect([...headers.entries()]).toContainEqual(['X-Total', '5']);
    expect(headers.get('set-cookie')).toBe('a=1, b=2');
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
  ])('decodes %s, whole and as a stream', async (encoding, compress) => {
    const text = 'record '.repeat(50_000);
    const { origin } = await listen((_request, response) => {
      response.setHeader('content-encoding', encoding);
      response.end(compress(text));
    });
    const wire = transport();
    expect(await (await wire.send(get(origin))).text()).toBe(text);
    const chunks: Uint8Array[] = [];
    for await (const chunk of (await wire.send(get(origin))).stream()) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe(text);
  });

  it('frees the connection of a stream that nobody reads to its end', async () => {
    const { origin } = await listen((_request, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync('x'.repeat(5_000_000)));
    });
    const wire = transport();
    for await (const chunk of (await wire.send(get(origin))).stream()) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    expect((await wire.send(get(origin))).status).toBe(200);
  });

  it('reports a body that is not what it says as a failed exchange', async () => {
    const { origin } = await listen((_request, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end('plain');
    });
    const response = await transport().send(get(origin));
    await expect(response.bytes()).rejects.toMatchObject({
      name: 'TransportError',
      code: 'ERR_CONTENT_DECODING',
    });
  });

  it('takes an empty body for empty whatever its encoding', async () => {
    const { origin } = await listen((_request, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end();
    });
    expect(await (await transport().send(get(origin))).text()).toBe('');
  });

  it('reports a refused connection, a closed one and a late answer by their codes', async () => {
    const { origin } = await listen(({ url }, response) => {
      if (url === '/close') response.socket?.destroy();
    });
    const wire = transport({ headersTimeout: 300 });
    await expect(wire.send(get('http://127.0.0.1:1/'))).rejects.toMatchObject({
      name: 'TransportError',
      code: 'ECONNREFUSED',
    });
    await expect(wire.send(get(`${origin}/close`))).rejects.toMatchObject({
      name: 'TransportError',
      code: 'UND_ERR_SOCKET',
    });
    await expect(wire.send(get(`${origin}/late`))).rejects.toMatchObject({ code: 'UND_ERR_HEADERS_TIMEOUT' });
  });

  it('waits for an answer, and for the rest of it, only as long as a request says', async () => {
    const { origin } = await listen(({ url }, response) => {
      if (url === '/half') response.write('half of it');
    });
    const wire = transport();
    const timeouts = { connect: 1000, read: 300 };
    await expect(wire.send(get(`${origin}/late`), { timeouts })).rejects.toMatchObject({
      code: 'UND_ERR_HEADERS_TIMEOUT',
    });
    const half = await firstInTime(() => wire.send(get(`${origin}/half`), { timeouts }));
    await expect(half.bytes()).rejects.toMatchObject({ code: 'UND_ERR_BODY_TIMEOUT' });
  });

  it('stops when its signal says so', async () => {
    const { origin } = await listen(() => {});
    const controller = new AbortController();
    const sent = transport().send(get(origin), { signal: controller.signal });
    setTimeout(() => controller.abort(), 20);
    await expect(sent).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('names the header it cannot send and not its value', async () => {
    const sent = transport().send(get('http://127.0.0.1:1/', { headers: { 'X-Key': 'secret\n' } }));
    await expect(sent).rejects.toThrow('The value of the header "X-Key" contains a line break');
    await expect(sent).rejects.not.toThrow('secret');
  });
});

describe('redirects', () => {
  it.each([
    [301, 'POST', 'GET', ''],
    [302, 'POST', 'GET', ''],
    [303, 'PUT', 'GET', ''],
    [301, 'PUT', 'PUT', ''],
    [307, 'POST', 'POST', 'body'],
    [308, 'POST', 'POST', 'body'],
  ])('%i of a %s asks for a %s', async (status, method, expected, body) => {
    const { origin, seen } = await listen(({ url }, response) => {
      if (url === '/from') response.writeHead(status, { location: 'to?x=1' });
      response.end('done');
    });
    const response = await transport().send(
      get(`${origin}/from`, {
        method,
        body: 'body',
        headers: { 'Content-Type': 'text/plain', Authorization: 'Bearer x' },
      }),
    );
    expect([response.url, await response.text()]).toEqual([`${origin}/to?x=1`, 'done']);
    expect(seen[1]).toMatchObject({ method: expected, body, headers: { authorization: 'Bearer x' } });
    expect(seen[1]?.headers['content-type']).toBe(body === '' ? undefined : 'text/plain');
  });

  it('never carry credentials to another origin', async () => {
    const target = await listen((_request, response) => response.end());
    const { origin } = await listen((_request, response) => {
      response.writeHead(302, { location: `${target.origin}/files` });
      response.end();
    });
    await transport().send(
      get(origin, { headers: { Authorization: 'Bearer x', 'X-Api-Key': 'k', 'X-Other': 'y' } }),
    );
    expect(target.seen[0]?.headers).not.toHaveProperty('authorization');
    expect(target.seen[0]?.headers).not.toHaveProperty('x-api-key');
    expect(target.seen[0]?.headers).toMatchObject({ 'x-other': 'y' });
  });

  it('end after thirty', async () => {
    const { origin, seen } = await listen((_request, response) => {
      response.writeHead(302, { location: '/' });
      response.end();
    });
    await expect(transport().send(get(origin))).rejects.toMatchObject({ code: 'ERR_TOO_MANY_REDIRECTS' });
    expect(seen).toHaveLength(31);
  });

  it('are handed out when nobody follows them', async () => {
    const { origin } = await listen((_request, response) => {
      response.writeHead(302, { location: '/' });
      response.end();
    });
    expect((await transport().send(get(origin), { followRedirects: false })).status).toBe(302);
  });
});

describe('a proxy', () => {
  it('that refuses a tunnel is a failed exchange like any other', async () => {
    const proxy = await listen(() => {});
    servers.at(-1)?.on('connect', (_request, socket) => socket.end('HTTP/1.1 407 Denied\r\n\r\n'));
    const wire = transport({ env: { HTTPS_PROXY: proxy.origin } });
    await expect(wire.send(get('https://api.invalid/'))).rejects.toMatchObject({
      name: 'TransportError',
      message: expect.stringContaining('407'),
    });
  });

  it('gets plain http in absolute form, except for hosts in NO_PROXY', async () => {
    const direct = await listen((_request, response) => response.end('direct'));
    const proxy = await listen((_request, response) => response.end('proxied'));
    const wire = transport({
      env: { HTTP_PROXY: proxy.origin.slice('http://'.length), NO_PROXY: '127.0.0.1' },
    });
    expect(await (await wire.send(get('http://api.invalid/a?b=1'))).text()).toBe('proxied');
    expect(proxy.seen[0]?.url).toBe('http://api.invalid/a?b=1');
    expect(await (await wire.send(get(direct.origin))).text()).toBe('direct');
  });
});
