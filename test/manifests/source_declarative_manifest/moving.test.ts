import { configure } from '../../../engine/connector/connector.ts';
import { loadManifest } from '../../../engine/connector/load-manifest.ts';
import type { StreamState } from '../../../engine/contract/families.ts';
import type { Transport } from '../../../engine/contract/scope.ts';
import { CustomScrollRetriever } from '../../../manifests/source_declarative_manifest/custom-scroll-retriever.ts';
import { ErrorHandlerWithRateLimiter } from '../../../manifests/source_declarative_manifest/error-handler-with-rate-limiter.ts';
import { SubstreamStateMigration } from '../../../manifests/source_declarative_manifest/substream-state-migration.ts';
import type { Fault } from '../../intercom-api/faults.ts';
import { createIntercom, defaultAccessToken } from '../../intercom-api/intercom.ts';
import { intercomTransport } from '../../intercom-api/transport.ts';
import { createWorkspace, type Workspace } from '../../intercom-api/workspace.ts';
import { readManifest } from '../../kit/read-manifest.ts';
import { fakeClock } from '../../kit/scope.ts';
import { listed, type StreamName } from '../intercom/listed.ts';

/** A manifest in the manner of Airbyte's own: its streams, its requests and its three Python components. */
const manifest = `
version: 6.33.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [tags] }
stream_groups:
  companies_group:
    streams: [{ $ref: "#/definitions/companies" }]
    action: { type: BlockSimultaneousSyncsAction }
definitions:
  requester:
    type: HttpRequester
    url_base: https://api.intercom.io/
    path: "{{ parameters.path }}"
    authenticator: { type: BearerAuthenticator, api_token: "{{ config['access_token'] }}" }
    request_headers: { Accept: application/json, Intercom-Version: "2.11" }
    error_handler:
      type: CustomErrorHandler
      class_name: source_declarative_manifest.components.ErrorHandlerWithRateLimiter
      response_filters:
        - { type: HttpResponseFilter, http_codes: [401], action: FAIL, failure_type: config_error, error_message: Permission }
  list:
    type: DeclarativeStream
    primary_key: [id]
    retriever:
      type: SimpleRetriever
      requester: { $ref: "#/definitions/requester" }
      record_selector: { extractor: { type: DpathExtractor, field_path: ["{{ parameters.records }}"] } }
    schema_loader: { type: InlineSchemaLoader, schema: { type: object } }
  since: &since
    type: DatetimeBasedCursor
    cursor_field: updated_at
    start_datetime: { datetime: "{{ format_datetime(config['start_date'], '%s') }}", datetime_format: "%s" }
    datetime_format: "%s"
    cursor_datetime_formats: ["%s"]
    lookback_window: "P{{ config.get('lookback_window', 0) }}D"
    is_client_side_incremental: true
  search:
    $ref: "#/definitions/list"
    retriever:
      type: SimpleRetriever
      requester:
        $ref: "#/definitions/requester"
        http_method: POST
        request_body_json:
          query: >-
            {"operator": "AND", "value": [{"operator": "OR", "value": [
            {"field": "updated_at", "operator": ">", "value": {{ stream_interval['start_time'] }}},
            {"field": "updated_at", "operator": "=", "value": {{ stream_interval['start_time'] }}}]},
            {"field": "updated_at", "operator": "<", "value": {{ stream_interval['end_time'] }}}]}
          sort: '{"field": "updated_at", "order": "ascending"}'
      record_selector: { extractor: { type: DpathExtractor, field_path: ["{{ parameters.records }}"] } }
      paginator:
        type: DefaultPaginator
        pagination_strategy:
          type: CursorPagination
          page_size: 150
          cursor_value: "{{ response.get('pages', {}).get('next', {}).get('starting_after') }}"
          stop_condition: "{{ not response.get('pages', {}).get('next', {}).get('starting_after') }}"
        page_size_option: { type: RequestOption, field_path: [pagination, per_page], inject_into: body_json }
        page_token_option: { type: RequestOption, field_path: [pagination, starting_after], inject_into: body_json }
    incremental_sync:
      <<: *since
      start_datetime: { datetime: "{{ config['start_date'] }}", datetime_format: "%Y-%m-%dT%H:%M:%SZ" }
      end_datetime: { datetime: "{{ now_utc().strftime('%Y-%m-%dT%H:%M:%SZ') }}", datetime_format: "%Y-%m-%dT%H:%M:%SZ" }
      step: P30D
      cursor_granularity: PT1S
  conversations:
    $ref: "#/definitions/search"
    $parameters: { name: conversations, path: conversations/search, records: conversations }
  companies:
    $ref: "#/definitions/list"
    incremental_sync: { $ref: "#/definitions/since" }
    retriever:
      type: CustomRetriever
      class_name: source_declarative_manifest.components.CustomScrollRetriever
      requester: { $ref: "#/definitions/requester" }
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [data] } }
      paginator:
        type: DefaultPaginator
        page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: scroll_param }
        pagination_strategy:
          type: CursorPagination
          cursor_value: "{{ response.get('scroll_param') }}"
          stop_condition: "{{ response.get('data', []) | length == 0 }}"
    $parameters: { name: companies, path: companies/scroll }
  child:
    $ref: "#/definitions/list"
    incremental_sync: { <<: *since, global_substream_cursor: true }
    retriever:
      type: SimpleRetriever
      requester: { $ref: "#/definitions/requester", path: "/{{ parameters.of }}/{{ stream_slice.id }}{{ parameters.rest }}" }
      record_selector: { extractor: { type: DpathExtractor, field_path: ["{{ parameters.records }}", "{{ parameters.records }}"] } }
      partition_router:
        type: SubstreamPartitionRouter
        parent_stream_configs:
          - type: ParentStreamConfig
            stream: { $ref: "#/definitions/conversations" }
            parent_key: id
            partition_field: id
            incremental_dependency: true
    state_migrations:
      - { type: CustomStateMigration, class_name: source_declarative_manifest.components.SubstreamStateMigration }
  attributes:
    $ref: "#/definitions/list"
    primary_key: [name]
    retriever:
      $ref: "#/definitions/list/retriever"
      requester:
        $ref: "#/definitions/requester"
        path: data_attributes
        request_parameters: { model: "{{ parameters.model }}" }
streams:
  - $ref: "#/definitions/list"
    incremental_sync:
      <<: *since
      cursor_field: created_at
      is_client_side_incremental: false
      start_datetime: { datetime: "{{ config['start_date'] }}", datetime_format: "%Y-%m-%dT%H:%M:%SZ" }
      step: P30D
      cursor_granularity: PT1S
      start_time_option: { type: RequestOption, inject_into: request_parameter, field_name: created_at_after }
      end_time_option: { type: RequestOption, inject_into: request_parameter, field_name: created_at_before }
    retriever:
      $ref: "#/definitions/list/retriever"
      paginator:
        type: DefaultPaginator
        page_token_option: { type: RequestPath }
        pagination_strategy:
          type: CursorPagination
          cursor_value: "{{ response.get('pages', {}).get('next') }}"
          stop_condition: "{{ not response.get('pages', {}).get('next') }}"
    $parameters: { name: activity_logs, path: admins/activity_logs, records: activity_logs }
  - { $ref: "#/definitions/list", $parameters: { name: admins, path: admins, records: admins } }
  - { $ref: "#/definitions/list", $parameters: { name: tags, path: tags, records: data } }
  - { $ref: "#/definitions/list", $parameters: { name: teams, path: teams, records: teams } }
  - { $ref: "#/definitions/list", incremental_sync: { <<: *since }, $parameters: { name: segments, path: segments, records: segments } }
  - { $ref: "#/definitions/attributes", $parameters: { name: company_attributes, model: company, records: data } }
  - { $ref: "#/definitions/attributes", $parameters: { name: contact_attributes, model: contact, records: data } }
  - $ref: "#/definitions/companies"
  - { $ref: "#/definitions/search", $parameters: { name: contacts, path: contacts/search, records: data } }
  - $ref: "#/definitions/conversations"
  - { $ref: "#/definitions/search", $parameters: { name: tickets, path: tickets/search, records: tickets } }
  - $ref: "#/definitions/child"
    retriever:
      $ref: "#/definitions/child/retriever"
      requester:
        $ref: "#/definitions/child/retriever/requester"
        error_handler:
          type: CompositeErrorHandler
          error_handlers:
            - type: DefaultErrorHandler
              response_filters:
                - { type: HttpResponseFilter, action: IGNORE, http_codes: [404] }
                - { type: HttpResponseFilter, http_codes: [401], action: FAIL, failure_type: config_error, error_message: Permission }
    transformations:
      - { type: AddFields, fields: [{ path: [conversation_id], value: "{{ stream_slice.id }}" }] }
    $parameters: { name: conversation_parts, of: conversations, records: conversation_parts, rest: "" }
  - $ref: "#/definitions/child"
    retriever:
      $ref: "#/definitions/child/retriever"
      record_selector: { extractor: { type: DpathExtractor, field_path: [data] } }
      partition_router:
        type: SubstreamPartitionRouter
        parent_stream_configs:
          - type: ParentStreamConfig
            stream: { $ref: "#/definitions/companies" }
            parent_key: id
            partition_field: id
            incremental_dependency: true
    $parameters: { name: company_segments, of: companies, rest: /segments }
concurrency_level: { type: ConcurrencyLevel, default_concurrency: 4, max_concurrency: 25 }
spec:
  type: Spec
  connection_specification:
    type: object
    required: [access_token, start_date]
    properties:
      access_token: { type: string, airbyte_secret: true }
      start_date: { type: string, format: date-time }
      lookback_window: { type: integer, minimum: 0, default: 0 }
      activity_logs_time_step: { type: integer, minimum: 1, maximum: 91, default: 30 }
`;

const scrolls = `    retriever:
      type: CustomRetriever
      class_name: source_declarative_manifest.components.CustomScrollRetriever
      requester: { $ref: "#/definitions/requester" }
`;

/** Its latest version has no retriever of its own: the error handler says that a lost scroll begins again. */
const latest = manifest.replace(
  scrolls,
  `    retriever:
      type: SimpleRetriever
      partition_router: []
      requester:
        $ref: "#/definitions/requester"
        use_cache: false
        error_handler:
          type: DefaultErrorHandler
          backoff_strategies: [{ type: ConstantBackoffStrategy, backoff_time_in_seconds: 60 }]
          response_filters:
            - { type: HttpResponseFilter, http_codes: [401], action: FAIL, failure_type: config_error, error_message: Permission }
            - { type: HttpResponseFilter, http_codes: [404], action: IGNORE, error_message: No companies }
            - { type: HttpResponseFilter, http_codes: [400], action: RETRY, error_message: Another scroll }
            - { type: HttpResponseFilter, http_codes: [500], action: RESET_PAGINATION, error_message: Again }
`,
);
if (latest === manifest) throw new Error('the retriever of companies is another one');

const hooks = [ErrorHandlerWithRateLimiter, SubstreamStateMigration, CustomScrollRetriever];
const sizes = { contacts: 20, companies: 21, conversations: 12, tickets: 10, activityLogs: 20 };
const config = { access_token: defaultAccessToken, start_date: '2023-06-01T00:00:00Z' };

interface Moving {
  readonly yaml?: string;
  readonly workspace?: Workspace;
  readonly streams?: readonly string[];
  readonly faults?: readonly Fault[];
  readonly state?: StreamState;
}

function transportTo(
  workspace: Workspace,
  faults: readonly Fault[] = [],
  onRequest: (request: string) => void = () => {},
): Transport {
  const intercom = createIntercom(workspace, { rateLimit: false, faults, scrollPageSize: 10 });
  const transport = intercomTransport(intercom);
  return {
    ...transport,
    async send(request, options) {
      onRequest(`${request.method} ${request.url.pathname}`);
      return transport.send(request, options);
    },
  };
}

/** Two days after anything has changed: the searches of that manifest leave out the day on which they are sent. */
async function move({
  yaml = manifest,
  workspace = createWorkspace({ sizes, now: () => Date.parse('2025-06-15T12:00:00Z') }),
  streams,
  faults = [],
  state,
}: Moving = {}) {
  const clock = fakeClock(Date.parse('2025-06-17T12:00:00Z'));
  const asked: string[] = [];
  const transport = transportTo(workspace, faults, (request) => void asked.push(request));
  const read = async (names: readonly string[] | undefined) =>
    readManifest(yaml, [], {
      config,
      hooks,
      clock,
      ...(names && { streams: names }),
      ...(state && { state }),
      surroundings: { transport },
    });
  return { workspace, asked, clock, read: await read(streams) };
}

const ids = (records: readonly object[]): string[] =>
  [...new Set(records.map((record) => String('id' in record ? record.id : '')))].sort();

const everyStream = [
  ...([
    'activity_logs',
    'admins',
    'tags',
    'teams',
    'segments',
    'companies',
    'contacts',
    'conversations',
  ] as const),
  ...([
    'tickets',
    'conversation_parts',
    'company_segments',
    'company_attributes',
    'contact_attributes',
  ] as const),
];
const searched = ['contacts', 'conversations', 'tickets'] as const;

describe.each([
  ['with a retriever of its own', manifest, everyStream],
  // Its other streams are the same.
  ['of the latest version', latest, ['companies', 'company_segments'] as const],
] as const)("Airbyte's own manifest, %s", (_what, yaml, streams: readonly StreamName[]) => {
  it('is valid, has its thirteen streams, and its check passes', async () => {
    const loaded = loadManifest({ name: 'manifest.yaml', text: yaml }, { hooks });
    expect(loaded.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    const transport = transportTo(createWorkspace({ sizes, now: () => Date.parse('2025-06-15T12:00:00Z') }));
    const connector = configure(loaded, config, { transport, clock: fakeClock() });
    const discovered = await connector.streams();
    expect(discovered.map(({ name }) => name).sort()).toEqual([...everyStream].sort());
    expect(await connector.check()).toMatchObject({ succeeded: true });
    await connector.close();
    const refused = configure(loaded, { ...config, access_token: 'no' }, { transport, clock: fakeClock() });
    expect(await refused.check()).toMatchObject({
      succeeded: false,
      message: expect.stringContaining('Permission'),
    });
    await refused.close();
  });

  it.each<StreamName>(streams)('reads all of %s', async (stream) => {
    const { workspace, read } = await move({ yaml, streams: [stream] });
    expect(read.errors).toEqual([]);
    const all = await listed(workspace, '2.11');
    expect(read.records.length).toBeGreaterThan(0);
    // Airbyte's manifest does not ask for the attributes that are archived.
    expect(ids(read.records)).toEqual(ids(all[stream].filter(({ archived }) => archived !== true)));
  });

  it('reads all companies also beside a stream that has them as its parents', async () => {
    const { workspace, read } = await move({ yaml, streams: ['companies', 'company_segments'] });
    expect(read.errors).toEqual([]);
    const { companies, company_segments } = await listed(workspace, '2.11');
    expect(ids(read.records)).toEqual(ids([...companies, ...company_segments]));
  });

  it('reads as much although the rate limit is used up again and again', async () => {
    const faults: Fault[] = [{ kind: 'status', code: 429, match: { every: 4 } }];
    const { clock, read } = await move({ yaml, streams, faults });
    expect(read.errors).toEqual([]);
    const calm = await move({ yaml, streams });
    expect(ids(read.records)).toEqual(ids(calm.read.records));
    expect(clock.sleeps.length).toBeGreaterThan(0);
  });

  it('begins a lost scroll of companies again', async () => {
    const faults: Fault[] = [{ kind: 'expired-scroll', match: { path: '/companies/scroll', nth: 2 } }];
    const { read } = await move({ yaml, streams: ['companies'], faults });
    expect(read.errors).toEqual([]);
    expect(ids(read.records)).toHaveLength(sizes.companies);
  });

  it.each([
    ['company_segments', 'companies', /^GET \/companies\/[0-9a-f]+\/segments$/],
    ['conversation_parts', 'conversations', /^GET \/conversations\/\d+$/],
  ])('goes on with %s from a state of older versions', async (child, parent, request) => {
    const first = await move({ yaml, streams: [parent] });
    const times = first.read.records.map(({ updated_at }) => Number(updated_at)).sort((a, b) => a - b);
    const middle = times[Math.floor(times.length / 2)] ?? 0;
    const state = { updated_at: String(middle), [parent]: { updated_at: String(middle) } };
    const { asked, read } = await move({ yaml, streams: [child], state });
    expect(read.errors).toEqual([]);
    const parents = asked.filter((one) => request.test(one));
    expect(parents).toHaveLength(times.filter((time) => time >= middle).length);
    // And from the one that this sync leaves.
    const next = await move({ yaml, streams: [child], state: read.states.at(-1) ?? {} });
    expect(next.read.errors).toEqual([]);
    const left = next.asked.filter((one) => request.test(one));
    expect(left).not.toEqual([]);
    expect(left.length).toBeLessThan(parents.length);
  });
});

describe("Airbyte's own manifest", () => {
  it.each(searched)('reads of %s only what has changed since the last sync', async (stream) => {
    const first = await move({ streams: [stream] });
    const state = first.read.states.at(-1) ?? {};
    const again = await move({ streams: [stream], state, workspace: first.workspace });
    expect(again.read.errors).toEqual([]);
    const latestChange = Math.max(...first.read.records.map(({ updated_at }) => Number(updated_at)));
    expect(again.read.records).not.toEqual([]);
    expect(again.read.records.map(({ updated_at }) => updated_at)).toEqual(
      again.read.records.map(() => latestChange),
    );
    expect(again.asked.length).toBeLessThan(first.asked.length);
  });

  it('begins a lost scroll again, and tells of no company twice', async () => {
    const faults: Fault[] = [{ kind: 'expired-scroll', match: { path: '/companies/scroll', nth: 2 } }];
    const { asked, read } = await move({ streams: ['companies'], faults });
    expect(read.errors).toEqual([]);
    expect(read.records).toHaveLength(sizes.companies);
    // One page, the lost one, and the whole of the second scroll; the lost request was not repeated.
    expect(asked).toHaveLength(6);
    expect(read.logs).toContainEqual(expect.stringContaining('starts again'));
  });

  it('gives up a scroll that is lost each time', async () => {
    const faults: Fault[] = [{ kind: 'expired-scroll', match: { path: '/companies/scroll', every: 2 } }];
    const { read } = await move({ streams: ['companies'], faults });
    expect(read.errors.map(({ message }) => message)).toEqual([expect.stringContaining('was lost')]);
  });
});

describe('an ErrorHandlerWithRateLimiter', () => {
  const stream = `
name: items
retriever:
  requester:
    url: https://api.test/items
    error_handler: { type: CustomErrorHandler, class_name: components.ErrorHandlerWithRateLimiter }
  record_selector: { extractor: { field_path: [items] } }
  partition_router: { type: ListPartitionRouter, values: ["1", "2", "3"], cursor_field: part }
`;
  const sleepsWith = async (remaining: string, reset: number) => {
    const clock = fakeClock();
    const headers = {
      'X-RateLimit-Limit': '100',
      'X-RateLimit-Remaining': remaining,
      'X-RateLimit-Reset': String(clock.now() / 1000 + reset),
    };
    const yaml = `version: 6.0.0\ntype: DeclarativeSource\ncheck: { type: CheckStream, stream_names: [items] }\nstreams:\n  -${stream.replaceAll('\n', '\n    ')}\nconcurrency_level: { default_concurrency: 1 }`;
    await readManifest(yaml, () => ({ headers, body: { items: [] } }), { hooks, clock });
    return clock.sleeps;
  };

  it('waits for the next window once little of this one is left', async () => {
    expect(await sleepsWith('11', 7)).toEqual([]);
    expect((await sleepsWith('10', 7))[0]).toBe(7000);
  });

  it('waits a second where the end of the window makes no sense', async () => {
    expect((await sleepsWith('0', 86_400))[0]).toBe(1000);
  });
});
