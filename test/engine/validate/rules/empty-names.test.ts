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
});
