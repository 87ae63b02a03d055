import { check } from '../../engine/commands/check.ts';
import { discover } from '../../engine/commands/discover.ts';
import { read } from '../../engine/commands/read.ts';
import { spec } from '../../engine/commands/spec.ts';
import { answers, apiKey, catalogOf, manifest, streamAt } from './manifests.ts';
import { type Given, type Ran, runCommand } from './run-command.ts';

const config = { api_key: apiKey };

function run(command: Parameters<typeof runCommand>[0], given: Partial<Given> = {}): Promise<Ran> {
  return runCommand(command, { manifest, config, answers, ...given });
}

function statusesOf(ran: Ran, stream: string): string[] {
  return ran
    .of('TRACE')
    .flatMap(({ trace }) =>
      trace.type === 'STREAM_STATUS' && trace.stream_status.stream_descriptor.name === stream
        ? [trace.stream_status.status]
        : [],
    );
}

function errorsOf(ran: Ran) {
  return ran.of('TRACE').flatMap(({ trace }) => (trace.type === 'ERROR' ? [trace.error] : []));
}

test('spec says what config is needed', async () => {
  const ran = await run(spec);
  expect(ran.of('SPEC')[0]?.spec.connectionSpecification).toMatchObject({ required: ['api_key'] });
});

test('check succeeds when a record can be read', async () => {
  const ran = await run(check);
  expect(ran.of('CONNECTION_STATUS')[0]?.connectionStatus.status).toBe('SUCCEEDED');
});

test('check fails for a config that does not fit, without saying the secret', async () => {
  const ran = await run(check, { config: { api_key: 4711_4711 } });
  expect(ran.of('CONNECTION_STATUS')[0]?.connectionStatus).toMatchObject({ status: 'FAILED' });
  expect(ran.stdout).not.toContain('47114711');
});

test('discover describes every stream', async () => {
  const ran = await run(discover);
  const streams = ran.of('CATALOG')[0]?.catalog.streams ?? [];
  expect(streams.map(({ name }) => name)).toEqual(['items', 'changes', 'parents', 'children', 'broken']);
  expect(streams[1]).toMatchObject({
    supported_sync_modes: ['full_refresh', 'incremental'],
    source_defined_cursor: true,
    default_cursor_field: ['updated_at'],
    source_defined_primary_key: [['id']],
    is_resumable: true,
  });
});

test('read starts and completes a stream, with a state after its records', async () => {
  const ran = await run(read, { catalog: catalogOf('items') });
  expect(ran.exitCode).toBe(0);
  expect(statusesOf(ran, 'items')).toEqual(['STARTED', 'RUNNING', 'COMPLETE']);
  expect(ran.of('RECORD')).toHaveLength(8);
  const last = ran.messages.findLastIndex(({ type }) => type === 'RECORD');
  expect(ran.messages.findIndex(({ type }) => type === 'STATE')).toBeGreaterThan(last);
});

test('the records that states count add up to all records', async () => {
  const ran = await run(read, { catalog: catalogOf('changes') });
  const counted = ran.of('STATE').reduce((sum, { state }) => sum + (state.sourceStats?.recordCount ?? 0), 0);
  expect(counted).toBe(ran.of('RECORD').length);
});

test('messages carry the namespace of the catalog, whatever else the platform adds to it', async () => {
  const [configured] = (catalogOf('items') as { streams: [{ stream: object }] }).streams;
  const catalog = {
    streams: [
      {
        ...configured,
        stream: { ...configured.stream, namespace: 'crm' },
        generation_id: 7,
        minimum_generation_id: 3,
        sync_id: 12,
        primary_key: [['id']],
        destination_object_name: 'things',
      },
    ],
  };
  const ran = await run(read, { catalog });
  expect(ran.of('RECORD').every(({ record }) => record.namespace === 'crm')).toBe(true);
  expect(ran.of('STATE')[0]?.state.stream.stream_descriptor).toEqual({ name: 'items', namespace: 'crm' });
});

test.each([
  ['the old mapping of streams', { changes: { updated_at: '2024-01-05T00:00:00Z' } }],
  [
    'a list of states',
    [
      {
        type: 'STREAM',
        stream: {
          stream_descriptor: { name: 'changes' },
          stream_state: { updated_at: '2024-01-05T00:00:00Z' },
        },
      },
    ],
  ],
  ['a legacy message', [{ type: 'LEGACY', data: { changes: { updated_at: '2024-01-05T00:00:00Z' } } }]],
  [
    'a global state',
    [
      {
        type: 'GLOBAL',
        global: {
          stream_states: [
            {
              stream_descriptor: { name: 'changes' },
              stream_state: { updated_at: '2024-01-05T00:00:00Z' },
            },
          ],
        },
      },
    ],
  ],
])('read goes on from %s', async (_, state) => {
  const ran = await run(read, { catalog: catalogOf('changes'), state });
  const all = await run(read, { catalog: catalogOf('changes') });
  // From the fifth on, one window is left of three.
  expect([all.of('RECORD').length, ran.of('RECORD').length]).toEqual([24, 8]);
  expect(ran.exitCode).toBe(0);
});

test('a stream that fails is incomplete, says why without secrets, and stops nobody else', async () => {
  const ran = await run(read, { catalog: catalogOf('broken', 'items') });
  expect(ran.exitCode).toBe(1);
  expect(statusesOf(ran, 'broken')).toEqual(['STARTED', 'INCOMPLETE']);
  expect(statusesOf(ran, 'items')).toEqual(['STARTED', 'RUNNING', 'COMPLETE']);
  const [error] = errorsOf(ran);
  expect(error).toMatchObject({ failure_type: 'transient_error', stream_descriptor: { name: 'broken' } });
  expect(error?.message).toContain('https://api.test/broken');
  expect(ran.stdout).not.toContain(apiKey);
});

test('a stream that does not exist is incomplete, and the error names the nearest one', async () => {
  const ran = await run(read, { catalog: catalogOf('itens', 'parents') });
  expect(statusesOf(ran, 'itens').at(-1)).toBe('INCOMPLETE');
  expect(statusesOf(ran, 'parents').at(-1)).toBe('COMPLETE');
  expect(errorsOf(ran)[0]?.message).toContain('Did you mean "items"?');
});

test('records keep what happens to equal a secret', async () => {
  const ran = await run(read, { catalog: catalogOf('children') });
  expect(ran.of('RECORD')[0]?.record.data.echo).toBe(apiKey);
});

test('an error before the first stream is one trace', async () => {
  const ran = await run(read, { catalog: catalogOf('items'), config: {} });
  expect(ran.exitCode).toBe(1);
  expect(ran.messages.map(({ type }) => type)).toEqual(['TRACE']);
  expect(errorsOf(ran)[0]).toMatchObject({ failure_type: 'config_error' });
});

test('logs of a level below the chosen one are left out', async () => {
  const given = { catalog: catalogOf('broken') };
  const quiet = await run(read, { ...given, environment: { env: { LOG_LEVEL: 'error' } } });
  const plain = await run(read, given);
  expect(quiet.of('LOG')).toEqual([]);
  expect(plain.of('LOG').map(({ log }) => log.level)).toContain('INFO');
});

test('every request is logged when asked for, without credentials', async () => {
  const key = { type: 'RequestOption', inject_into: 'request_parameter', field_name: 'key' };
  const authenticator = {
    type: 'ApiKeyAuthenticator',
    api_token: "{{ config['api_key'] }}",
    inject_into: key,
  };
  const requester = { type: 'HttpRequester', url: 'https://api.test/items', authenticator };
  const stream = streamAt('items', '', { retriever: { requester } });
  const given = { manifest: { ...manifest, streams: [stream] }, catalog: catalogOf('items') };
  const expected = ['GET https://api.test/items?key=**** answered 200 for stream "items".'];
  const debugOf = (ran: Ran) =>
    ran.of('LOG').flatMap(({ log }) => (log.level === 'DEBUG' ? [log.message] : []));
  expect(debugOf(await run(read, { ...given, debug: true }))).toEqual(expected);
  expect(debugOf(await run(read, { ...given, environment: { env: { LOG_LEVEL: 'debug' } } }))).toEqual(
    expected,
  );
  expect(debugOf(await run(read, given))).toEqual([]);
});

describe('a refresh token that is used up', () => {
  const rotating = {
    ...manifest,
    streams: [
      streamAt('items', '/items', {
        retriever: {
          requester: {
            type: 'HttpRequester',
            url: 'https://api.test/items',
            authenticator: {
              type: 'OAuthAuthenticator',
              token_refresh_endpoint: 'https://api.test/token',
              client_id: 'me',
              client_secret: "{{ config['api_key'] }}",
              refresh_token: "{{ config['refresh_token'] }}",
              refresh_token_updater: {
                refresh_token_config_path: ['refresh_token'],
                access_token_config_path: ['access_token'],
                token_expiry_date_config_path: ['expires'],
              },
            },
          },
        },
      }),
    ],
  };

  test('goes back to the platform, unredacted, before the records it made possible', async () => {
    const ran = await run(read, {
      manifest: rotating,
      config: {
        api_key: apiKey,
        refresh_token: 'first-token',
        access_token: '',
        expires: '2000-01-01T00:00:00Z',
      },
      catalog: catalogOf('items'),
      answers: ({ url }) =>
        url.pathname === '/token'
          ? { body: { access_token: 'fresh-access', refresh_token: 'second-token', expires_in: 3600 } }
          : { body: { items: [{ id: 1 }] } },
    });
    expect(ran.exitCode).toBe(0);
    expect(ran.of('CONTROL')[0]?.control.connectorConfig.config).toMatchObject({
      api_key: apiKey,
      refresh_token: 'second-token',
      access_token: 'fresh-access',
    });
    const types = ran.messages.map(({ type }) => type);
    expect(types.filter((type) => type === 'CONTROL' || type === 'RECORD')).toEqual(['CONTROL', 'RECORD']);
  });
});
