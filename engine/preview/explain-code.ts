import type { FindingCode } from '../validate/specified-rules.ts';

/** What a finding of `validate` means, and an example of it. */
export interface CodeExplanation {
  readonly why: string;
  readonly wrong: string;
  readonly right: string;
}

/** By the names of the rules, as `validate --format json` gives them. */
const explanations: Readonly<Record<FindingCode, CodeExplanation>> = {
  manifest: {
    why: 'The text cannot be read as a manifest: its YAML is broken, or a $ref or $parameters leads nowhere.',
    wrong: 'paginator: { $ref: "#/definitions/pagintor" }',
    right: 'paginator: { $ref: "#/definitions/paginator" }',
  },
  fields: {
    why: 'A component has no such type, lacks a field that it needs, or has one with a value of the wrong kind.',
    wrong: '{ type: PageIncrement, page_size: many }',
    right: '{ type: PageIncrement, page_size: 100 }',
  },
  'known-version': {
    why: 'The manifest is written for a later version of the language than this one, so parts of it may be unknown.',
    wrong: 'version: 99.0.0',
    right: 'version: 6.0.0',
  },
  'known-fields': {
    why: 'A component has a field that its type does not know. It has no effect; most are misspelt.',
    wrong: '{ type: PageIncrement, pagesize: 100 }',
    right: '{ type: PageIncrement, page_size: 100 }',
  },
  'known-names': {
    why: 'A template reads a name that no template ever has.',
    wrong: 'condition: "{{ rekord.id > 1 }}"',
    right: 'condition: "{{ record.id > 1 }}"',
  },
  'misread-texts': {
    why: 'A text is meant as a template and has no braces, or those of another language, so it is taken as it is written.',
    wrong: 'path: "/items/{config[\'id\']}"',
    right: 'path: "/items/{{ config[\'id\'] }}"',
  },
  'readable-formats': {
    why: 'A datetime format has a directive that is not known, or cannot be read back from what it writes.',
    wrong: 'datetime_format: "%Y-%m-%Q"',
    right: 'datetime_format: "%Y-%m-%d"',
  },
  'literal-dates': {
    why: 'A date that is written out does not have the format that is declared for it.',
    wrong: '{ start_datetime: "01.02.2024", datetime_format: "%Y-%m-%d" }',
    right: '{ start_datetime: "2024-02-01", datetime_format: "%Y-%m-%d" }',
  },
  'ordered-dates': {
    why: 'A date that is written out as the end comes before the one that is the start: there is nothing between them.',
    wrong: '{ start_datetime: "2024-02-01", end_datetime: "2023-02-01" }',
    right: '{ start_datetime: "2023-02-01", end_datetime: "2024-02-01" }',
  },
  'request-urls': {
    why: 'A request goes somewhere: its URL begins with a scheme and has a host.',
    wrong: 'url: /items',
    right: 'url: https://api.example.com/items',
  },
  'request-paths': {
    why: 'Only the token of a paginator can be the path of a request, and only one that is a path: no number of a page.',
    wrong: 'start_time_option: { type: RequestPath }',
    right: 'page_token_option: { type: RequestPath }',
  },
  'page-sizes': {
    why: 'A paginator with a "page_size_option" tells the API its page size, so its strategy must have one.',
    wrong: '{ page_size_option: { … }, pagination_strategy: { type: PageIncrement } }',
    right: '{ page_size_option: { … }, pagination_strategy: { type: PageIncrement, page_size: 100 } }',
  },
  'single-bodies': {
    why: 'A request has one body: JSON, a form, or a text.',
    wrong: '{ request_body_json: { a: 1 }, request_body_data: { b: 2 } }',
    right: '{ request_body_json: { a: 1, b: 2 } }',
  },
  'distinct-options': {
    why: 'Two parts of a stream write to the same place in a request, and only one of them can win.',
    wrong: 'request_parameters: { page: 1 }   # and a page_token_option with field_name: page',
    right: 'request_parameters: {}            # the paginator writes "page"',
  },
  'slice-fields': {
    why: 'A template takes something of a slice that the slices of this stream do not have.',
    wrong: 'path: "/items/{{ stream_partition.item }}"     # partition_field: item_id',
    right: 'path: "/items/{{ stream_partition.item_id }}"',
  },
  'config-fields': {
    why: 'A template reads a field of the config that the spec does not declare, so nobody can fill it in.',
    wrong: 'api_token: "{{ config.tokn }}"',
    right: 'api_token: "{{ config.token }}"',
  },
  'dict-methods': {
    why: 'A name such as "items" or "values" after a dot is the method of a mapping to Python, not its field.',
    wrong: 'cursor_value: "{{ response.items }}"',
    right: 'cursor_value: "{{ response[\'items\'] }}"',
  },
  'unreviewed-guess': {
    why: '`manifold init` was not sure of something and wrote why in a comment. Whoever has looked at it takes the comment away.',
    wrong: 'primary_key: id # guess 0.7: the records have a field of this name',
    right: 'primary_key: id',
  },
  'visible-names': {
    why: 'A name exists, but not where this template is evaluated: a request sees no response, a filter no headers.',
    wrong: 'request_parameters: { after: "{{ response.next }}" }',
    right: 'cursor_value: "{{ response.next }}"             # with a page_token_option',
  },
  'json-schemas': {
    why: 'The schema of a stream, or of the config, is not a JSON schema.',
    wrong: 'properties: { id: { type: strng } }',
    right: 'properties: { id: { type: string } }',
  },
  'schema-members': {
    why: 'The primary key or the cursor field is not declared in the schema of the records.',
    wrong: 'primary_key: id       # properties: { key: … }',
    right: 'primary_key: key',
  },
  'schema-files': {
    why: 'The file of a schema is not where the manifest looks for it.',
    wrong: 'file_path: ./schemas/itms.json',
    right: 'file_path: ./schemas/items.json',
  },
  'runtime-refusals': {
    why: 'It can be run here, but the Python runtime of the platform refuses the whole manifest for it.',
    wrong: 'paginator: null',
    right: '# leave "paginator" out',
  },
  'reachable-choices': {
    why: 'Of several choices the first that fits decides. One that fits everything leaves nothing to those after it.',
    wrong: 'partitions: [{ condition: "true" }, { condition: "{{ config.a }}" }]',
    right: 'partitions: [{ condition: "{{ config.a }}" }, { condition: "true" }]',
  },
  'filtered-pages': {
    why: 'A paginator counts the records that the API gave. A filter that hides some must not be what it counts.',
    wrong: 'stop_condition: "{{ last_page_size < 100 }}"   # with an extractor that filters',
    right: 'stop_condition: "{{ not response.next }}"',
  },
  'body-texts': {
    why: 'A text in a JSON body that looks like a number or a list is sent as another thing by the Python runtime.',
    wrong: 'request_body_json: { id: "478" }',
    right: 'request_body_json: { id: 478 }                  # or a text that is none',
  },
  'checked-streams': {
    why: 'The check reads streams by their names, and one of them is not in the manifest.',
    wrong: 'check: { type: CheckStream, stream_names: [itms] }',
    right: 'check: { type: CheckStream, stream_names: [items] }',
  },
  'stream-names': {
    why: 'Every stream has a name of its own: catalogs, states and destinations know it by nothing else.',
    wrong: 'streams: [{ name: items, … }, { name: items, … }]',
    right: 'streams: [{ name: items, … }, { name: old_items, … }]',
  },
  'stream-groups': {
    why: 'A group names streams that must not be read at once, and one of them is not in the manifest.',
    wrong: 'stream_groups: { one: { streams: [itms] } }',
    right: 'stream_groups: { one: { streams: [items] } }',
  },
  'exclusive-groups': {
    why: 'A stream that excludes one of its own parents would wait for itself.',
    wrong: 'streams: [children, parents]         # parents is read for children',
    right: 'streams: [children]',
  },
  'check-overrides': {
    why: 'What a check puts over the config must not reach the config that the platform keeps.',
    wrong: 'config_overrides: { __airbyte_x: 1 }',
    right: 'config_overrides: { start_date: "2024-01-01" }',
  },
  'counted-records': {
    why: 'A limit on records counts those that the API gives, and a filter hides some of them.',
    wrong: 'pagination_reset: { action: RESET, limits: { number_of_records: 100 } }  # with a record_filter',
    right: 'pagination_reset: { action: RESET }',
  },
  'delegated-streams': {
    why: 'Streams that take turns under one name have that name, and a state whose age can be told.',
    wrong: '{ type: StateDelegatingStream, name: a, full_refresh_stream: { name: b } }',
    right: '{ type: StateDelegatingStream, name: a, full_refresh_stream: { name: a } }',
  },
  'effective-settings': {
    why: 'A setting does nothing, because something else that it needs is not there.',
    wrong: '{ action: RETRY, failure_type: config_error }',
    right: '{ action: FAIL, failure_type: config_error }',
  },
  'empty-names': {
    why: 'A parameter or a header has a name; without one it is sent to nobody, and found nowhere.',
    wrong: "page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: '' }",
    right: 'page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: page }',
  },
  'leading-paths': {
    why: 'A path has an empty name in it, or no name at all where something is to be removed: it leads to nothing.',
    wrong: '{ type: RemoveFields, field_pointers: [[]] }',
    right: '{ type: RemoveFields, field_pointers: [[secret]] }',
  },
  'possible-numbers': {
    why: 'A number is none that there can be: a status that HTTP does not have, or fewer repetitions than none.',
    wrong: '{ type: HttpResponseFilter, action: IGNORE, http_codes: [42] }',
    right: '{ type: HttpResponseFilter, action: IGNORE, http_codes: [422] }',
  },
  'distinct-values': {
    why: 'A list of partitions has a value twice, so the same records are read twice.',
    wrong: '{ type: ListPartitionRouter, values: [open, closed, open], cursor_field: status }',
    right: '{ type: ListPartitionRouter, values: [open, closed], cursor_field: status }',
  },
  'given-parameters': {
    why: 'A template puts out a parameter that neither its component nor one around it was given, so nothing stands there.',
    wrong: '{ path: "/{{ parameters.pth }}", $parameters: { path: items } }',
    right: '{ path: "/{{ parameters.path }}", $parameters: { path: items } }',
  },
  'fitting-defaults': {
    why: 'The spec fills in a value by itself that it then refuses.',
    wrong: 'properties: { days: { type: integer, default: "30" } }',
    right: 'properties: { days: { type: integer, default: 30 } }',
  },
  'fitting-weights': {
    why: 'A call counts for more than its policy allows at once, so it would wait for ever.',
    wrong: '{ rates: [{ limit: 5, interval: PT1S }], matchers: [{ weight: 10 }] }',
    right: '{ rates: [{ limit: 10, interval: PT1S }], matchers: [{ weight: 10 }] }',
  },
  'joined-partitions': {
    why: 'Partitions that become others go into requests only as those: they have one name, and no request option of their own.',
    wrong: '{ type: GroupingPartitionRouter, underlying_partition_router: { …, request_option: { … } } }',
    right: 'request_parameters: { ids: "{{ stream_partition.id | join(\',\') }}" }',
  },
  'settable-places': {
    why: 'What is set for each of the streams that a template makes has no place in the template, so nothing is set; or it has none where one can be made.',
    wrong: 'components_mapping: [{ field_path: [retriever, requestr, url], value: … }]',
    right: 'components_mapping: [{ field_path: [retriever, requester, url], value: … }]',
  },
  'sendable-headers': {
    why: 'The name or the value of a header has a character that no request can carry.',
    wrong: 'request_headers: { "X Team": a }',
    right: 'request_headers: { X-Team: a }',
  },
  'separate-values': {
    why: 'What ends lines, or puts values in quotes, cannot stand between the values of a line.',
    wrong: "{ type: CsvDecoder, delimiter: '\"' }",
    right: "{ type: CsvDecoder, delimiter: ';' }",
  },
  'misplaced-page-actions': {
    why: 'Only the requester whose pages a retriever reads can ask for another page size or a smaller window.',
    wrong: 'authenticator: { …, error_handler: { …, action: REDUCE_PAGE_SIZE } }',
    right: 'requester: { …, error_handler: { …, action: REDUCE_PAGE_SIZE } }',
  },
  'page-size-reduction': {
    why: 'Smaller pages are possible only where such a page is the beginning of the one that was refused.',
    wrong: '{ page_size: 10, page_size_reduction: { minimum_page_size: 100 } }',
    right: '{ page_size: 100, page_size_reduction: { minimum_page_size: 10 } }',
  },
  'single-readings': {
    why: 'A body that is read as it arrives is gone after the first extractor.',
    wrong: '{ decoder: { type: CsvDecoder }, extractor: { type: CombinedExtractor, … } }',
    right: '{ decoder: { type: JsonDecoder }, extractor: { type: CombinedExtractor, … } }',
  },
  'summed-offsets': {
    why: 'An offset counts the records of a page, and an extractor that adds up may find more than the page is long.',
    wrong: '{ type: OffsetIncrement }           # with a CombinedExtractor that adds up',
    right: '{ type: PageIncrement }',
  },
  'window-splitting': {
    why: 'A window is split only where its halves together give the records of the whole, each of them once.',
    wrong: 'request_window_splitting: { … }     # without a DatetimeBasedCursor',
    right: 'incremental_sync: { type: DatetimeBasedCursor, step: P1M, cursor_granularity: PT1S, … }',
  },
};

export const codeExplanations: ReadonlyMap<string, CodeExplanation> = new Map(Object.entries(explanations));
