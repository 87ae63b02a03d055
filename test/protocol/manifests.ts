import type { JsonObject } from '../../engine/util/json/json.ts';
import type { Answers } from '../kit/scope.ts';

const api = 'https://api.test';

const pages = {
  type: 'DefaultPaginator',
  page_token_option: { type: 'RequestOption', inject_into: 'request_parameter', field_name: 'page' },
  pagination_strategy: {
    type: 'CursorPagination',
    cursor_value: '{{ response.next }}',
    stop_condition: '{{ not response.next }}',
  },
};

/** A stream of `items` at a path; `retriever` and the rest add to it. */
export function streamAt(
  name: string,
  path: string,
  { retriever = {}, ...rest }: { readonly retriever?: JsonObject } & JsonObject = {},
): JsonObject {
  return {
    type: 'DeclarativeStream',
    name,
    primary_key: ['id'],
    retriever: {
      type: 'SimpleRetriever',
      requester: {
        type: 'HttpRequester',
        url: `${api}${path}`,
        authenticator: { type: 'BearerAuthenticator', api_token: "{{ config['api_key'] }}" },
      },
      record_selector: {
        type: 'RecordSelector',
        extractor: { type: 'DpathExtractor', field_path: ['items'] },
      },
      ...retriever,
    },
    schema_loader: { type: 'InlineSchemaLoader', schema: { type: 'object', properties: {} } },
    ...rest,
  };
}

const parents = streamAt('parents', '/parents');

/** A small connector with a paged, an incremental, a child and a failing stream. */
export const manifest: JsonObject = {
  version: '6.0.0',
  type: 'DeclarativeSource',
  check: { type: 'CheckStream', stream_names: ['items'] },
  streams: [
    streamAt('items', '/items', { retriever: { paginator: pages } }),
    streamAt('changes', '/items', {
      retriever: { paginator: pages },
      incremental_sync: {
        type: 'DatetimeBasedCursor',
        cursor_field: 'updated_at',
        datetime_format: '%Y-%m-%dT%H:%M:%SZ',
        start_datetime: '2024-01-01T00:00:00Z',
        end_datetime: '2024-01-07T00:00:00Z',
        step: 'P2D',
        cursor_granularity: 'PT1S',
      },
    }),
    parents,
    streamAt('children', '/children/{{ stream_partition.parent }}', {
      retriever: {
        partition_router: {
          type: 'SubstreamPartitionRouter',
          parent_stream_configs: [
            { type: 'ParentStreamConfig', parent_key: 'id', partition_field: 'parent', stream: parents },
          ],
        },
      },
    }),
    streamAt('broken', '/broken'),
  ],
  spec: {
    type: 'Spec',
    connection_specification: {
      type: 'object',
      required: ['api_key'],
      properties: { api_key: { type: 'string', airbyte_secret: true } },
    },
  },
};

export const apiKey = 'sesame-4711';

/** Four pages of items, three parents with a child each, and a path that always fails. */
export const answers: Answers = ({ url }) => {
  if (url.pathname === '/items') {
    const page = Number(url.searchParams.get('page') ?? 1);
    const item = (id: number) => ({ id, updated_at: `2024-01-0${page}T00:00:00Z`, note: null, size: id / 4 });
    return { body: { items: [item(page * 10), item(page * 10 + 1)], next: page < 4 ? page + 1 : null } };
  }
  if (url.pathname === '/parents') return { body: { items: [{ id: 1 }, { id: 2 }, { id: 3 }] } };
  if (url.pathname.startsWith('/children/')) {
    return { body: { items: [{ id: `${url.pathname.slice('/children/'.length)}-a`, echo: apiKey }] } };
  }
  return { status: 500, body: { error: `It broke for ${apiKey}` } };
};

export function catalogOf(...names: readonly string[]): JsonObject {
  return {
    streams: names.map((name) => ({
      stream: { name, json_schema: {}, supported_sync_modes: ['full_refresh', 'incremental'] },
      sync_mode: 'incremental',
      destination_sync_mode: 'append',
    })),
  };
}
