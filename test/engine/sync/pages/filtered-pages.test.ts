import { readStream } from '../../../kit/read-manifest.ts';

const stream = (strategy: string, more = '') => `
name: items
retriever:
  requester: { url: https://api.test/items }
  record_selector:
    extractor: { field_path: [items] }
    record_filter: { condition: "{{ record.keep }}" }
  paginator:
    type: DefaultPaginator
    page_token_option: { inject_into: request_parameter, field_name: after }
    pagination_strategy: ${strategy}
${more}`;

const records = [1, 2, 3, 4, 5].map((id) => ({ id, keep: id % 2 === 1 }));
/** Two records from the one after `after` on. */
const api = ({ url }: { readonly url: URL }) => {
  const after = Number(url.searchParams.get('after') ?? 0);
  return { body: { items: records.slice(after, after + 2), next: after + 2 } };
};

describe('paging of a stream whose filter leaves records out', () => {
  it.each([
    [
      'the size of the page',
      '{ type: CursorPagination, cursor_value: "{{ response.next }}", stop_condition: "{{ last_page_size < 2 }}" }',
    ],
    [
      'the last record of the page',
      '{ type: CursorPagination, cursor_value: "{{ last_record.id }}", stop_condition: "{{ not response.items }}" }',
    ],
  ])('looks at %s as the API gives it', async (_, strategy) => {
    const { records: read } = await readStream(stream(strategy), api);
    expect(read.map(({ id }) => id)).toEqual([1, 3, 5]);
  });

  it('sees the last record as transformations leave it, although it is left out', async () => {
    const strategy =
      '{ type: CursorPagination, cursor_value: "{{ last_record.position }}", stop_condition: "{{ last_page_size == 0 }}" }';
    const transformations = `transformations:
  - type: AddFields
    fields: [{ path: [position], value: "{{ record.id }}" }]`;
    const { asked } = await readStream(stream(strategy, transformations), api);
    expect(asked).toEqual(['GET /items', 'GET /items?after=2', 'GET /items?after=4', 'GET /items?after=5']);
  });
});
