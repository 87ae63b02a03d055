import type { Family } from '../../contract/families.ts';
import {
  condition,
  count,
  double,
  drop,
  dropAnyItem,
  dropItems,
  edges,
  format,
  other,
  otherEnd,
  rename,
  span,
  swapWith,
  toggle,
} from './alterations.ts';
import { both, dropInside, eachInside, eachItem, inside, inValue } from './alterations-inside.ts';
import type { Alteration } from './change.ts';
import { actions, failureTypes, methods, places, types } from './other-words.ts';

/** What a field decides, how it may be wrong, and which test would see it. */
export interface Decision {
  /** After "would be seen by": a noun with what it has to show. */
  readonly seenBy: string;
  readonly alterations: readonly Alteration[];
  /** The built-in checks that look at it, where not all do. */
  readonly checks?: readonly string[];
}

/** Another value, or the other end of the window. */
const otherInside = eachInside(both(other, otherEnd));

const by = (seenBy: string, ...alterations: readonly Alteration[]): Decision => ({ seenBy, alterations });

const secondPage = 'a test that reads a second page, and says what its request has';
const wire = 'a test whose exchanges say what requests have (`with`)';
const failing = 'a test in which the API answers so, and what the stream then does is expected';
const waiting = 'a test in which the API answers so, with `waits`';
const resuming = 'a test with a `state`, whose requests and last state are expected';
const keys = 'a test that expects this `primary_key`';
const configured = 'a test with a config that it changes, whose requests show the change';

/** The decisions of a manifest by family and field. Parts of a manifest that only describe are none. */
export const decisions: Partial<Record<Family, Readonly<Record<string, Decision>>>> = Object.freeze({
  Stream: {
    primary_key: by(keys, dropItems),
    incremental_sync: by(resuming, drop),
    transformations: by('a test that expects the fields as they come out', dropAnyItem),
    state_migrations: by('a test with a `state` of before', dropAnyItem),
  },
  ConditionalStreams: {
    condition: by('a test with a config for which there are no such streams', condition),
  },
  Retriever: {
    paginator: by(secondPage, drop),
    partition_router: by('a test with several partitions', drop),
    ignore_stream_slicer_parameters_on_paginated_requests: by(secondPage, toggle),
    decoder: by('a test with a body in that format', drop),
  },
  Requester: {
    url_base: by('a test whose exchanges name the whole URL', other),
    url: by('a test whose exchanges name the whole URL', other, otherEnd),
    path: by('any test of the stream', other, otherEnd),
    http_method: by('any test of the stream', methods),
    authenticator: by('a test whose exchanges name the header or parameter with the credentials', drop),
    request_parameters: by(wire, dropInside, otherInside),
    request_headers: by(wire, dropInside, otherInside),
    request_body_json: by(wire, dropInside, otherInside),
    request_body_data: by(wire, dropInside, otherInside),
    request_body: by(wire, inValue(dropInside), inValue(otherInside)),
    error_handler: by(failing, drop),
    use_cache: by('a test in which two slices or streams ask the same, with `requests`', toggle),
  },
  Authenticator: {
    header: by(wire, rename),
    api_token: by(wire, other),
    username: by(wire, other),
    password: by(wire, other),
    scopes: by('a test that logs in', dropItems),
    grant_type: by('a test that logs in', other),
    token_refresh_endpoint: by('a test that logs in', other),
    access_token_name: by('a test that logs in', rename),
  },
  RequestOption: {
    field_name: by(wire, rename),
    field_path: by(wire, rename),
    inject_into: by(wire, places),
  },
  Paginator: {
    page_size_option: by('a test whose exchanges say how many records a page has', drop),
    page_token_option: by(secondPage, drop),
  },
  PaginationStrategy: {
    page_size: by('a test whose exchanges say how many records a page has', count),
    start_from_page: by(secondPage, count),
    inject_on_first_request: by('a test whose first request is asked for exactly (null: has it not)', toggle),
    cursor_value: by(secondPage, other, edges, otherEnd),
    stop_condition: by(
      'a test that reads to the last page, and nothing is asked after it',
      condition,
      otherEnd,
    ),
  },
  RecordSelector: {
    record_filter: by('a test with a record that is left out', drop),
    schema_normalization: by('a test with values of another type', drop),
    transform_before_filtering: by('a test with a record that is left out', toggle),
  },
  RecordExtractor: { field_path: by('any test with a record', rename) },
  RecordFilter: {
    condition: by('a test with records on both sides of the condition, and on its edge', condition, otherEnd),
  },
  RecordExpander: {
    expand_records_from_field: by('a test with a record in a record', rename),
    remain_original_record: by('a test that expects all fields', toggle),
  },
  Transformation: {
    fields: by(
      'a test that expects the fields as they come out',
      dropItems,
      eachItem({
        value: [other, otherEnd],
        value_type: [types],
        path: [rename],
      }),
    ),
    field_pointers: by('a test that expects the fields as they come out (`exact`)', dropItems),
    field_path: by('a test that expects the fields as they come out', rename),
    condition: by('a test with records on both sides of the condition', condition, otherEnd),
  },
  IncrementalSync: {
    cursor_field: by(resuming, rename),
    datetime_format: by(resuming, format),
    cursor_datetime_formats: by('a test with a record in each of the formats', dropItems, format),
    start_datetime: by('a test of a full read, whose first request is expected', inside('datetime', other)),
    end_datetime: by('a test whose last window is expected', drop),
    step: by('a test with several windows', span),
    cursor_granularity: by('a test with several windows', span),
    lookback_window: by(resuming, drop, other),
    start_time_option: by(
      'a test whose exchanges say which window is asked for',
      drop,
      swapWith('end_time_option'),
    ),
    end_time_option: by('a test whose exchanges say which window is asked for', drop),
    partition_field_start: by('a test whose exchanges say which window is asked for', rename),
    partition_field_end: by('a test whose exchanges say which window is asked for', rename),
    is_data_feed: by('a test with a `state`, and an older record before the last page', toggle),
    is_client_side_incremental: by('a test with a `state`, and a record from before it', toggle),
    is_compare_strictly: by('a test whose state lies on the edge of a window', toggle),
    global_substream_cursor: by('a test with several partitions and a `state`', toggle),
  },
  DatetimeBound: {
    datetime: by('a test whose first or last window is expected', other),
    datetime_format: by('a test whose first or last window is expected', format),
    min_datetime: by('a test with a date before it', drop),
    max_datetime: by('a test with a date after it', drop),
  },
  PartitionRouter: {
    values: by('a test with a request for each value', dropItems),
    cursor_field: by('a test with a request for each value', rename),
    request_option: by('a test with a request for each value', drop),
    parent_stream_configs: by('a test with several parents', dropItems),
    partition_routers: by('a test with partitions of each', dropItems),
    group_size: by('a test with more partitions than a group has', count),
    deduplicate: by('a test with a partition that comes twice', toggle),
  },
  ParentStreamConfig: {
    parent_key: by('a test with several parents', rename),
    partition_field: by('a test with several parents', rename),
    request_option: by('a test with several parents', drop),
    incremental_dependency: by('a test with a `state`, whose requests for parents are expected', toggle),
    extra_fields: by('a test that expects what records have from their parents', dropItems),
    lazy_read_pointer: by('a test with parents that hold their children', rename),
  },
  ErrorHandler: {
    response_filters: by(failing, dropItems),
    backoff_strategies: by(waiting, dropItems),
    max_retries: by('a test that fails as often as it may', count),
    error_handlers: by(failing, dropItems),
  },
  ResponseFilter: {
    http_codes: by(failing, dropItems),
    predicate: by(failing, condition),
    error_message_contains: by(failing, rename),
    // Tests expect a part of it, so only one that is gone is another one.
    error_message: by('a test that expects this `error`, or this `log`', drop),
    action: by(failing, actions),
    failure_type: by('a test that expects an `error` of this kind', failureTypes),
  },
  Spec: {
    config_normalization_rules: by(
      configured,
      inside('config_migrations', dropAnyItem),
      inside('transformations', dropAnyItem),
      inside('validations', dropAnyItem),
    ),
  },
  ConfigMigration: { transformations: by(configured, dropAnyItem) },
  ConfigTransformation: {
    fields: by(configured, dropItems, eachItem({ value: [other], path: [rename] })),
    field_pointers: by(configured, dropItems),
    condition: by('tests with configs on both sides of the condition', condition),
  },
  BackoffStrategy: {
    backoff_time_in_seconds: by(waiting, double),
    factor: by(waiting, double),
    header: by(waiting, rename),
    regex: by(waiting, drop),
    min_wait: by(waiting, double),
  },
} satisfies Partial<Record<Family, Readonly<Record<string, Decision>>>>);

/** What stands in other fields of a hook: nobody knows what they mean. */
export const ofHooks: Decision = by(
  'a test that shows what the hook does',
  toggle,
  condition0,
  count,
  otherEnd,
);

/** A template with a truth value means the opposite; other texts are names. */
function* condition0(entry: Parameters<Alteration>[0]): ReturnType<Alteration> {
  const { value } = entry;
  if (value.kind === 'scalar' && typeof value.value === 'string' && value.value.includes('{{'))
    yield* other(entry);
}
