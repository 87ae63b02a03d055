import { readStream } from '../../../kit/read-manifest.ts';

const stream = (strategy: string, token = 'inject_into: request_parameter, field_name: after') => `
name: items
retriever:
  requester: { url_base: https://api.test/v1/, path: items }
  record_selector:
    extractor: { field_path: [items] }
    record_filter: { condition: "{{ record.id < 9 }}" }
  paginator:
    type: DefaultPaginator
    page_token_option: { ${token} }
    pagination_strategy:
      type: CursorPagination
      ${strategy}
`;
const page = (ids: readonly number[], rest: object = {}, headers: Record<string, string> = {}) => ({
  body: { items: ids.map((id) => ({ id })), ...rest },
  headers,
});

describe('CursorPagination', () => {
  it('reads the token from the response until it is empty', async () => {
    const { asked, records } = await readStream(stream(`cursor_value: "{{ response['next'] }}"`), [
      page([1], { next: 'b' }),
      page([2], { next: 'c' }),
      page([3], { next: '' }),
    ]);
    expect(asked).toEqual(['GET /v1/items', 'GET /v1/items?after=b', 'GET /v1/items?after=c']);
    expect(records.map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  it('reads it from headers, with parsed links', async () => {
    const link = { link: '<https://api.test/v1/items?page=2>; rel="next"' };
    const { asked } = await readStream(
      stream(`cursor_value: "{{ headers['link']['next']['url'] }}"`, 'type: RequestPath'),
      [page([1], {}, link), page([2])],
    );
    expect(asked).toEqual(['GET /v1/items', 'GET /v1/items?page=2']);
  });

  it('takes a path where the token is one', async () => {
    const { asked } = await readStream(stream(`cursor_value: "{{ response.next }}"`, 'type: RequestPath'), [
      page([1], { next: '/v1/more' }),
      page([2]),
    ]);
    expect(asked[1]).toBe('GET /v1/more');
  });

  it('sees the last record of the page and how many there are, whatever is kept of them', async () => {
    const { asked } = await readStream(
      stream(`cursor_value: "{{ last_record['id'] }}-{{ last_page_size }}"
      stop_condition: "{{ last_page_size == 0 }}"`),
      [page([1, 2, 9]), page([])],
    );
    expect(asked).toEqual(['GET /v1/items', 'GET /v1/items?after=9-3']);
  });

  it('stops before it looks for a token when the condition says so', async () => {
    const { asked } = await readStream(
      stream(`cursor_value: "{{ response.next }}"
      stop_condition: "{{ response.is_last }}"`),
      [page([1], { next: 'b' }), page([2], { next: 'c', is_last: true })],
    );
    expect(asked).toHaveLength(2);
  });

  it('ends at a page of which nothing is known but an error that is ignored', async () => {
    const { asked, statuses } = await readStream(
      stream(`cursor_value: "{{ response.next }}"`).replace(
        'path: items }',
        'path: items, error_handler: { type: DefaultErrorHandler, response_filters: [{ http_codes: [404], action: IGNORE }] } }',
      ),
      [page([1], { next: 'b' }), { status: 404, body: { next: 'c' } }],
    );
    expect(asked).toHaveLength(2);
    expect(statuses.at(-1)).toBe('COMPLETE');
  });

  it('cannot compare with a page size that it does not have', async () => {
    const condition = 'stop_condition: "{{ last_page_size < page_size }}"';
    const { errors, asked } = await readStream(
      stream(`cursor_value: "{{ response.next }}"
      ${condition}`),
      [],
    );
    expect(asked).toEqual([]);
    expect(errors[0]).toMatchObject({
      kind: 'config_error',
      message: expect.stringContaining('"page_size"'),
    });
    const sized = await readStream(
      stream(`cursor_value: "{{ response.next }}"
      page_size: 2
      ${condition}`),
      [page([1, 2], { next: 'b' }), page([3], { next: 'c' })],
    );
    expect(sized.asked).toHaveLength(2);
  });
});
