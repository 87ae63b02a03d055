import { loadManifest } from '../../../engine/connector/load-manifest.ts';
import { locationOf } from '../../../engine/error/print-location.ts';
import { validateManifest } from '../../../engine/validate/validate-manifest.ts';
import { withRetriever } from './harness.ts';

const spec = 'spec: { type: Spec, connection_specification: { type: object, properties: {} } }';

/** Every finding of all rules, with the text that its caret points at. */
function findings(yaml: string): readonly (readonly [message: string, at: string])[] {
  return validateManifest(loadManifest({ name: 'x.yaml', text: yaml })).map(
    ({ severity, message, places: [place], offset }) => {
      const [, line, column] = place === undefined ? [] : locationOf(place, offset).split(':');
      const rest = yaml.split('\n')[Number(line) - 1]?.slice(Number(column) - 1) ?? '';
      // Of a name the name alone, of a mapping or a list its beginning; nothing where a template breaks off.
      const at = /^(?:"[^"]*"|'[^']*'|[[{]|[^,\]} ]+)/.exec(rest)?.[0] ?? '';
      return [severity === 'error' ? message : `${severity}: ${message}`, at];
    },
  );
}

const option = (name: string) => `{ inject_into: request_parameter, field_name: ${name} }`;
const paginator = (rest: string) =>
  `paginator: { type: DefaultPaginator, page_token_option: ${option('page')}, ${rest} }`;
const requester = (rest: string) => `requester: { url: https://a.b, ${rest} }`;
const authenticator = (rest: string) => requester(`authenticator: { ${rest} }`);
const oauth = (rest: string) =>
  authenticator(`type: OAuthAuthenticator, client_id: a, client_secret: b, ${rest}`);
const cursor = (rest: string) => `incremental_sync: { type: DatetimeBasedCursor, cursor_field: at, ${rest} }`;
const expander = (rest: string) =>
  `record_selector: { extractor: { field_path: [], record_expander: { type: RecordExpander, ${rest} } } }`;
const validator = (schema: string) =>
  `spec: { type: Spec, connection_specification: {}, config_normalization_rules: { validations: [{ type: DpathValidator, field_path: [a], validation_strategy: { type: ValidateAdheresToSchema, base_schema: ${schema} } }] } }`;
const remap = (map: string) =>
  `spec: { type: Spec, connection_specification: {}, config_normalization_rules: { transformations: [{ type: ConfigRemapField, field_path: [a], map: ${map} }] } }`;

const ofRetriever: readonly (readonly [kind: string, yaml: string, message: string, at: string])[] = [
  [
    'a page size below zero',
    paginator('pagination_strategy: { type: OffsetIncrement, page_size: -5 }'),
    '"page_size" of OffsetIncrement is wrong: a whole number of at least 0 is expected.',
    '-5',
  ],
  [
    'a page size that is no number',
    paginator(
      'pagination_strategy: { type: CursorPagination, cursor_value: "{{ response.next }}", page_size: ten }',
    ),
    '"page_size" of CursorPagination is wrong: a whole number is expected, not "ten".',
    'ten',
  ],
  [
    'a limit of records below zero',
    'pagination_reset: { type: PaginationReset, action: RESET, limits: { number_of_records: -1 } }',
    '"limits.number_of_records" of PaginationReset is wrong: a number of at least 0 is expected.',
    '-1',
  ],
  [
    'a character that is two',
    'decoder: { type: CsvDecoder, delimiter: ";;" }',
    '"delimiter" of CsvDecoder is wrong: one character is expected, not ";;".',
    '";;"',
  ],
  [
    'an encoding that is not known',
    'decoder: { type: CsvDecoder, encoding: utf-99 }',
    '"encoding" of CsvDecoder is wrong: the encoding "utf-99" is not known.',
    'utf-99',
  ],
  [
    'values that are no list',
    'partition_router: { type: ListPartitionRouter, cursor_field: x, request_option: { inject_into: request_parameter, field_name: x }, values: "5" }',
    '"values" of ListPartitionRouter is wrong: a list is expected, not "5".',
    '"5"',
  ],
  [
    'no parent at all',
    'partition_router: { type: SubstreamPartitionRouter, parent_stream_configs: [] }',
    '"parent_stream_configs" of SubstreamPartitionRouter is wrong: at least one parent stream is expected.',
    '[',
  ],
  [
    'an empty token endpoint',
    oauth('token_refresh_endpoint: "", refresh_token: c'),
    'The token_refresh_endpoint of the OAuthAuthenticator is empty.',
    '""',
  ],
  [
    'no refresh token',
    oauth('token_refresh_endpoint: "https://a.b/t"'),
    'An OAuthAuthenticator with the grant type "refresh_token" needs a "refresh_token".',
    '{',
  ],
  [
    'a date of expiry that is none',
    oauth('token_refresh_endpoint: "https://a.b/t", refresh_token: c, token_expiry_date: soon'),
    '"token_expiry_date" of OAuthAuthenticator is wrong: "soon" is not a date.',
    'soon',
  ],
  [
    'a reserved header of a JSON web token',
    authenticator(
      'type: JwtAuthenticator, secret_key: a, algorithm: HS256, additional_jwt_headers: { kid: x }',
    ),
    '"additional_jwt_headers.kid" of JwtAuthenticator is wrong: "kid" is a reserved name.',
    'x',
  ],
  [
    'a reserved claim of a JSON web token',
    authenticator(
      'type: JwtAuthenticator, secret_key: a, algorithm: HS256, additional_jwt_payload: { exp: 5 }',
    ),
    '"additional_jwt_payload.exp" of JwtAuthenticator is wrong: "exp" is a reserved name.',
    '5',
  ],
  [
    'a choice between authenticators that leads nowhere',
    authenticator('type: SelectiveAuthenticator, authenticator_selection_path: [], authenticators: {}'),
    '"authenticator_selection_path" of SelectiveAuthenticator is wrong: at least one step is expected.',
    '[',
  ],
  [
    'headers that are no mapping',
    requester('request_headers: "Accept: text/csv"'),
    '"request_headers" of HttpRequester is wrong: a mapping is expected, not "Accept: text/csv".',
    '"Accept: text/csv"',
  ],
  [
    'a time limit of nothing',
    requester('read_timeout_in_seconds: 0'),
    '"read_timeout_in_seconds" of HttpRequester is wrong: a number of more than 0 is expected.',
    '0',
  ],
  [
    'a regular expression that cannot be read',
    requester(
      'error_handler: { type: DefaultErrorHandler, backoff_strategies: [{ type: WaitTimeFromHeader, header: R, regex: "[0-9" }] }',
    ),
    '"regex" of WaitTimeFromHeader is wrong: "[0-9" is not a regular expression: unterminated character set.',
    '"[0-9"',
  ],
  [
    'an action without what it needs',
    requester(
      'error_handler: { type: DefaultErrorHandler, response_filters: [{ http_codes: [413], action: SPLIT_REQUEST_WINDOW }] }',
    ),
    'The action SPLIT_REQUEST_WINDOW needs "request_window_splitting" on the retriever.',
    '{',
  ],
  [
    'a record expander that does what nobody knows',
    expander('expand_records_from_field: [a], on_no_records: emit'),
    '"on_no_records" of RecordExpander is wrong: one of "skip", "emit_parent" is expected.',
    'emit',
  ],
];

const ofStream: typeof ofRetriever = [
  [
    'a nested primary key',
    'primary_key: [[], id]',
    '"primary_key.0" of DeclarativeStream is wrong: a nested primary key such as [] is not supported.',
    '[',
  ],
  [
    'a format that no time is read by',
    cursor('datetime_format: "%Q", start_datetime: "2024-01-01"'),
    "No time can be read by the format \"%Q\": 'Q' is a bad directive in format '%Q'.",
    '"%Q"',
  ],
  [
    'an empty format',
    cursor('datetime_format: "", start_datetime: "2024-01-01"'),
    'No time can be read by an empty format.',
    '""',
  ],
  [
    'a duration that is none',
    cursor('datetime_format: "%Y-%m-%d", start_datetime: "2024-01-01", lookback_window: "5 days"'),
    '"lookback_window" of DatetimeBasedCursor is wrong: an ISO 8601 duration (such as P30D or PT1H) is expected, not "5 days".',
    '"5 days"',
  ],
  [
    'a day of no week',
    cursor(
      'datetime_format: "%Y-%m-%d", start_datetime: "2024-01-01", clamping: { target: WEEK, target_details: { weekday: FUNDAY } }',
    ),
    '"FUNDAY" is not a weekday; the weekdays are MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY.',
    '{',
  ],
  [
    'a count to start from that is none',
    'incremental_sync: { type: IncrementingCountCursor, cursor_field: n, start_value: abc }',
    '"start_value" of IncrementingCountCursor is wrong: a whole number is expected, not "abc".',
    'abc',
  ],
  [
    'a path of nothing',
    'transformations: [{ type: AddFields, fields: [{ path: [], value: "1" }] }]',
    '"fields.0.path" of AddFields is wrong: a list of at least 1 item is expected.',
    '[',
  ],
  [
    'a type that the platform has not',
    'schema_loader: { type: DynamicSchemaLoader, retriever: { requester: { url: https://a.b }, record_selector: { extractor: { field_path: [] } } }, schema_type_identifier: { key_pointer: [name], types_mapping: [{ current_type: a, target_type: strng }] } }',
    '"types_mapping.0.target_type" of SchemaTypeIdentifier is wrong: "strng" is not a data type. Did you mean "string"?',
    'strng',
  ],
];

const ofSource: typeof ofRetriever = [
  [
    'a schema of a config that is none',
    validator('"{ not json"'),
    '"base_schema" of ValidateAdheresToSchema is wrong: a JSON schema is expected, not "{ not json".',
    '"{ not json"',
  ],
  [
    'a map of old values that is none',
    remap('text'),
    '"map" of ConfigRemapField is wrong: a mapping is expected, not "text".',
    'text',
  ],
  [
    'a number of streams at once that is none',
    `${spec}\nconcurrency_level: { type: ConcurrencyLevel, default_concurrency: many }`,
    '"default_concurrency" of ConcurrencyLevel is wrong: a whole number is expected, not "many".',
    'many',
  ],
  [
    'an action of a group that nobody knows',
    `${spec}\nstream_groups: { g: { streams: [{ name: items }], action: { type: BlockSyncs } } }`,
    '"stream_groups.g.action.type" of DeclarativeSource is wrong: "BlockSyncs" is no action of a group: "BlockSimultaneousSyncsAction" is the only one.',
    'BlockSyncs',
  ],
  [
    'a group of what are no streams',
    `${spec}\nstream_groups: { g: { streams: [items], action: { type: BlockSimultaneousSyncsAction } } }`,
    '"stream_groups.g.streams.0" of DeclarativeSource is wrong: a mapping is expected.',
    'items',
  ],
];

const nothing = 'ignore_stream_slicer_parameters_on_paginated_requests: false';

describe('a mistake that needs no config', () => {
  it.each(ofRetriever)('is told: %s', (_, yaml, message, at) => {
    expect(findings(withRetriever(yaml, '', spec))).toEqual([[message, at]]);
  });

  it.each(ofStream)('is told: %s', (_, yaml, message, at) => {
    expect(findings(withRetriever(nothing, yaml, spec))).toEqual([[message, at]]);
  });

  it.each(ofSource)('is told: %s', (_, yaml, message, at) => {
    expect(findings(withRetriever(nothing, '', yaml))).toEqual([[message, at]]);
  });

  it('does not hide the others', () => {
    const told = findings(
      withRetriever(
        `
${requester('request_headers: { "X Key": a }, authenticator: { type: BearerAuthenticator, api_token: "{{ config.a }" }')}
${paginator('pagination_strategy: { type: OffsetIncrement, page_size: ten }')}
decoder: { type: CsvDecoder, delimiter: ";;" }
partition_router: { type: ListPartitionRouter, cursor_field: x, request_option: ${option('x')}, values: "5" }`,
        `primary_key: [[], id]
${cursor('datetime_format: "%Q", start_datetime: "2024-01-01", lookback_window: "5 days"')}`,
        spec,
      ),
    );
    expect(told.map(([, at]) => at).sort()).toEqual(
      ['"%Q"', '"5 days"', '"5"', '";;"', '"X Key"', '[', 'ten', ''].sort(),
    );
  });
});
