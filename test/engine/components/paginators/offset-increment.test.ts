import { type Given, readStream } from '../../../kit/read-manifest.ts';

const stream = (strategy: string, size = '') => `
name: items
retriever:
  requester: { url: https://api.test/items }
  record_selector:
    extractor: { field_path: [items] }
    record_filter: { condition: "{{ record.id != 2 }}" }
  paginator:
    type: DefaultPaginator
    page_token_option: { inject_into: request_parameter, field_name: offset }
    ${size}
    pagination_strategy: { type: OffsetIncrement, ${strategy} }
`;
const sized = 'page_size_option: { inject_into: request_parameter, field_name: limit }';

/** An API of five items that gives as many as it is asked for, two by default. */
function pageOf({ url }: { readonly url: URL }) {
  const offset = Number(url.searchParams.get('offset') ?? 0);
  const limit = Number(url.searchParams.get('limit') ?? 2);
  const items = [1, 2, 3, 4, 5].slice(offset, offset + limit).map((id) => ({ id }));
  return { body: { items, limit } };
}

const askedWith = async (yaml: string, given?: Given) => (await readStream(yaml, pageOf, given)).asked;

describe('OffsetIncrement', () => {
  it('goes on where the records read so far end, also those that a filter dropped', async () => {
    const { records, asked } = await readStream(stream('page_size: 2'), pageOf);
    expect(records.map(({ id }) => id)).toEqual([1, 3, 4, 5]);
    expect(asked).toEqual(['GET /items', 'GET /items?offset=2', 'GET /items?offset=4']);
  });

  it('without a page size reads until a page is empty', async () => {
    expect(await askedWith(stream(''))).toEqual([
      'GET /items',
      'GET /items?offset=2',
      'GET /items?offset=4',
      'GET /items?offset=5',
    ]);
  });

  it('sends offset 0 when told to', async () => {
    expect((await askedWith(stream('page_size: 2, inject_on_first_request: true')))[0]).toBe(
      'GET /items?offset=0',
    );
  });

  it('asks for as many records as the config says', async () => {
    const yaml = stream(`page_size: "{{ config['size'] }}"`, sized);
    expect(await askedWith(yaml, { config: { size: 3 } })).toEqual([
      'GET /items?limit=3',
      'GET /items?offset=3&limit=3',
    ]);
  });

  it('learns the page size from the response', async () => {
    expect(await askedWith(stream('page_size: "{{ response.limit }}"'))).toHaveLength(3);
  });

  it('refuses a page size that is no integer, with its place', async () => {
    const { errors } = await readStream(stream('page_size: "{{ config.size }}"'), pageOf, {
      config: { size: 'many' },
    });
    expect(errors[0]?.message).toBe('"page_size" must be a whole number of at least 0, not "many".');
    expect(errors[0]?.kind).toBe('config_error');
  });
});
