import { pageSizes } from '../../../../engine/validate/rules/page-sizes.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(pageSizes);

const paginator = (strategy: string) =>
  withRetriever(`
paginator:
  type: DefaultPaginator
  page_size_option: { inject_into: request_parameter, field_name: limit }
  pagination_strategy: { ${strategy} }`);

describe('pageSizes', () => {
  it('are told when there are some', () => {
    expectValid(paginator('type: PageIncrement, page_size: 10'));
    expectValid(paginator('type: OffsetIncrement, page_size: "{{ config.size }}"'));
    expectErrors(paginator('type: CursorPagination, cursor_value: "{{ response.next }}"'), [
      {
        message:
          '"page_size_option" needs a page size: set "page_size" on the CursorPagination, or remove the option.',
        at: '{ inject_into',
      },
    ]);
    expectErrors(paginator('type: PageIncrement'), [
      {
        message:
          '"page_size_option" needs a page size: set "page_size" on the PageIncrement, or remove the option.',
        at: '{ inject_into',
      },
    ]);
  });
});
