/** The streams that are read, as manifests that the Python CDK runs too. */

/** What the server, the engine and the bare loop are told. */
export interface BenchConfig {
  readonly base_url: string;
  readonly workload: Floor;
  readonly concurrency: number;
}

/** A bare loop that does the same requests and writes the same lines. */
export type Floor = 'pages' | 'contacts' | 'companies' | 'children' | 'parts' | 'lines';

export interface Workload {
  readonly name: string;
  readonly manifest: object;
  readonly floor?: Floor;
  /** Of `BENCH_RECORDS`, how many this one reads. */
  readonly share: number;
  /** How many requests are under way at once; 1 where it isn't said. */
  readonly concurrency?: number;
  /** Milliseconds that each answer takes. */
  readonly latency?: number;
  /** How many requests the API takes in a window of so many seconds. */
  readonly window?: CallWindow;
  /** The streams that share its records evenly; one called "contacts" where none are named. */
  readonly streams?: readonly string[];
}

export interface CallWindow {
  readonly limit: number;
  readonly seconds: number;
}

const base = "{{ config['base_url'] }}";

const nextPage = {
  type: 'DefaultPaginator',
  page_token_option: { type: 'RequestOption', inject_into: 'request_parameter', field_name: 'cursor' },
  pagination_strategy: {
    type: 'CursorPagination',
    cursor_value: '{{ response.next }}',
    stop_condition: '{{ not response.next }}',
  },
};

const nextScroll = {
  type: 'DefaultPaginator',
  page_token_option: { type: 'RequestOption', inject_into: 'request_parameter', field_name: 'scroll_param' },
  pagination_strategy: {
    type: 'CursorPagination',
    cursor_value: "{{ response.get('scroll_param') }}",
    stop_condition: "{{ not response.get('data') }}",
  },
};

const nextSearchPage = {
  type: 'DefaultPaginator',
  page_token_option: {
    type: 'RequestOption',
    inject_into: 'body_json',
    field_path: ['pagination', 'starting_after'],
  },
  page_size_option: {
    type: 'RequestOption',
    inject_into: 'body_json',
    field_path: ['pagination', 'per_page'],
  },
  pagination_strategy: {
    type: 'CursorPagination',
    page_size: 150,
    cursor_value: "{{ response.get('pages', {}).get('next', {}).get('starting_after') }}",
    stop_condition: "{{ not response.get('pages', {}).get('next') }}",
  },
};

function retriever(path: string, fieldPath: readonly string[], more: object = {}) {
  return {
    type: 'SimpleRetriever',
    requester: { type: 'HttpRequester', url_base: base, path, http_method: 'GET' },
    record_selector: { type: 'RecordSelector', extractor: { type: 'DpathExtractor', field_path: fieldPath } },
    ...more,
  };
}

/** A search as Intercom's: by POST, what changed since the cursor, in pages of 150. */
function search(path: string, field: string) {
  return retriever(path, [field], {
    paginator: nextSearchPage,
    requester: {
      type: 'HttpRequester',
      url_base: base,
      path,
      http_method: 'POST',
      request_headers: { Accept: 'application/json' },
      request_body_json: {
        query:
          "{'operator': 'OR', 'value': [{'field': 'updated_at', 'operator': '>', 'value': {{ stream_interval.get('start_time') or 0 }}}, {'field': 'updated_at', 'operator': '=', 'value': {{ stream_interval.get('start_time') or 0 }}}]}",
        sort: "{'field': 'updated_at', 'order': 'ascending'}",
      },
      error_handler: {
        type: 'DefaultErrorHandler',
        backoff_strategies: [{ type: 'WaitUntilTimeFromHeader', header: 'X-RateLimit-Reset' }],
      },
    },
  });
}

const bySeconds = {
  type: 'DatetimeBasedCursor',
  cursor_field: 'updated_at',
  cursor_datetime_formats: ['%s'],
  datetime_format: '%s',
  start_datetime: {
    type: 'MinMaxDatetime',
    datetime: '2020-01-01T00:00:00Z',
    datetime_format: '%Y-%m-%dT%H:%M:%SZ',
  },
};

function stream(name: string, more: object) {
  return {
    type: 'DeclarativeStream',
    name,
    primary_key: 'id',
    schema_loader: { type: 'InlineSchemaLoader', schema: { type: 'object', properties: {} } },
    ...more,
  };
}

function manifest(single: object | readonly object[], more: object = {}) {
  return {
    version: '6.0.0',
    type: 'DeclarativeSource',
    check: { type: 'CheckStream', stream_names: ['contacts'] },
    streams: [single].flat(),
    spec: { type: 'Spec', connection_specification: { type: 'object', properties: {} } },
    concurrency_level: {
      type: 'ConcurrencyLevel',
      default_concurrency: "{{ config['concurrency'] }}",
      max_concurrency: 100,
    },
    ...more,
  };
}

const parents = stream('parents', { retriever: retriever('/parents', ['data']) });
const conversations = stream('conversations', {
  retriever: search('/conversations/search', 'conversations'),
  incremental_sync: bySeconds,
});

function childrenOf(parent: object, key: string) {
  return {
    partition_router: {
      type: 'SubstreamPartitionRouter',
      parent_stream_configs: [
        { type: 'ParentStreamConfig', parent_key: key, partition_field: 'parent', stream: parent },
      ],
    },
  };
}

const partsStream = stream('contacts', {
  retriever: retriever(
    '/conversations/{{ stream_partition.parent }}',
    ['conversation_parts', 'conversation_parts'],
    childrenOf(conversations, 'id'),
  ),
});
const parts = manifest(partsStream);

const transformed = {
  incremental_sync: { ...bySeconds, is_client_side_incremental: true },
  transformations: [
    {
      type: 'AddFields',
      fields: [
        { type: 'AddedFieldDefinition', path: ['country'], value: "{{ record['location']['country'] }}" },
        { type: 'AddedFieldDefinition', path: ['half'], value: "{{ record['session_count'] / 2 }}" },
      ],
    },
    { type: 'RemoveFields', field_pointers: [['tags'], ['custom_attributes', 'notes']] },
  ],
};

const contactSchema = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    name: { type: ['null', 'string'] },
    created_at: { type: ['null', 'string'] },
    updated_at: { type: ['null', 'integer'] },
    score: { type: ['null', 'number'] },
    session_count: { type: ['null', 'integer'] },
    has_hard_bounced: { type: ['null', 'boolean'] },
    country: { type: ['null', 'string'] },
    half: { type: ['null', 'number'] },
    location: { type: ['null', 'object'], properties: { country: { type: 'string' } } },
  },
};

function normalised() {
  const { record_selector, ...rest } = search('/contacts/search', 'data');
  return {
    ...rest,
    record_selector: {
      ...record_selector,
      schema_normalization: 'Default',
      record_filter: { type: 'RecordFilter', condition: "{{ record['role'] in ['user', 'lead'] }}" },
    },
  };
}

const jsonLines = manifest(
  stream('contacts', {
    retriever: retriever('/contacts.jsonl', [], { decoder: { type: 'JsonlDecoder' } }),
  }),
);
const csv = manifest(
  stream('contacts', { retriever: retriever('/contacts.csv', [], { decoder: { type: 'CsvDecoder' } }) }),
);

export const workloads: readonly Workload[] = [
  {
    name: 'contacts, search, pages of 150',
    floor: 'contacts',
    share: 1,
    manifest: manifest(
      stream('contacts', { retriever: search('/contacts/search', 'data'), incremental_sync: bySeconds }),
    ),
  },
  {
    name: 'companies, scroll, pages of 100',
    floor: 'companies',
    share: 1,
    manifest: manifest(
      stream('contacts', { retriever: retriever('/companies/scroll', ['data'], { paginator: nextScroll }) }),
    ),
  },
  {
    name: 'small records, pages of 500',
    floor: 'pages',
    share: 1,
    manifest: manifest(
      stream('contacts', { retriever: retriever('/contacts', ['data'], { paginator: nextPage }) }),
    ),
  },
  { name: 'parts, 5 to a request', floor: 'parts', share: 0.25, manifest: parts },
  {
    name: 'partitions with a state each',
    floor: 'parts',
    share: 0.5,
    manifest: manifest({ ...partsStream, incremental_sync: bySeconds }),
  },
  {
    name: 'children, 20 to a request',
    floor: 'children',
    share: 1,
    manifest: manifest(
      stream('contacts', {
        retriever: retriever(
          '/parents/{{ stream_partition.parent }}/contacts',
          ['data'],
          childrenOf(parents, 'id'),
        ),
      }),
    ),
  },
  {
    name: 'filter, AddFields, normalisation',
    floor: 'contacts',
    share: 0.5,
    manifest: manifest(
      stream('contacts', {
        ...transformed,
        retriever: normalised(),
        schema_loader: { type: 'InlineSchemaLoader', schema: contactSchema },
      }),
    ),
  },
  { name: 'JSON lines', floor: 'lines', share: 1, manifest: jsonLines },
  { name: 'CSV', share: 1, manifest: csv },
];

/** As many streams as that, each with a few pages. */
export function severalStreams(count: number): Workload {
  const streams = ['contacts', ...Array.from({ length: count - 1 }, (_, index) => `contacts_${index + 2}`)];
  const ofPages = { retriever: retriever('/contacts', ['data'], { paginator: nextPage }) };
  return {
    name: `${count} streams`,
    share: 1,
    streams,
    manifest: manifest(streams.map((name) => stream(name, ofPages))),
  };
}

/** The same requests, with answers that take their time. */
export const slowWorkloads: readonly Workload[] = [1, 4, 10, 40].map((concurrency) => ({
  name: `parts, 20 ms an answer, ${concurrency} at once`,
  floor: 'parts',
  share: 0.025 * concurrency,
  manifest: parts,
  concurrency,
  latency: 20,
}));

/** One answer that is far larger than memory may become. The server makes it as it goes. */
export const longBodies: readonly (Workload & { readonly megabytes: number })[] = [
  { name: 'CSV', share: 1, manifest: csv, megabytes: 1000 },
  { name: 'JSON lines', share: 1, floor: 'lines', manifest: jsonLines, megabytes: 500 },
];

/** What Intercom allows an app, told in the headers of its answers. */
const callWindow: CallWindow = { limit: 166, seconds: 10 };

/** As many requests as the API takes, however long its answers take. */
export const windowWorkloads: readonly Workload[] = [0, 300].map((latency) => ({
  name: `${callWindow.limit} requests in ${callWindow.seconds} s, ${latency} ms an answer`,
  share: 1,
  latency,
  window: callWindow,
  manifest: manifest(partsStream, {
    // A number, from which it may rise.
    concurrency_level: { type: 'ConcurrencyLevel', default_concurrency: 1, max_concurrency: 100 },
    api_budget: {
      type: 'HTTPAPIBudget',
      ratelimit_reset_header: 'X-RateLimit-Reset',
      ratelimit_remaining_header: 'X-RateLimit-Remaining',
      policies: [
        {
          type: 'MovingWindowCallRatePolicy',
          rates: [{ limit: callWindow.limit, interval: `PT${callWindow.seconds}S` }],
          matchers: [],
        },
      ],
    },
  }),
}));

export function catalogOf(names: readonly string[]) {
  return {
    streams: names.map((name) => ({
      stream: { name, json_schema: {}, supported_sync_modes: ['full_refresh', 'incremental'] },
      sync_mode: 'incremental',
      destination_sync_mode: 'append',
    })),
  };
}

export const catalog = catalogOf(['contacts']);
