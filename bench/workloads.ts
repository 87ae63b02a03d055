/** The streams that are read, as manifests that the Python CDK runs too. */
export interface Workload {
  readonly name: string;
  readonly manifest: object;
  /** Of `BENCH_RECORDS`, how many this one reads. */
  readonly share: number;
}

const paginator = {
  type: 'DefaultPaginator',
  page_token_option: { type: 'RequestOption', inject_into: 'request_parameter', field_name: 'cursor' },
  pagination_strategy: {
    type: 'CursorPagination',
    cursor_value: '{{ response.next }}',
    stop_condition: '{{ not response.next }}',
  },
};

function retriever(path: string, more: object = {}) {
  return {
    type: 'SimpleRetriever',
    requester: {
      type: 'HttpRequester',
      url_base: "{{ config['base_url'] }}",
      path,
      http_method: 'GET',
      request_parameters: { records: "{{ config['records'] }}" },
    },
    record_selector: { type: 'RecordSelector', extractor: { type: 'DpathExtractor', field_path: ['data'] } },
    ...more,
  };
}

function stream(name: string, more: object) {
  return {
    type: 'DeclarativeStream',
    name,
    primary_key: 'id',
    schema_loader: { type: 'InlineSchemaLoader', schema: { type: 'object', properties: {} } },
    ...more,
  };
}

function manifest(single: object) {
  return {
    version: '6.0.0',
    type: 'DeclarativeSource',
    check: { type: 'CheckStream', stream_names: ['contacts'] },
    streams: [single],
    spec: { type: 'Spec', connection_specification: { type: 'object', properties: {} } },
  };
}

const parents = stream('parents', { retriever: retriever('/parents') });

export const workloads: readonly Workload[] = [
  {
    name: 'pages by cursor',
    share: 1,
    manifest: manifest(stream('contacts', { retriever: retriever('/contacts', { paginator }) })),
  },
  {
    name: 'AddFields, datetime cursor, client-side',
    share: 1,
    manifest: manifest(
      stream('contacts', {
        retriever: retriever('/contacts', { paginator }),
        incremental_sync: {
          type: 'DatetimeBasedCursor',
          cursor_field: 'updated_at',
          datetime_format: '%Y-%m-%dT%H:%M:%SZ',
          start_datetime: { type: 'MinMaxDatetime', datetime: '2020-01-01T00:00:00Z' },
          is_client_side_incremental: true,
        },
        transformations: [
          {
            type: 'AddFields',
            fields: [
              {
                type: 'AddedFieldDefinition',
                path: ['country'],
                value: "{{ record['location']['country'] }}",
              },
              { type: 'AddedFieldDefinition', path: ['half'], value: "{{ record['session_count'] / 2 }}" },
            ],
          },
          { type: 'RemoveFields', field_pointers: [['tags'], ['custom_attributes', 'notes']] },
        ],
      }),
    ),
  },
  {
    name: 'substream, 20 records per parent',
    share: 1,
    manifest: manifest(
      stream('contacts', {
        retriever: retriever('/parents/{{ stream_partition.parent }}/contacts', {
          partition_router: {
            type: 'SubstreamPartitionRouter',
            parent_stream_configs: [
              { type: 'ParentStreamConfig', parent_key: 'id', partition_field: 'parent', stream: parents },
            ],
          },
        }),
      }),
    ),
  },
  {
    name: 'CSV',
    share: 1,
    manifest: manifest(
      stream('contacts', {
        retriever: retriever('/contacts.csv', {
          decoder: { type: 'CsvDecoder' },
          record_selector: { type: 'RecordSelector', extractor: { type: 'DpathExtractor', field_path: [] } },
        }),
      }),
    ),
  },
];

export const catalog = {
  streams: [
    {
      stream: { name: 'contacts', json_schema: {}, supported_sync_modes: ['full_refresh', 'incremental'] },
      sync_mode: 'incremental',
      destination_sync_mode: 'append',
    },
  ],
};
