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
      },
      index,
    ) => `  - type: DeclarativeStream
    name: s${index}
    retriever:
      type: SimpleRetriever
      requester:
        type: HttpRequester
        url: "https://api.test/s${index}"
        authenticator:
          type: ApiKeyAuthenticator
          api_token: "{{ config['key'] }}"
          inject_into: { type: RequestOption, field_name: apikey, inject_into: ${key} }
        error_handler:
          type: DefaultErrorHandler
          response_filters: [{ type: HttpResponseFilter, action: IGNORE, http_codes: ${codes}, error_message: Not yours }]
      record_selector: { extractor: { type: DpathExtractor, field_path: ${path} } }
      paginator:
        type: DefaultPaginator
        page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: ${page} }
        page_size_option: { type: RequestOption, inject_into: request_parameter, field_name: ${size} }
        pagination_strategy: { type: PageIncrement, page_size: 10 }
    incremental_sync:
      type: DatetimeBasedCursor
      cursor_field: updated_at
      datetime_format: "%Y-%m-%d"
      start_datetime: "2026-01-01"
      step: ${step}
      cursor_granularity: P1D
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: {} } }`,
  )
  .join('\n')}
`;

/** The one between three that are alike. */
const among = (odd: Parts) => streams({}, odd, {}, {});

describe('streams-agree', () => {
  it('passes for streams that are alike, and for those that have nothing in common', async () => {
    await expectPass(among({}));
    await expectPass(streams({ page: 'p' }, { page: 'page' }, { page: 'no' }, { page: 'n' }));
    await expectPass(among({ path: '[items]' }));
    await expectPass(among({ codes: '[403, 500]' }));
  });

  it.each([
    [
      'the top of an answer',
      { path: '[]' },
      /Stream "s1" finds its records at the top of the answer, and all 3 others "data"/,
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
      /Stream "s1" is read in windows of "PT10H", and all 3 others "P10D"/,
      'PT10H',
    ],
    [
      'a status less',
      { codes: '[404]' },
      /Stream "s1" handles the statuses "404", and all 3 others "403", "404"/,
      '[404]',
    ],
  ])('finds %s', async (_, odd, message, at) => {
    await expectViolations(among(odd), [{ message, at, stream: 's1' }]);
  });
});
