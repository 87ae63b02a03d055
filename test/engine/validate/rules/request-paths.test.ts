import { requestPaths } from '../../../../engine/validate/rules/request-paths.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(requestPaths);

const cursor = 'type: CursorPagination, cursor_value: "{{ response.next }}"';

const paginator = (field: string, strategy = cursor) =>
  withRetriever(
    `paginator: { type: DefaultPaginator, ${field}: { type: RequestPath }, pagination_strategy: { ${strategy}, page_size: 2 } }`,
  );

test('only the token of a paginator can be a path', () => {
  expectValid(paginator('page_token_option'));
  expectErrors(paginator('page_size_option'), [
    {
      message:
        'RequestPath can only be used as the "page_token_option" of a paginator, not as "page_size_option".',
      at: '{ type: RequestPath }',
    },
  ]);
});

test('the number of a page, or of a record, is no path', () => {
  for (const [type, counted] of [
    ['PageIncrement', 'pages'],
    ['OffsetIncrement', 'records'],
  ] as const)
    expectErrors(paginator('page_token_option', `type: ${type}`), [
      {
        message: `The token of ${type === 'PageIncrement' ? 'a' : 'an'} ${type} counts ${counted}, so the path of the next request would be a number. Use a RequestOption, or CursorPagination with the link that the API gives.`,
        at: '{ type: RequestPath }',
        severity: 'warning',
      },
    ]);
});
