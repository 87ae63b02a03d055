import { emptyNames } from '../../../../engine/validate/rules/empty-names.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(emptyNames);

const paginator = (name: string) =>
  withRetriever(`
paginator:
  type: DefaultPaginator
  page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: ${name} }
  pagination_strategy: { type: PageIncrement, page_size: 10 }`);

describe('emptyNames', () => {
  it('are names that are written and empty', () => {
    expectValid(paginator('page'));
    expectErrors(
      withRetriever(
        '',
        'incremental_sync: { type: IncrementingCountCursor, cursor_field: "", start_value: 1 }',
      ),
      [
        {
          message: '"cursor_field" is empty, and there is no parameter, header or field without a name.',
          at: '"",',
          severity: 'warning',
        },
      ],
    );
    expectErrors(paginator('"  "'), [
      {
        message: '"field_name" is empty, and there is no parameter, header or field without a name.',
        at: '"  "',
        severity: 'warning',
      },
    ]);
  });

  it('are keys of what a request carries', () => {
    const requester = (field: string) =>
      withRetriever(`requester: { url: https://api.test/items, ${field} }`);
    expectValid(requester('request_parameters: { a: "" }'));
    const empty = (field: string, at: string) => ({
      message: `A name in "${field}" is empty, and there is no parameter, header or field without one.`,
      at,
      severity: 'warning' as const,
    });
    expectErrors(requester('request_parameters: { "": x, " ": y }'), [
      empty('request_parameters', '""'),
      empty('request_parameters', '" "'),
    ]);
    expectErrors(requester('request_headers: { "": x }'), [empty('request_headers', '""')]);
    expectErrors(requester('request_body: { type: RequestBodyJsonObject, value: { "": x } }'), [
      empty('value', '""'),
    ]);
    expectErrors(
      requester(
        'authenticator: { type: OAuthAuthenticator, token_refresh_endpoint: https://api.test/t, client_id: a, client_secret: b, refresh_token: c, refresh_request_body: { "": x } }',
      ),
      [empty('refresh_request_body', '""')],
    );
  });

  it('are those of the values of a slice', () => {
    const empty = (field: string) => ({
      message: `"${field}" is empty, and there is no parameter, header or field without a name.`,
      at: '""',
      severity: 'warning' as const,
    });
    expectErrors(
      withRetriever('partition_router: { type: ListPartitionRouter, values: [a], cursor_field: "" }'),
      [empty('cursor_field')],
    );
    const parent =
      '{ type: DeclarativeStream, name: b, retriever: { type: SimpleRetriever, requester: { type: HttpRequester, url: https://api.test/b }, record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } } } }';
    expectErrors(
      withRetriever(
        `partition_router: { type: SubstreamPartitionRouter, parent_stream_configs: [{ type: ParentStreamConfig, parent_key: "", partition_field: "", stream: ${parent} }] }`,
      ),
      [empty('parent_key'), empty('partition_field')],
    );
  });
});
