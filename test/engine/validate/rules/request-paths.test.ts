import { requestPaths } from '../../../../engine/validate/rules/request-paths.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(requestPaths);

const paginator = (field: string) =>
  withRetriever(
    `paginator: { type: DefaultPaginator, ${field}: { type: RequestPath }, pagination_strategy: { type: PageIncrement, page_size: 2 } }`,
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
