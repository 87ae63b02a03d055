import { read } from '../../../engine/commands/read.ts';
import type { JsonObject } from '../../../engine/util/json/json.ts';
import { answers, apiKey, catalogOf, manifest, streamAt } from '../../protocol/manifests.ts';
import { type Given, runCommand } from '../../protocol/run-command.ts';

interface Slice {
  readonly pages: readonly {
    readonly records: readonly JsonObject[];
    readonly request: { readonly url: string; readonly headers: JsonObject; readonly http_method: string };
    readonly response: { readonly status: number; readonly body: string };
  }[];
  readonly slice_descriptor: unknown;
  readonly state: readonly { readonly stream: { readonly stream_state: JsonObject } }[];
}

interface Data extends JsonObject {
  readonly slices: readonly Slice[];
  readonly logs: readonly { readonly level: string; readonly message: string }[];
  readonly auxiliary_requests: readonly JsonObject[];
  readonly manifest: { readonly streams: readonly JsonObject[] } & JsonObject;
}

async function ask(command: string, stream = 'items', limits: JsonObject = {}, given: Partial<Given> = {}) {
  const config = {
    api_key: apiKey,
    __injected_declarative_manifest: given.manifest ?? manifest,
    __command: command,
    __test_read_config: limits,
    ...given.config,
  };
  const ran = await runCommand(read, { manifest, answers, catalog: catalogOf(stream), ...given, config });
  return { ran, data: ran.of('RECORD')[0]?.record.data as Data };
}

describe('test_read', () => {
  test('shows every page with its request, its answer and its records', async () => {
    const { ran, data } = await ask('test_read');
    expect(ran.exitCode).toBe(0);
    expect(ran.messages).toHaveLength(1);
    const [slice] = data.slices;
    expect(slice?.pages.map(({ request }) => request.url)).toEqual([
      'https://api.test/items',
      'https://api.test/items?page=2',
      'https://api.test/items?page=3',
      'https://api.test/items?page=4',
    ]);
    expect(slice?.pages[1]?.records.map(({ id }) => id)).toEqual([20, 21]);
    expect(slice?.pages[1]).toMatchObject({ request: { http_method: 'GET' }, response: { status: 200 } });
    expect(JSON.parse(slice?.pages[3]?.response.body ?? '')).toMatchObject({ next: null });
    expect(slice?.slice_descriptor).toBe('{}');
    expect(data).toMatchObject({ test_read_limit_reached: false, logs: [], auxiliary_requests: [] });
  });

  test('shows the scheme of a credential and nothing more of it', async () => {
    const { ran, data } = await ask('test_read');
    expect(data.slices[0]?.pages[0]?.request.headers).toMatchObject({ Authorization: 'Bearer ****' });
    expect(ran.stdout).not.toContain(apiKey);
  });

  test('infers the schema and the formats of times', async () => {
    const { data } = await ask('test_read', 'changes');
    expect(data.inferred_schema).toMatchObject({
      required: ['id', 'updated_at'],
      properties: { id: { type: 'number' }, size: { type: ['number', 'null'] } },
    });
    expect(data.inferred_datetime_formats).toEqual({ updated_at: '%Y-%m-%dT%H:%M:%SZ' });
  });

  test('stops at the pages of a slice, and at the slices', async () => {
    const { data } = await ask('test_read', 'changes', { max_pages_per_slice: 2, max_slices: 2 });
    expect(data.slices.map(({ pages }) => pages.length)).toEqual([2, 2]);
    expect(data.slices.map(({ slice_descriptor }) => slice_descriptor)).toEqual([
      { start_time: '2024-01-01T00:00:00Z', end_time: '2024-01-02T23:59:59Z' },
      { start_time: '2024-01-03T00:00:00Z', end_time: '2024-01-04T23:59:59Z' },
    ]);
    expect(data.test_read_limit_reached).toBe(true);
  });

  test('stops at the records, and asks for no page beyond them', async () => {
    const { data } = await ask('test_read', 'items', { max_records: 3 });
    expect(data.slices[0]?.pages.map(({ records }) => records.length)).toEqual([2, 1]);
    expect(data.test_read_limit_reached).toBe(true);
  });

  test("shows requests for parents apart from the stream's own, and the state at the end", async () => {
    const { data } = await ask('test_read', 'children', { max_slices: 2 });
    expect(data.slices.map(({ slice_descriptor }) => slice_descriptor)).toEqual([
      { parent: 1, parent_slice: {} },
      { parent: 2, parent_slice: {} },
    ]);
    expect(data.slices.map(({ pages }) => pages.length)).toEqual([1, 1]);
    expect(data.slices.map(({ state }) => state.length)).toEqual([0, 1]);
    expect(data.auxiliary_requests).toMatchObject([
      { type: 'PARENT_STREAM', request: { url: 'https://api.test/parents' }, response: { status: 200 } },
    ]);
  });

  test('asks once when the API fails, and shows its answer beside the error', async () => {
    const { data } = await ask('test_read', 'broken');
    expect(data.slices[0]?.pages).toMatchObject([{ records: [], response: { status: 500 } }]);
    expect(data.slices[0]?.pages[0]?.response.body).toBe('{"error":"It broke for ****"}');
    expect(data.logs.map(({ level }) => level)).toEqual(['ERROR']);
    expect(data.slices[0]?.state).toMatchObject([
      { stream: { stream_state: { __ab_no_cursor_state_message: true } }, sourceStats: { recordCount: 0 } },
    ]);
  });

  test('shows the state after the first partition, and the one at the end', async () => {
    const { incremental_sync } = (manifest.streams as JsonObject[])[1] as JsonObject;
    const partition_router = { type: 'ListPartitionRouter', values: ['a', 'b', 'c'], cursor_field: 'letter' };
    const { step: _, cursor_granularity: __, ...cursor } = incremental_sync as JsonObject;
    const letters = streamAt('letters', '/items', {
      incremental_sync: cursor,
      retriever: { partition_router },
    });
    const { data } = await ask('test_read', 'letters', {}, { manifest: { ...manifest, streams: [letters] } });
    expect(data.slices.map(({ state }) => state.length)).toEqual([1, 0, 1]);
  });

  test('says which fields are deprecated, each once', async () => {
    const requester = { type: 'HttpRequester', url_base: 'https://api.test', path: '/items' };
    const streams = ['items', 'others'].map((name) => streamAt(name, '', { retriever: { requester } }));
    const { data } = await ask('test_read', 'items', {}, { manifest: { ...manifest, streams } });
    expect(data.logs).toEqual(
      ['url_base', 'path'].map((field) => ({
        level: 'WARN',
        message: `The field "${field}" of HttpRequester is deprecated. Use "url" instead.`,
        internal_message: null,
        stacktrace: null,
      })),
    );
  });

  test('a login for a parent is shown as a part of reading the parent', async () => {
    const authenticator = {
      type: 'OAuthAuthenticator',
      token_refresh_endpoint: 'https://api.test/token',
      client_id: 'me',
      client_secret: 'hidden',
      refresh_token: 'again',
    };
    const requester = { type: 'HttpRequester', url: 'https://api.test/parents', authenticator };
    const stream = streamAt('parents', '', { retriever: { requester } });
    const partition_router = {
      type: 'SubstreamPartitionRouter',
      parent_stream_configs: [{ parent_key: 'id', partition_field: 'parent', stream }],
    };
    const children = streamAt('children', '/children/{{ stream_partition.parent }}', {
      retriever: { partition_router },
    });
    const { data } = await ask(
      'test_read',
      'children',
      {},
      {
        manifest: { ...manifest, streams: [children] },
        answers: ({ url }) =>
          url.pathname === '/token'
            ? { body: { access_token: 'fresh', expires_in: 3600 } }
            : { body: { items: [{ id: 1 }] } },
      },
    );
    expect(data.auxiliary_requests).toMatchObject([
      { type: 'PARENT_STREAM', title: 'Parent stream: Refresh token' },
      { type: 'PARENT_STREAM', title: "Parent stream: Stream 'parents' request" },
    ]);
  });

  test('gives back the config that a token refresh changed, without the fields of the platform', async () => {
    const requester = {
      type: 'HttpRequester',
      url: 'https://api.test/items',
      authenticator: {
        type: 'OAuthAuthenticator',
        token_refresh_endpoint: 'https://api.test/token',
        client_id: 'me',
        client_secret: 'hidden',
        refresh_token_updater: {
          refresh_token_config_path: ['refresh_token'],
          access_token_config_path: ['access_token'],
          token_expiry_date_config_path: ['expires'],
        },
      },
    };
    const { data } = await ask(
      'test_read',
      'items',
      {},
      {
        manifest: { ...manifest, streams: [streamAt('items', '/items', { retriever: { requester } })] },
        config: { refresh_token: 'first', access_token: '', expires: '2000-01-01T00:00:00Z' },
        answers: ({ url }) =>
          url.pathname === '/token'
            ? { body: { access_token: 'fresh', refresh_token: 'second', expires_in: 3600 } }
            : { body: { items: [{ id: 1 }] } },
      },
    );
    expect(data.latest_config_update).toMatchObject({ refresh_token: 'second', access_token: 'fresh' });
    expect(
      Object.keys(data.latest_config_update as JsonObject).filter((name) => name.startsWith('__')),
    ).toEqual([]);
    expect(data.auxiliary_requests).toMatchObject([{ type: 'AUTH', title: 'Refresh token' }]);
    expect(JSON.stringify(data.auxiliary_requests)).not.toContain('"fresh');
  });

  test('shows the requests about a job with the slice that it was made for', async () => {
    const at = (path: string, http_method = 'GET') => ({
      type: 'HttpRequester',
      url: `https://api.test${path}`,
      http_method,
    });
    const extractor = (field: string) => ({ type: 'DpathExtractor', field_path: [field] });
    const retriever = {
      type: 'AsyncRetriever',
      creation_requester: at('/jobs', 'POST'),
      polling_requester: at('/jobs/1'),
      download_requester: { ...at(''), url: '{{ download_target }}' },
      status_extractor: extractor('status'),
      download_target_extractor: extractor('urls'),
      download_extractor: extractor('items'),
      record_selector: { type: 'RecordSelector', extractor: extractor('items') },
      status_mapping: {
        type: 'AsyncJobStatusMap',
        completed: ['done'],
        failed: [],
        running: ['busy'],
        timeout: [],
      },
    };
    const { data } = await ask(
      'test_read',
      'exports',
      {},
      {
        manifest: { ...manifest, streams: [{ ...streamAt('exports', '/'), retriever }] },
        answers: ({ url, method }) => {
          if (method === 'POST') return { body: { id: 1 } };
          if (url.pathname === '/jobs/1')
            return { body: { status: 'done', urls: ['https://api.test/result'] } };
          return { body: { items: [{ id: 1 }, { id: 2 }] } };
        },
      },
    );
    expect(data.logs).toEqual([]);
    const [slice] = data.slices as unknown as { pages: JsonObject[]; auxiliary_requests: JsonObject[] }[];
    expect(slice?.pages).toMatchObject([
      { records: [{ id: 1 }, { id: 2 }], request: { url: 'https://api.test/result' } },
    ]);
    expect(slice?.auxiliary_requests.map(({ type }) => type)).toEqual(['ASYNC_CREATE', 'ASYNC_POLL']);
  });

  test('a stream that is not there gives no slices and a log that says so', async () => {
    const { data } = await ask('test_read', 'itens');
    expect(data.slices).toEqual([]);
    expect(data.logs).toMatchObject([{ level: 'ERROR', message: expect.stringContaining('"itens"') }]);
  });
});

describe('resolve_manifest', () => {
  test('fills in references and types', async () => {
    const shared = {
      ...manifest,
      definitions: {
        selector: { type: 'RecordSelector', extractor: { type: 'DpathExtractor', field_path: [] } },
      },
      streams: [
        streamAt('items', '/items', { retriever: { record_selector: { $ref: '#/definitions/selector' } } }),
      ],
    };
    const { ran, data } = await ask('resolve_manifest', 'items', {}, { manifest: shared });
    expect(ran.of('RECORD')[0]?.record.stream).toBe('resolve_manifest');
    expect(data.manifest.streams[0]).toMatchObject({
      retriever: { record_selector: { type: 'RecordSelector', extractor: { type: 'DpathExtractor' } } },
    });
    expect(data.manifest.concurrency_level).toEqual({ type: 'ConcurrencyLevel', default_concurrency: 1 });
  });

  test('writes deprecated fields anew when asked to', async () => {
    const old = {
      ...manifest,
      streams: [
        streamAt('items', '/items', {
          retriever: { requester: { type: 'HttpRequester', url_base: 'https://api.test', path: '/items' } },
        }),
      ],
    };
    const { data } = await ask(
      'resolve_manifest',
      'items',
      {},
      { manifest: old, config: { __should_migrate: true } },
    );
    const [stream] = data.manifest.streams as { retriever: { requester: JsonObject } }[];
    expect(stream?.retriever.requester).not.toHaveProperty('url_base');
    expect(data.manifest.metadata).toMatchObject({ applied_migrations: expect.any(Array) });
  });

  test('writes what streams have in common once when asked to', async () => {
    const { ran, data } = await ask(
      'resolve_manifest',
      'items',
      {},
      { config: { __should_normalize: true } },
    );
    expect(ran.messages).toHaveLength(1);
    expect(data.manifest).toMatchObject({
      definitions: { linked: { HttpRequester: { authenticator: { type: 'BearerAuthenticator' } } } },
    });
    const [stream] = data.manifest.streams as { retriever: { requester: JsonObject } }[];
    expect(stream?.retriever.requester.authenticator).toEqual({
      $ref: '#/definitions/linked/HttpRequester/authenticator',
    });
  });

  test('names the types of added fields', async () => {
    const transformations = [{ type: 'AddFields', fields: [{ path: ['a'], value: '1' }] }];
    const { data } = await ask(
      'resolve_manifest',
      'items',
      {},
      { manifest: { ...manifest, streams: [streamAt('items', '/items', { transformations })] } },
    );
    expect(data.manifest.streams[0]?.transformations).toMatchObject([
      { fields: [{ type: 'AddedFieldDefinition', path: ['a'] }] },
    ]);
  });

  test('answers with a trace when the manifest is wrong', async () => {
    const wrong = {
      ...manifest,
      streams: [{ type: 'DeclarativeStream', name: 'items', retriever: { type: 'Nonsense' } }],
    };
    const { ran } = await ask('resolve_manifest', 'items', {}, { manifest: wrong });
    expect(ran.exitCode).toBe(0);
    expect(ran.of('TRACE')[0]?.trace).toMatchObject({
      type: 'ERROR',
      error: { failure_type: 'config_error', message: expect.stringContaining('Nonsense') },
    });
  });
});

test('full_resolve_manifest adds the streams of dynamic ones, at most as many as asked for', async () => {
  const dynamic = {
    ...manifest,
    streams: [streamAt('items', '/items')],
    dynamic_streams: [
      {
        type: 'DynamicDeclarativeStream',
        name: 'tables',
        stream_template: streamAt('', '/items'),
        components_resolver: {
          type: 'HttpComponentsResolver',
          retriever: streamAt('', '/parents').retriever,
          components_mapping: [
            {
              type: 'ComponentMappingDefinition',
              field_path: ['name'],
              value: "table_{{ components_values['id'] }}",
            },
          ],
        },
      },
    ],
  };
  const { data } = await ask('full_resolve_manifest', 'items', { max_streams: 2 }, { manifest: dynamic });
  expect(data.manifest.streams.map(({ name, dynamic_stream_name }) => [name, dynamic_stream_name])).toEqual([
    ['items', null],
    ['table_1', 'tables'],
    ['table_2', 'tables'],
  ]);
  expect(data.manifest.dynamic_streams).toMatchObject([
    { components_resolver: { retriever: { requester: { use_cache: true } } } },
  ]);
});

test('a command that does not exist is named, beside those that do', async () => {
  const { ran } = await ask('test_reed');
  expect(ran.stdout).toContain('test_reed');
  expect(ran.stdout).toContain('full_resolve_manifest');
});
