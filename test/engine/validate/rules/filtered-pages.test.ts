import { filteredPages } from '../../../../engine/validate/rules/filtered-pages.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(filteredPages);

const retriever = (filter: string) =>
  withRetriever(`
paginator:
  type: DefaultPaginator
  pagination_strategy: { type: CursorPagination, cursor_value: "{{ response.next }}", stop_condition: "{{ last_page_size == 0 }}" }
record_selector: { extractor: { field_path: [] }${filter} }`);

test('a paginator that reads the size of a page is told what a filter means for it', () => {
  expectValid(retriever(''));
  expectErrors(retriever(', record_filter: { condition: "{{ record.a }}" }'), [
    {
      severity: 'warning',
      message:
        '"stop_condition" reads "last_page_size", which is about the page as the API gave it here; to the Python runtime it is about the records that the "record_filter" leaves.',
      at: 'last_page_size == 0',
    },
  ]);
});
