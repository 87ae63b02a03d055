import { streamsAgree } from '../../../../engine/conformance/checks/streams-agree.ts';
import { harness } from '../harness.ts';

const { expectPass, expectViolations } = harness(streamsAgree);

interface Parts {
  readonly path?: string;
  readonly page?: string;
  readonly size?: string;
  readonly key?: string;
  readonly codes?: string;
  readonly step?: string;
  readonly word?: string;
  readonly name?: string;
  readonly token?: string;
  readonly action?: string;
  readonly window?: string;
}

const streams = (...all: readonly Parts[]) =>
  `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [s0] }
streams:
${all
  .map(
    (
      {
        path = '[data]',
        page = 'page',
        size = 'per_page',
        key = 'header',
        codes = '[403, 404]',
        step = 'P10D',
        name,
        token = '',
        word = 'Token ',
        action = 'IGNORE',
        window = '[from, to]',
      },
      index,
    ) => `  - type: DeclarativeStream
    name: ${name ?? `s${index}`}
    retriever:
      type: SimpleRetriever
      requester:
        type: HttpRequester
        url: "https://api.test/${name ?? index}"
        authenticator:
          type: ApiKeyAuthenticator
          api_token: "${word}{{ config['key'] }}"
          inject_into: { type: RequestOption, field_name: apikey, inject_into: ${key} }
        error_handler:
          type: DefaultErrorHandler
          response_filters: [{ type: HttpResponseFilter, action: ${action}, http_codes: ${codes}, error_message: Not yours }]
      record_selector: { extractor: { type: DpathExtractor, field_path: ${path} } }
      paginator:
        type: DefaultPaginator
        page_token_option: ${page === 'path' ? '{ type: RequestPath }' : `{ type: RequestOption, inject_into: request_parameter, field_name: ${page} }`}
        page_size_option: { type: RequestOption, inject_into: request_parameter, field_name: ${size} }
        pagination_strategy: ${token === '' ? '{ type: PageIncrement, page_size: 10 }' : `{ type: CursorPagination, page_size: 10, cursor_value: "{{ ${token} }}" }`}
    incremental_sync:
      type: DatetimeBasedCursor
      cursor_field: updated_at
      datetime_format: "%Y-%m-%d"
      start_datetime: "2026-01-01"
      step: ${step}
      cursor_granularity: P1D
${optionsOf(window)}    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: {} } }`,
  )
  .join('\n')}
`;

function optionsOf(window: string): string {
  const [start, end] = window.replace(/[[\] ]/g, '').split(',');
  return [
    ['start_time_option', start],
    ['end_time_option', end],
  ]
    .filter(([, name]) => name)
    .map(
      ([field, name]) =>
        `      ${field}: { type: RequestOption, inject_into: request_parameter, field_name: ${name} }\n`,
    )
    .join('');
}

/** The one between three that are alike. */
const among = (odd: Parts) => streams({}, odd, {}, {});

describe('streams-agree', () => {
  it('passes for streams that are alike, and for those that have nothing in common', async () => {
    await expectPass(among({}));
    await expectPass(streams({ page: 'p' }, { page: 'page' }, { page: 'no' }, { page: 'n' }));
    await expectPass(among({ path: '[items]' }));
    await expectPass(among({ codes: '[403, 500]' }));
    const own = ['users', 'teams', 'notes', 'plans'].map((name) => ({ name, path: `[data, ${name}]` }));
    await expectPass(streams(...own));
    // A token that is read from what is called so belongs there.
    const read = (page: string, token: string) => ({ page, token });
    const usual = read('cursor', 'response.next_cursor');
    await expectPass(streams(usual, read('offset', 'response.next_offset'), usual, usual));
    await expectViolations(streams(usual, read('offset', 'response.next_cursor'), usual, usual), [
      { message: /^Stream "s1" asks for a page by "offset", and all 3 others by "cursor"/ },
    ]);
    // Another way to ask for a page has its own place in the answer.
    const paged = read('after', 'response.pages.next');
    const odd = 'response.next';
    await expectPass(streams(paged, read('scroll', odd), paged, paged, read('from', 'headers.next')));
    await expectViolations(streams(paged, read('after', odd), paged, paged), [
      { message: /^Stream "s1" reads for "cursor_value" "next", and all 3 others "pages.next"/ },
    ]);
    // Without pages, what is named in the singular may be all there is.
    const whole = (name: string) =>
      streams(...own, { name, path: '[data]' }).replace(
        / +paginator:\n(?: {8}.*\n)+/g,
        '      paginator: { type: NoPagination }\n',
      );
    await expectPass(whole('usage'));
    await expectViolations(whole('things'), [{ message: /^Stream "things" finds its records at "data"/ }]);
    await expectPass(
      streams({ action: 'FAIL' }, { action: 'IGNORE' }, { action: 'FAIL' }, { action: 'RETRY' }),
    );
  });

  it.each([
    [
      'the top of an answer',
      { path: '[]' },
      /Stream "s1" finds its records at the top of the answer, and all 3 others at "data"/,
      '[]',
    ],
    [
      'a part too much',
      { path: '[result, data]' },
      /Stream "s1" finds its records at "result", "data"/,
      '[result',
    ],
    [
      'another place of a credential',
      { key: 'request_parameter' },
      /Stream "s1" sends its credential in "request_parameter"/,
      'request_parameter',
    ],
    [
      'another name of a page',
      { page: 'current_page' },
      /Stream "s1" asks for a page by "current_page"/,
      'current_page',
    ],
    [
      'another name of a size',
      { size: 'limit' },
      /Stream "s1" asks for the size of a page by "limit"/,
      'limit',
    ],
    [
      'another step',
      { step: 'PT10H' },
      /Stream "s1" is read in windows of "PT10H", and all 3 others of "P10D"/,
      'PT10H',
    ],
    [
      'a path without its own name',
      { path: '[data]', name: 'notes' },
      /Stream "notes" finds its records at "data", and all 3 others at "data", its own name/,
      '[data]',
    ],
    [
      'another action',
      { action: 'FAIL' },
      /Stream "s1" answers these statuses with "FAIL", and all 3 others with "IGNORE"/,
      'FAIL',
    ],
    [
      'a token at another place',
      { token: 'response.cursor' },
      /Stream "s1" reads for "cursor_value" "cursor", and all 3 others "meta.cursor"/,
      '"{{ response.cursor',
    ],
    [
      'a credential without its word',
      { word: '' },
      /Stream "s1" writes its credential as "\{\{ config\['key'\] \}\}", and all 3 others as "Token /,
      '"{{ config',
    ],
    [
      'an address that goes into a parameter',
      { token: 'response.link', page: 'page' },
      /Stream "s1" asks for a page by "page", and all 3 others by its own address/,
      'page',
    ],
    [
      'a window without its end',
      { window: '[from]' },
      /Stream "s1" says where a window ends by nothing, and all 3 others by "to"/,
      '{ type: RequestOption',
    ],
    [
      'a status less',
      { codes: '[404]' },
      /Stream "s1" handles the statuses "404", and all 3 others "403", "404"/,
      '[404]',
    ],
  ])('finds %s', async (_, odd: Parts, message, at) => {
    const { name = 's1', token } = odd;
    const usual = (other: string) => ({
      ...('name' in odd && { name: other, path: `[data, ${other}]` }),
      ...(token !== undefined && { token: odd.page === undefined ? 'response.meta.cursor' : token }),
      ...(token !== undefined && odd.page !== undefined && { page: 'path' }),
    });
    const manifest = streams(usual('users'), odd, usual('teams'), usual('plans'));
    await expectViolations(manifest, [{ message, at, stream: name }]);
  });

  it('passes for statistics, which are lists of what they count', async () => {
    const own = (name: string) => ({ name, path: `[data, ${name}]` });
    const stats = { name: 'deliverystats', path: '[data, teams]' };
    await expectPass(streams(own('users'), stats, own('teams'), own('notes')));
  });

  it('finds the records of another stream', async () => {
    const own = (name: string) => ({ name, path: `[data, ${name}]` });
    const odd = { name: 'plans', path: '[data, teams]' };
    await expectViolations(streams(own('users'), odd, own('teams'), own('notes')), [
      {
        message: /Stream "plans" finds its records under the name of another stream, and all 3 others/,
        at: '[data, teams]',
      },
    ]);
  });

  it('finds a token that one of two streams sends under the name that answers give the next one', async () => {
    await expectPass(streams({ page: 'p' }, {}));
    for (const names of [
      ['page', 'nextPage'],
      ['next_page', 'page'],
    ] as const)
      await expectViolations(streams(...names.map((page) => ({ page }))), [
        { message: /asks for a page by "next_?[pP]age", and the one other by "page": was this meant, too\?/ },
      ]);
  });

  it('finds another name of a page, or of its size, beside two streams that agree', async () => {
    await expectViolations(streams({}, { page: 'p' }, {}), [
      { message: /asks for a page by "p", and all 2/ },
    ]);
    await expectViolations(streams({}, { size: 'limit' }, {}), [
      { message: /asks for the size of a page by "limit", and all 2/ },
    ]);
    await expectPass(streams({}, { page: 'p' }));
  });

  it('finds a token that one of two streams puts a step further into its body', async () => {
    const at = (path: string) =>
      streams({ token: 'response.next' }, { token: 'response.next', page: 'odd' })
        .replaceAll('field_name: page }', 'field_path: [variables] }')
        .replace('field_name: odd }', `field_path: ${path} }`);
    await expectPass(at('[variables]'));
    await expectPass(at('[options]'));
    await expectViolations(at('[variables, paging]'), [
      {
        message:
          /^Stream "s\d" puts the token of a page at "variables"(?:, "paging")?, and the one other at "variables"/,
      },
    ]);
  });

  it('finds another flag beside the name of a stream', async () => {
    const own = (name: string, flag = 'hasNext') => ({ name, token: `response.data.${name}.${flag}` });
    await expectViolations(streams(own('users'), own('plans', 'hasPrevious'), own('teams'), own('notes')), [
      { message: /Stream "plans" reads for "cursor_value" "data.\(its own name\).hasPrevious"/ },
    ]);
  });
});
