import * as z from 'zod';
import { defineHook } from '../../../engine/language/hook.ts';
import { findingsIn } from '../../kit/read-manifest.ts';

/** A manifest whose stream begins at line 5, column 5. */
const manifest = (stream: string, definitions = '') => `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [items] }
streams:
${stream}${definitions}`;

const paged = (paginator: string) =>
  manifest(`  - name: items
    retriever:
      requester: { url: https://api.test/items }
      record_selector: { extractor: { field_path: [] } }
      paginator:
        ${paginator}
`);

const requesting = (requester: string, definitions = '') =>
  manifest(
    `  - name: items
    retriever:
      record_selector: { extractor: { field_path: [] } }
      requester: ${requester}
`,
    definitions,
  );

/** The text without the margin that the source of a test has. */
const printed = (text: string) => text.replace(/^\n/, '').replace(/\n$/, '');

describe('what is wrong with a component', () => {
  it('is nothing in a good one', () => {
    expect(findingsIn(paged('type: NoPagination'))).toEqual([]);
  });

  it('a field nobody knows is likely misspelt', () => {
    const yaml = paged(
      '{ type: DefaultPaginator, pagination_strategy: { type: OffsetIncrement, pagesize: 2 }, page_token_option: { inject_into: header, field_name: from } }',
    );
    expect(findingsIn(yaml)).toEqual([
      printed(`
warning: Unknown field "pagesize" on OffsetIncrement. Did you mean "page_size"?

x.yaml:10:81
10 | …r, pagination_strategy: { type: OffsetIncrement, pagesize: 2 }, page_token_option: { inject_into: h…
   |                                                   ^
`),
    ]);
  });

  it('what is wrong in a field does not hide what is wrong in others and below them', () => {
    const yaml = requesting(
      '{ url: [1], error_handler: { type: DefaultErrorHandler, response_filters: 3 } }',
    ).replace('name: items', 'name: items\n    primary_key: { a: 1 }');
    expect(findingsIn(yaml).map((finding) => finding.split('\n')[0])).toEqual([
      'error: "primary_key" of DeclarativeStream is wrong: a string is expected, or a list is expected.',
      'error: "url" of HttpRequester is wrong: a string is expected.',
      expect.stringContaining('"response_filters" of DefaultErrorHandler is wrong'),
    ]);
  });

  it.each([
    ['in a mapping', '{ $ref: "#/definitions/requestr" }'],
    ['as a text', '"#/definitions/requestr"'],
  ])('a reference that leads nowhere, %s, is all that is said of its place', (_name, requester) => {
    const yaml = requesting(requester, 'definitions:\n  requester: { url: https://api.test }\n');
    expect(findingsIn(yaml).map((finding) => finding.split('\n')[0])).toEqual([
      'error: There is nothing at "#/definitions/requestr". Did you mean "requester"?',
    ]);
  });

  it('a type nobody knows is likely misspelt', () => {
    expect(findingsIn(paged('type: DefaultPaginater'))).toEqual([
      printed(`
error: Unknown Paginator type "DefaultPaginater". Did you mean "DefaultPaginator"?

x.yaml:10:15
10 |         type: DefaultPaginater
   |               ^
`),
    ]);
  });

  it('a type of another family says where it belongs', () => {
    expect(findingsIn(paged('type: OffsetIncrement'))).toEqual([
      printed(`
error: Unknown Paginator type "OffsetIncrement". It is a PaginationStrategy; here one of "DefaultPaginator", "NoPagination" is expected.

x.yaml:10:15
10 |         type: OffsetIncrement
   |               ^
`),
    ]);
  });

  it('a component without a type where there is no default', () => {
    const yaml = paged('{ type: DefaultPaginator, pagination_strategy: { page_size: 2 } }');
    expect(findingsIn(yaml)).toEqual([
      printed(`
error: A PaginationStrategy component needs a "type": one of "CursorPagination", "OffsetIncrement", "PageIncrement", "CustomPaginationStrategy".

x.yaml:10:56
10 |         { type: DefaultPaginator, pagination_strategy: { page_size: 2 } }
   |                                                        ^
`),
    ]);
  });

  it.each([
    ['left out', 'type: DefaultPaginator'],
    ['null', '{ type: DefaultPaginator, pagination_strategy: null }'],
  ])('a needed field that is %s', (_, paginator) => {
    const [first] = findingsIn(paged(paginator));
    expect(first).toMatch(
      /^error: DefaultPaginator needs the field "pagination_strategy"\.\n\nx\.yaml:10:9\n/,
    );
  });

  it('an optional field that is null is left out', () => {
    const found = findingsIn(requesting('{ url: https://api.test, path: null, error_handler: null }'));
    expect(found).toEqual([
      expect.stringContaining('warning: "path" of HttpRequester is null'),
      expect.stringContaining('warning: "error_handler" of HttpRequester is null'),
    ]);
  });

  it.each([
    ['use_cache: sometimes', '"use_cache" of HttpRequester is wrong: true or false is expected.'],
    ['http_method: GETT', '"http_method" of HttpRequester is wrong: one of "GET", "POST" is expected.'],
    [
      'error_handler: none',
      '"error_handler" of HttpRequester is wrong: an ErrorHandler component is expected here.',
    ],
    ['path: [a]', '"path" of HttpRequester is wrong: a string is expected.'],
  ])('a value of the wrong kind: %s', (field, message) => {
    const column = 40 + field.indexOf(':');
    const [found, ...others] = findingsIn(requesting(`{ url: https://a.b, ${field} }`));
    expect(others).toEqual([]);
    expect(found?.split('\n').slice(0, 3)).toEqual([`error: ${message}`, '', `x.yaml:8:${column}`]);
  });

  it('is all said at once', () => {
    const yaml = requesting('{ url: "{{ a", use_cache: 3, http_methode: GET }');
    expect(findingsIn(yaml).map((finding) => finding.split('\n')[0])).toEqual([
      `error: "url" of HttpRequester is wrong: the template cannot be read: unexpected end of template, expected 'end of print statement'.`,
      'error: "use_cache" of HttpRequester is wrong: true or false is expected.',
      'warning: Unknown field "http_methode" on HttpRequester. Did you mean "http_method"?',
    ]);
  });
});

describe('a template that cannot be read', () => {
  it('is pointed into, also inside a folded scalar', () => {
    const yaml = requesting(`
        url: >-
          https://api.test/items
          /{{ config['a'] }}
          /{{ config['b' }}`);
    expect(findingsIn(yaml)).toEqual([
      printed(`
error: "url" of HttpRequester is wrong: the template cannot be read: unexpected '}', expected ']'.

x.yaml:12:26
12 |           /{{ config['b' }}
   |                          ^
`),
    ]);
  });

  it('is pointed into behind escapes of a quoted scalar', () => {
    expect(findingsIn(requesting('{ url: "https://api.test/\\u00e9{{ 1 + }}" }'))).toEqual([
      printed(`
error: "url" of HttpRequester is wrong: the template cannot be read: unexpected 'end of print statement'.

x.yaml:8:56
8 |       requester: { url: "https://api.test/\\u00e9{{ 1 + }}" }
  |                                                        ^
`),
    ]);
  });

  it('is pointed into inside a mapping, where a text could stand as well', () => {
    const yaml = requesting(`
        url: https://api.test
        request_parameters:
          since: |
            from
              {{ nope | }}`);
    expect(findingsIn(yaml)).toEqual([
      printed(`
error: "request_parameters.since" of HttpRequester is wrong: the template cannot be read: expected token 'name', got 'end of print statement'.

x.yaml:13:25
13 |               {{ nope | }}
   |                         ^
`),
    ]);
  });
});

describe('a component reached by a reference', () => {
  it('is shown where it is written and where it is used', () => {
    const yaml = requesting(
      '{ $ref: "#/definitions/requester" }',
      `definitions:
  requester: { type: HttpRequester, url: https://api.test, htp_method: GET }`,
    );
    expect(findingsIn(yaml)).toEqual([
      printed(`
warning: Unknown field "htp_method" on HttpRequester. Did you mean "http_method"?

x.yaml:10:60
10 |   requester: { type: HttpRequester, url: https://api.test, htp_method: GET }
   |                                                            ^

x.yaml:8:26, referenced here
8 |       requester: { $ref: "#/definitions/requester" }
  |                          ^
`),
    ]);
  });

  it('that is not there gets the nearest name', () => {
    const yaml = requesting(
      '{ $ref: "#/definitions/requestr" }',
      'definitions: { requester: { type: HttpRequester, url: https://api.test } }',
    );
    expect(findingsIn(yaml)[0]?.split('\n')[0]).toBe(
      'error: There is nothing at "#/definitions/requestr". Did you mean "requester"?',
    );
  });
});

describe('a custom component', () => {
  const yaml = paged(`type: DefaultPaginator
        pagination_strategy: { type: CustomPaginationStrategy, class_name: source_x.components.Weird, step: 2 }`);
  const Weird = defineHook('PaginationStrategy', {
    name: 'Weird',
    fields: () => ({ steps: z.number().optional() }),
    make: () => ({ firstToken: undefined, pageSize: undefined, nextToken: () => undefined }),
  });

  it('without its hook says what to write', () => {
    expect(findingsIn(yaml)).toEqual([
      printed(`
warning: The CustomPaginationStrategy "source_x.components.Weird" needs a hook named "Weird", and none is loaded. Write one with defineHook('PaginationStrategy', …) and load its module with --hooks.

x.yaml:11:76
11 | …ination_strategy: { type: CustomPaginationStrategy, class_name: source_x.components.Weird, step: 2 }
   |                                                                  ^
`),
    ]);
  });

  it('with its hook may have the fields of the hook, and others are told', () => {
    expect(findingsIn(yaml, [Weird])).toEqual([
      expect.stringContaining('Unknown field "step" on Weird. Did you mean "steps"?'),
    ]);
    expect(findingsIn(yaml.replace('step:', 'steps:'), [Weird])).toEqual([]);
  });
});
