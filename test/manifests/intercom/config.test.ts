import { openManifest } from '../../../engine/connector/open.ts';
import { isObject, type JsonObject } from '../../../engine/util/json/json.ts';
import { defaultAccessToken } from '../../intercom-api/intercom.ts';
import { startIntercomApi } from '../../intercom-api/server.ts';
import { fakeTransport } from '../../kit/scope.ts';
import { streamNames } from './listed.ts';
import { moreStreamNames, reportStreamName } from './listed-more.ts';
import { connectIntercom, intercomManifest } from './sync-intercom.ts';
import { virtualClock } from './virtual-clock.ts';

const start_date = '2024-01-01T00:00:00Z';

async function prepare(config: JsonObject): Promise<void> {
  await (await connectIntercom(config)).close();
}

describe('the config of the Intercom connector', () => {
  const accepted: Record<string, JsonObject> = {
    'of the reference connector': {
      access_token: 'x',
      client_id: 'id',
      client_secret: 'secret',
      start_date,
      lookback_window: 0,
      activity_logs_time_step: 30,
    },
    'with an access token': { credentials: { auth_type: 'access_token', access_token: 'x' }, start_date },
    'with a refresh token': {
      credentials: { auth_type: 'oauth', client_id: 'a', client_secret: 'b', refresh_token: 'c' },
      start_date,
    },
    'with a code': {
      credentials: { auth_type: 'oauth', client_id: 'a', client_secret: 'b', code: 'c' },
      start_date,
    },
    'with every option': {
      credentials: { auth_type: 'access_token', access_token: 'x' },
      start_date,
      region: 'au',
      lookback_window: 3,
      activity_logs_time_step: 91,
      api_version: '2.16',
      concurrency: 12,
      base_url: 'http://127.0.0.1:8080',
    },
  };
  it.each(Object.entries(accepted))('%s is accepted', async (_name, config) => {
    await expect(prepare(config)).resolves.toBeUndefined();
  });

  const refused: Record<string, [JsonObject, string]> = {
    'without a start date': [{ access_token: 'x' }, 'start_date'],
    'with a start date of another form': [{ access_token: 'x', start_date: '2024-01-01' }, 'start_date'],
    'with an unknown region': [{ access_token: 'x', start_date, region: 'mars' }, 'region'],
    'with credentials of no kind': [{ credentials: { auth_type: 'password' }, start_date }, 'credentials'],
    'with a base URL that is none': [{ access_token: 'x', start_date, base_url: 'intercom' }, 'base_url'],
  };
  it.each(Object.entries(refused))('%s is refused by name', async (_name, [config, field]) => {
    await expect(prepare(config)).rejects.toMatchObject({
      kind: 'config_error',
      message: expect.stringContaining(field),
    });
  });

  it('marks everything secret as secret', async () => {
    const { spec } = openManifest(await intercomManifest());
    const secrets: string[] = [];
    const visit = (properties: unknown) => {
      if (!isObject(properties)) return;
      for (const [name, property] of Object.entries(properties)) {
        if (!isObject(property)) continue;
        if (property.airbyte_secret === true) secrets.push(name);
        for (const option of (property.oneOf ?? []) as JsonObject[]) visit(option.properties);
      }
    };
    visit(spec?.connectionSpecification.properties);
    expect(new Set(secrets)).toEqual(
      new Set(['access_token', 'client_id', 'client_secret', 'refresh_token', 'code']),
    );
  });
});

describe('the Intercom manifest', () => {
  it('has nothing to complain about', async () => {
    expect((await intercomManifest()).diagnostics).toEqual([]);
  });

  it('has all of its streams, each with a key and a schema', async () => {
    const connector = await connectIntercom({ access_token: 'x', start_date });
    const streams = await connector.streams();
    expect(streams.map(({ name }) => name).sort()).toEqual(
      [...streamNames, ...moreStreamNames, reportStreamName].sort(),
    );
    const key = (name: string) => streams.find((stream) => stream.name === name)?.primaryKey;
    expect(key('company_segments')).toEqual([['company_id'], ['id']]);
    expect(key('contact_attributes')).toEqual([['full_name'], ['archived']]);
    for (const stream of streams) {
      expect([stream.name, stream.primaryKey?.flat()]).toEqual([
        stream.name,
        expect.arrayContaining([expect.stringMatching(/^\w+$/)]),
      ]);
      expect(await stream.schema()).toHaveProperty('$schema');
      if (stream.cursorField !== undefined) {
        expect((await stream.schema()).properties).toHaveProperty(stream.cursorField);
      }
    }
    await connector.close();
  });

  it.each([
    ['2.15', 'GET /admins/activity_logs', undefined, '2.15'],
    ['2.16', 'POST /admins/activity_logs/search', 250, '2.16'],
    [undefined, 'POST /admins/activity_logs/search', 250, '2.17'],
    ['Preview', 'POST /admins/activity_logs/search', 250, 'Preview'],
  ])('asks for the activity logs as version %s has them: %s', async (api_version, request, size, sent) => {
    const transport = fakeTransport(() => ({ body: { activity_logs: [] } }));
    const config = {
      access_token: 'x',
      start_date: '2025-06-01T00:00:00Z',
      ...(api_version && { api_version }),
    };
    const connector = await connectIntercom(config, { transport, clock: virtualClock() });
    for await (const event of connector.read({ streams: [{ name: 'activity_logs' }] }))
      if (event.kind === 'error') throw event.error;
    await connector.close();
    const asked = transport.requests.map(({ method, url, headers, body }) => ({
      request: `${method} ${url.pathname}`,
      version: headers['Intercom-Version'],
      size: body === undefined ? undefined : JSON.parse(String(body)).per_page,
    }));
    expect(asked).toEqual([{ request, size, version: sent }]);
  });

  it.each([
    ['eu', 'https://api.eu.intercom.io'],
    ['au', 'https://api.au.intercom.io'],
    ['us', 'https://api.intercom.io'],
    [undefined, 'https://api.intercom.io'],
  ])('asks the host of region %s', async (region, origin) => {
    const asked: string[] = [];
    const transport = {
      async send({ url }: { url: URL }): Promise<never> {
        asked.push(url.origin);
        throw new Error('no network in tests');
      },
      async close() {},
    };
    const config = { access_token: 'x', start_date, ...(region && { region }) };
    const connector = await connectIntercom(config, { transport, clock: virtualClock() });
    await connector.check().catch(() => undefined);
    await connector.close();
    expect(new Set(asked)).toEqual(new Set([origin]));
  });
});

describe('links to a next page', () => {
  it.each([
    ['tags', 'https://api.intercom.io/tags?page=2', '/tags?page=2'],
    ['tags', '/tags?page=2', '/tags?page=2'],
    ['tags', { starting_after: 'a=b' }, '/tags?starting_after=a%3Db'],
    [
      'company_attributes',
      { starting_after: 'c' },
      '/data_attributes?model=company&include_archived=true&starting_after=c',
    ],
    [
      'activity_logs',
      'https://api.intercom.io/admins/activity_logs?created_at_after=5&created_at_before=6&page=2',
      '/admins/activity_logs?created_at_after=5&created_at_before=6&page=2',
    ],
  ])('of %s are followed below the base URL: %j', async (stream, next, path) => {
    const base_url = 'https://proxy.test/inter/com';
    const pages: unknown[] = [{ next }, null];
    const transport = fakeTransport(() => ({ body: { data: [{ id: '1' }], pages: pages.shift() } }));
    const config = { access_token: 'x', start_date: '2025-06-01T00:00:00Z', base_url, api_version: '2.11' };
    const connector = await connectIntercom(config, { transport, clock: virtualClock() });
    for await (const event of connector.read({ streams: [{ name: stream }] }))
      if (event.kind === 'error') throw event.error;
    await connector.close();
    expect(transport.requests.map(({ url }) => url.href)[1]).toBe(base_url + path);
    expect(transport.requests).toHaveLength(2);
  });
});

describe('the check of a connection', () => {
  async function check(config: JsonObject) {
    const clock = virtualClock();
    const api = await startIntercomApi({ now: clock.now });
    const connector = await connectIntercom({ start_date, base_url: api.url, ...config }, { clock });
    try {
      return await connector.check();
    } finally {
      await connector.close();
      await api.close();
    }
  }

  it('succeeds with a good token', async () => {
    expect(await check({ access_token: defaultAccessToken })).toEqual({ succeeded: true });
  });

  it('asks for what every token may read, and for nothing else', async () => {
    const transport = fakeTransport(() => ({ body: { type: 'admin', app: { id_code: 'w', region: 'EU' } } }));
    const connector = await connectIntercom({ access_token: 'x', start_date, region: 'eu' }, { transport });
    expect(await connector.check()).toEqual({ succeeded: true });
    await connector.close();
    expect(transport.requests.map(({ url }) => url.href)).toEqual(['https://api.eu.intercom.io/me']);
  });

  it('says when the workspace is in another region', async () => {
    const transport = fakeTransport(() => ({ body: { type: 'admin', app: { id_code: 'w', region: 'EU' } } }));
    const connector = await connectIntercom({ access_token: 'x', start_date }, { transport });
    const { succeeded, message } = await connector.check();
    await connector.close();
    expect(succeeded).toBe(false);
    expect(message).toContain('Intercom hosts this workspace in the region "eu"');
    expect(message).toContain('the config says "us"');
  });

  it.each([
    ['https://api.intercom.io', 'AU', '"au", and "base_url" leads to "us"'],
    ['https://api.eu.intercom.io/', 'US', '"us", and "base_url" leads to "eu"'],
    ['https://api.eu.intercom.io', 'EU', undefined],
    ['https://proxy.test/api.intercom.io', 'EU', undefined],
    ['https://api.intercom.io.proxy.test', 'EU', undefined],
  ])(
    'knows the region of the base URL %s where it is a host of Intercom',
    async (base_url, region, wrong) => {
      const transport = fakeTransport(() => ({ body: { type: 'admin', app: { id_code: 'w', region } } }));
      // What the config says of the region makes no difference beside a base URL.
      const config = { access_token: 'x', start_date, base_url, region: 'us' };
      const connector = await connectIntercom(config, { transport });
      const { succeeded, message } = await connector.check();
      await connector.close();
      expect(succeeded).toBe(wrong === undefined);
      if (wrong !== undefined) expect(message).toContain(wrong);
    },
  );

  it('says why it fails', async () => {
    const bad = await check({ access_token: 'bad-token' });
    expect(bad.succeeded).toBe(false);
    expect(bad.message).toContain('Intercom refuses the access token');
    expect(bad.message).not.toContain('bad-token');
    const none = await check({});
    expect(none.message).toContain('no credentials');
  });
});
