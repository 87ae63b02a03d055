import { pageSizeReduction } from '../../../../engine/validate/rules/page-size-reduction.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(pageSizeReduction);

const requester = `
requester:
  url: https://api.test/items
  error_handler: { response_filters: [{ http_codes: [413], action: REDUCE_PAGE_SIZE }] }`;
const paginator = (
  strategy: string,
  rest = 'page_size_option: { inject_into: header, field_name: size }',
) => `
paginator:
  type: DefaultPaginator
  ${rest}
  pagination_strategy: ${strategy}`;
const reduction = '\npage_size_reduction: { type: PageSizeReduction, minimum_page_size: 10 }';
const offset = paginator('{ type: OffsetIncrement, page_size: 100 }');

describe('pageSizeReduction', () => {
  it('goes with a paginator that can request another size', () => {
    expectValid(withRetriever(requester + offset + reduction));
    const template = `{ type: OffsetIncrement, page_size: "{{ config['n'] }}" }`;
    expectValid(withRetriever(requester + paginator(template) + reduction));
    expectValid(withRetriever(offset));
  });

  it('is needed by the action', () => {
    expectErrors(withRetriever(requester + offset), [
      {
        message: 'The action REDUCE_PAGE_SIZE needs "page_size_reduction" on the retriever.',
        at: '{ http_codes: [413], action: REDUCE_PAGE_SIZE }',
      },
    ]);
  });

  it('finds all that is wrong around it at once', () => {
    const strategy = '{ type: PageIncrement, page_size: 100 }';
    expectErrors(withRetriever(paginator(strategy, 'page_token_option: { type: RequestPath }') + reduction), [
      {
        severity: 'warning',
        message:
          'No response filter has the action REDUCE_PAGE_SIZE, so "page_size_reduction" is never used.',
        at: '{ type: PageSizeReduction',
      },
      {
        message:
          '"page_size_reduction" needs a "page_size_option": without it, the API is not told of the page size.',
        at: 'type: DefaultPaginator',
      },
      {
        message:
          '"page_size_reduction" cannot be combined with a RequestPath: the URL that the API gives has a page size already.',
        at: '{ type: RequestPath }',
      },
      {
        message:
          '"page_size_reduction" needs OffsetIncrement or CursorPagination: numbered pages of another size start elsewhere.',
        at: strategy,
      },
    ]);
  });

  it('has sizes between which it can move', () => {
    expectErrors(
      withRetriever(requester + paginator('{ type: OffsetIncrement, page_size: 10 }') + reduction),
      [
        {
          message: 'Pages can never get smaller: "page_size" is 10, and "minimum_page_size" is 10.',
          at: '10 }',
        },
      ],
    );
    expectErrors(
      withRetriever(requester + paginator('{ type: OffsetIncrement, page_size: 10000 }') + reduction),
      [
        {
          severity: 'warning',
          message:
            'The "minimum_page_size" of 10 is not reached in 5 attempts; it takes 10 ("max_attempts").',
          at: '10000',
        },
      ],
    );
  });

  it('does not trust a stop condition that a smaller page would meet', () => {
    const stopping = (condition: string) =>
      withRetriever(
        requester +
          paginator(
            `{ type: CursorPagination, page_size: 100, cursor_value: "{{ response.next }}", stop_condition: "${condition}" }`,
          ) +
          reduction,
      );
    expectValid(stopping('{{ last_page_size < page_size }}'));
    expectErrors(stopping('{{ last_page_size < 100 }}'), [
      {
        message:
          'With "page_size_reduction", this condition takes a full page of fewer records for the last one. Compare "last_page_size" with "page_size", the size that was requested, or with 0.',
        at: '"{{ last_page_size',
      },
    ]);
  });

  it('needs pages of its own, each from one request', () => {
    const lazy = `
partition_router:
  type: SubstreamPartitionRouter
  parent_stream_configs:
    - parent_key: id
      partition_field: id
      lazy_read_pointer: [items]
      stream: { name: p, retriever: { requester: { url: https://a.b }, record_selector: { extractor: { field_path: [] } } } }`;
    const properties = requester.replace(
      '\n  error',
      '\n  query_properties: { property_list: [a] }\n  error',
    );
    expectErrors(withRetriever(properties + offset + reduction + lazy), [
      {
        message: 'Pages that come out of the parent\'s records ("lazy_read_pointer") cannot get smaller.',
        at: '{ type: PageSizeReduction',
      },
      {
        message:
          '"page_size_reduction" cannot be combined with query properties: a page is several requests then, and records of those before would be read twice.',
        at: '{ type: PageSizeReduction',
      },
    ]);
  });
});
