import { readStream } from '../../../kit/read-manifest.ts';

const stream = (method: string, paginator: string) => `
name: items
retriever:
  requester: { url: https://api.test/items, http_method: ${method} }
  record_selector: { extractor: { field_path: [items] } }
  paginator:
    type: DefaultPaginator
    ${paginator}
`;
const strategy = `pagination_strategy: { type: CursorPagination, cursor_value: "{{ response.next }}", page_size: 50 }`;
const twoPages = [{ body: { items: [{}], next: { id: 7 } } }, { body: { items: [{}] } }];

describe('DefaultPaginator', () => {
  it('puts token and page size where their options say', async () => {
    const { requests } = await readStream(
      stream(
        'POST',
        `${strategy}
    page_size_option: { inject_into: body_json, field_path: [pagination, per_page] }
    page_token_option: { inject_into: body_json, field_path: [pagination, starting_after] }`,
      ),
      twoPages,
    );
    expect(requests.map(({ body }) => JSON.parse(String(body)))).toEqual([
      { pagination: { per_page: 50 } },
      { pagination: { per_page: 50, starting_after: { id: 7 } } },
    ]);
  });

  it('sends the page size of headers as text', async () => {
    const { requests } = await readStream(
      stream('GET', `${strategy}\n    page_size_option: { inject_into: header, field_name: X-Size }`),
      [{ body: { items: [] } }],
    );
    expect(requests[0]?.headers['X-Size']).toBe('50');
  });

  it('shows the token to templates of the request', async () => {
    const { asked } = await readStream(
      stream('GET', strategy).replace(
        'http_method: GET }',
        `request_parameters: { after: "{{ next_page_token.next_page_token.id if next_page_token }}" } }`,
      ),
      twoPages,
    );
    expect(asked).toEqual(['GET /items', 'GET /items?after=7']);
  });

  it('needs a page size where a page size is to be sent', async () => {
    const { errors } = await readStream(
      stream(
        'GET',
        `pagination_strategy: { type: CursorPagination, cursor_value: "{{ response.next }}" }
    page_size_option: { inject_into: request_parameter, field_name: limit }`,
      ),
      [],
    );
    expect(errors[0]?.message).toMatch(/"page_size_option" needs a page size/);
  });
});

describe('NoPagination', () => {
  it('reads one page', async () => {
    const { asked, records } = await readStream(
      `
name: items
retriever:
  requester: { url: https://api.test/items }
  record_selector: { extractor: { field_path: [] } }
  paginator: { type: NoPagination }
`,
      [{ body: [{ id: 1 }, { id: 2 }] }],
    );
    expect(asked).toEqual(['GET /items']);
    expect(records).toHaveLength(2);
  });
});
