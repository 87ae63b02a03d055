import { nearCopies } from '../../../../engine/conformance/checks/near-copies.ts';
import { harness } from '../harness.ts';

const { expectPass, expectViolations } = harness(nearCopies);

interface Parts {
  readonly requester?: string;
  readonly paginator?: string;
  readonly parent?: string;
  readonly filter?: string;
}

const pages =
  'type: DefaultPaginator, page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: after }, ';
const token =
  "pagination_strategy: { type: CursorPagination, cursor_value: '{{ response.next }}', page_size: 50 }";
const same = `{ ${pages}${token} }`;

/** Streams that are the same but for their names and for what is given of each. */
const streams = (...all: readonly Parts[]) =>
  `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [s0] }
streams:
${all
  .map(
    (
      {
        requester = '',
        paginator = same,
        parent = 'parent_key: id, partition_field: it',
        filter = 'record.size > 0 and record.seen',
      },
      index,
    ) => `  - type: DeclarativeStream
    name: s${index}
    retriever:
      type: SimpleRetriever
      requester:
        type: HttpRequester
        url: "https://api.test/${index}"
${requester}
      record_selector:
        extractor: { type: DpathExtractor, field_path: [data] }
        record_filter: { type: RecordFilter, condition: "{{ ${filter} }}" }
      paginator: ${paginator}
      partition_router:
        type: SubstreamPartitionRouter
        parent_stream_configs:
          - type: ParentStreamConfig
            ${parent.split(', ').join('\n            ')}
            stream:
              type: DeclarativeStream
              name: them
              retriever:
                type: SimpleRetriever
                requester: { type: HttpRequester, url: "https://api.test/them", http_method: POST }
                record_selector: { extractor: { type: DpathExtractor, field_path: [] } }
              schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: {} } }
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: {} } }`,
  )
  .join('\n')}
`;

const key = (value: string) => `        request_headers: { X-Key: "${value}" }`;

/** A list of handlers, one for each status. */
const handlers = (...codes: readonly number[]) => `        error_handler:
          type: CompositeErrorHandler
          error_handlers: [${codes
            .map(
              (code) =>
                `{ type: DefaultErrorHandler, response_filters: [{ type: HttpResponseFilter, action: IGNORE, http_codes: [${code}] }] }`,
            )
            .join(', ')}]`;

describe('near-copies', () => {
  it('finds a list of handlers without one of them', async () => {
    const requester = handlers(402, 404, 410);
    await expectViolations(streams({ requester }, { requester }, { requester: handlers(404, 410) }), [
      { message: /^"error_handler" of stream "s2" is that of 2 other streams but for "error_handlers"/ },
    ]);
    await expectPass(streams({ requester }, { requester }, { requester: handlers(403, 409) }));
    await expectPass(streams({ requester }, { requester }, { requester: handlers(402) }));
  });

  it('passes where all streams write it alike', async () => {
    await expectPass(streams({}, {}, {}));
  });

  it.each([
    ['the size of a page', { paginator: same.replace('50', '20') }],
    ['what a partition is called', { parent: 'parent_key: id, partition_field: other' }],
    [
      'a parameter that says what is asked for',
      { requester: '        request_parameters: { kind: "{{ config.kind }}" }' },
    ],
    [
      'a name in other brackets',
      { paginator: same.replace("'{{ response.next }}'", `"{{ response['next'] }}"`) },
    ],
  ])('passes where a stream has %s for itself', async (_, parts) => {
    await expectPass(streams({}, {}, parts));
  });

  it('passes where two differ, and nobody knows which is right', async () => {
    await expectPass(streams({}, { paginator: same.replace('response.next', 'response.last') }));
  });

  it.each([
    [
      'a token',
      { paginator: same.replace('response.next', 'response.meta.next') },
      /^"paginator" of stream "s2" is that of 2 other streams but for "pagination_strategy.cursor_value"/,
    ],
    [
      'the name of a parameter',
      { paginator: same.replace('field_name: after', 'field_name: before') },
      /"page_token_option.field_name", which is "before" here and "after" there/,
    ],
    [
      'a key of the parent',
      { parent: 'parent_key: name, partition_field: it' },
      /"parent_key", which is "name"/,
    ],
    [
      'a filter',
      { filter: 'record.size > 0 or record.seen' },
      /^"record_filter" of stream "s2" is that of 2/,
    ],
  ])('finds %s that only one stream has', async (_, parts, message) => {
    await expectViolations(streams({}, {}, parts), [{ message, stream: 's2' }]);
  });

  it('passes for a condition about something else', async () => {
    await expectPass(streams({}, {}, { filter: 'record.closed_at is none' }));
  });

  it('finds a header that one stream has otherwise, or not', async () => {
    const usual = { requester: key('{{ config.key }}') };
    await expectViolations(streams(usual, usual, { requester: key('{{ config.secret }}') }), [
      {
        message: /"request_headers.X-Key", which is "{{ config.secret }}" here and "{{ config.key }}" there/,
        at: '"{{ config.secret }}"',
      },
    ]);
    await expectViolations(streams(usual, usual, {}), [
      { message: /"request_headers", which is left out here and one with "X-Key" there/, stream: 's2' },
    ]);
    const format = { requester: '        request_headers: { Accept: text/csv }' };
    await expectPass(streams(format, format, {}));
  });

  it('finds the one of five streams that has no pages', async () => {
    await expectViolations(streams({}, {}, {}, {}, { paginator: '' }), [
      { message: /^"retriever" of stream "s4" is that of 4 other streams but for "paginator"/ },
    ]);
  });

  it('passes where the one without pages is named in the singular, or by a template', async () => {
    const five = streams({}, {}, {}, {}, { paginator: '' });
    for (const path of ['account', 'accounts/{{ config.id }}'])
      await expectPass(five.replace('"https://api.test/4"', `"https://api.test/${path}"`));
    // Of what no customer adds to there are no pages.
    await expectPass(five.replace('https://api.test/4', 'https://api.test/time_zones'));
    await expectViolations(five.replace('https://api.test/4', 'https://api.test/accounts'), [
      { message: /but for "paginator", which is left out here/ },
    ]);
  });

  it('lets one stream have a status more, and values that are given by parameters', async () => {
    const handled = (codes: string) => ({
      requester: `        error_handler: { type: DefaultErrorHandler, response_filters: [{ type: HttpResponseFilter, action: IGNORE, http_codes: [${codes}] }] }`,
    });
    const usual = handled('400, 404');
    await expectPass(streams(usual, usual, handled('400, 403, 404')));
    for (const codes of ['400', '400, 403'])
      await expectViolations(streams(usual, usual, handled(codes)), [
        { message: /"response_filters.0.http_codes", which is/ },
      ]);
    const parent = (key: string) =>
      `parent_key: id, partition_field: it, $parameters: { incremental_dependency: ${key} }`;
    await expectPass(
      streams({ parent: parent('true') }, { parent: parent('true') }, { parent: parent('false') }),
    );
    const written = (key: string) => `parent_key: id, partition_field: it, incremental_dependency: ${key}`;
    await expectViolations(
      streams({ parent: written('true') }, { parent: written('true') }, { parent: written('false') }),
      [{ message: /"incremental_dependency", which is "false" here/ }],
    );
  });

  it('finds two headers that one stream has in each other’s place', async () => {
    const keys = (a: string, b: string) => ({
      requester: `        request_headers: { X-Account: "{{ config.${a} }}", X-Key: "{{ config.${b} }}" }`,
    });
    const usual = keys('account', 'key');
    await expectViolations(streams(usual, usual, keys('key', 'account')), [
      { message: /"request_headers.X-Account", which is "{{ config.key }}" here/, stream: 's2' },
    ]);
  });

  it('takes what several streams have each in its own way for their own', async () => {
    const own = (value: string) => ({ requester: key(`{{ config.${value} }}`) });
    await expectPass(streams(own('a'), own('a'), own('b'), own('c')));
  });
});
