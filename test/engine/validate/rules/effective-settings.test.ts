import { effectiveSettings } from '../../../../engine/validate/rules/effective-settings.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(effectiveSettings);

const cursor = (more = '') =>
  `incremental_sync: { type: DatetimeBasedCursor, cursor_field: at, datetime_format: "%Y", start_datetime: "2024"${more} }`;
const step = ', step: P1Y, cursor_granularity: P1Y';
const parent = (incremental: string) => `
partition_router:
  type: SubstreamPartitionRouter
  parent_stream_configs:
    - parent_key: id
      partition_field: id
      request_option: { inject_into: request_parameter, field_name: id }
      incremental_dependency: true
      stream: { name: p, ${incremental}retriever: { requester: { url: https://a.b }, record_selector: { extractor: { field_path: [] } } } }`;
const filter = (fields: string) =>
  withRetriever(`requester: { url: https://a.b, error_handler: { response_filters: [{ ${fields} }] } }`);
const option = '{ inject_into: request_parameter, field_name: x }';
const paginator = (strategy: string) =>
  withRetriever(
    `paginator: { type: DefaultPaginator, page_token_option: ${option}, pagination_strategy: ${strategy} }`,
  );
const pages =
  'paginator: { type: DefaultPaginator, pagination_strategy: { type: PageIncrement, page_size: 5 } }';
const list = (more = '') =>
  `partition_router: { type: ListPartitionRouter, cursor_field: id${more}, values: [a, b] }`;
const parents = `
partition_router:
  type: SubstreamPartitionRouter
  parent_stream_configs:
    - parent_key: id
      partition_field: id
      stream: { name: p, retriever: { requester: { url: https://a.b }, record_selector: { extractor: { field_path: [] } } } }`;

describe('effectiveSettings', () => {
  it.each([
    ['a state that a parent is part of', withRetriever(parent(`${cursor()}, `), cursor())],
    [
      'windows that requests are told of',
      withRetriever('requester: { url: "https://a.b/{{ stream_interval.start_time }}" }', cursor(step)),
    ],
    [
      'pages of what has none, of which another rule tells',
      withRetriever('paginator: { type: NoPagination, pagination_strategy: { type: PageIncrement } }'),
    ],
    ['an empty list', withRetriever('', 'state_migrations: []')],
    [
      'a size that the condition reads',
      paginator(
        '{ type: CursorPagination, page_size: 2, cursor_value: a, stop_condition: "{{ last_page_size < page_size }}" }',
      ),
    ],
    ['one value', withRetriever(list().replace('[a, b]', '[a]'))],
    ['values that requests are told of', withRetriever(list(`, request_option: ${option}`))],
    [
      'values that a template reads',
      withRetriever(`requester: { url: "https://a.b/{{ stream_partition.id }}" }\n${list()}`),
    ],
    [
      'values that a field of the records gets',
      withRetriever(
        list(),
        'transformations: [{ type: AddFields, fields: [{ path: [a], value: "{{ stream_slice.id }}" }] }]',
      ),
    ],
    [
      'pages that a template asks for',
      withRetriever(`requester: { url: "https://a.b/{{ next_page_token.next_page_token }}" }\n${pages}`),
    ],
    ['a failure', filter('http_codes: [400], action: FAIL, failure_type: config_error')],
  ])('do something: %s', (_, yaml) => {
    expectValid(yaml);
  });

  it.each([
    [
      withRetriever(parent(`${cursor()}, `)),
      'incremental_dependency',
      'the stream itself has no "incremental_sync", so no state is kept that its parent\'s could be part of',
    ],
    [
      withRetriever(parent(''), cursor()),
      'incremental_dependency',
      'the parent stream has no "incremental_sync", so it has no state',
    ],
    [
      withRetriever('', cursor(', global_substream_cursor: true')),
      'global_substream_cursor',
      'the stream has no "partition_router"',
    ],
    [
      withRetriever('', cursor(step)),
      'step',
      'no request is told of the window, neither by "start_time_option" and "end_time_option" nor by a template, so every window reads the same',
    ],
    [
      withRetriever('pagination_reset: { action: RESET }'),
      'pagination_reset',
      'it has no "limits", and no response filter has the action RESET_PAGINATION',
    ],
    [
      withRetriever('ignore_stream_slicer_parameters_on_paginated_requests: true'),
      'ignore_stream_slicer_parameters_on_paginated_requests',
      'the retriever has no paginator',
    ],
    [
      withRetriever('', 'state_migrations: [{ type: LegacyToPerPartitionStateMigration }]'),
      'state_migrations',
      'the stream has no "incremental_sync", so it has no state',
    ],
    [
      paginator('{ type: CursorPagination, page_size: 2, cursor_value: a }'),
      'page_size',
      'the paginator has no "page_size_option", so the API is not told of it',
    ],
    [
      filter('action: FAIL'),
      'action',
      'the filter has none of "http_codes", "predicate" and "error_message_contains", so it matches nothing',
    ],
    [filter('http_codes: [400]'), 'http_codes', 'the filter has no "action"'],
    [
      withRetriever(list()),
      'values',
      'no request is told of them, neither by "request_option" nor by a template, so every partition reads the same',
    ],
    [
      withRetriever(parents),
      'parent_stream_configs',
      'no request is told of the parents\' records, neither by "request_option" nor by a template, so every partition reads the same',
    ],
    [
      withRetriever(pages),
      'pagination_strategy',
      'no request is told of the next page, neither by "page_token_option" nor by a template, so every page is the first',
    ],
    [
      filter('http_codes: [400], action: RETRY, failure_type: config_error'),
      'failure_type',
      'the action is RETRY, not FAIL',
    ],
  ])('do nothing', (yaml, field, reason) => {
    const at = new RegExp(`${field}: (.*)`).exec(yaml)?.[1]?.slice(0, 3) ?? '';
    expectErrors(yaml, [{ severity: 'warning', message: `"${field}" has no effect: ${reason}.`, at }]);
  });
});
