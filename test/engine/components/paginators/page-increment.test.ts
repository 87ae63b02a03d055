import { readStream } from '../../../kit/read-manifest.ts';

const stream = (strategy: string) => `
name: items
retriever:
  requester: { url: https://api.test/items }
  record_selector: { extractor: { field_path: [] } }
  paginator:
    type: DefaultPaginator
    page_token_option: { inject_into: request_parameter, field_name: page }
    pagination_strategy: { type: PageIncrement, ${strategy} }
`;

/** Answers with pages of so many items. */
const pagesOf = (...sizes: readonly number[]) =>
  sizes.map((size, page) => ({
    body: Array.from({ length: size }, (_, index) => ({ id: `${page}.${index}` })),
  }));

describe('PageIncrement', () => {
  it('counts pages until one is shorter than the page size', async () => {
    const { asked, records } = await readStream(stream('page_size: 2'), pagesOf(2, 2, 1));
    expect(asked).toEqual(['GET /items', 'GET /items?page=1', 'GET /items?page=2']);
    expect(records).toHaveLength(5);
  });

  it('without a page size counts until a page is empty', async () => {
    const { asked } = await readStream(stream(''), pagesOf(2, 1, 0));
    expect(asked).toHaveLength(3);
  });

  it('counts from the page it is told', async () => {
    const { asked } = await readStream(
      stream('page_size: 1, start_from_page: 1, inject_on_first_request: true'),
      pagesOf(1, 1, 0),
    );
    expect(asked).toEqual(['GET /items?page=1', 'GET /items?page=2', 'GET /items?page=3']);
  });

  it('starts anew for every slice', async () => {
    const { asked } = await readStream(
      `${stream('page_size: 1')}
  partition_router: { type: ListPartitionRouter, values: [a, b], cursor_field: kind }
`,
      pagesOf(1, 0, 1, 0),
      { root: 'concurrency_level: { default_concurrency: 1 }' },
    );
    expect(asked).toEqual(['GET /items', 'GET /items?page=1', 'GET /items', 'GET /items?page=1']);
  });
});
