import { readStream } from '../../../kit/read-manifest.ts';
import type { Answer } from '../../../kit/scope.ts';

const stream = (strategy: string, option = '{ inject_into: request_parameter, field_name: page }') => `
name: items
primary_key: id
retriever:
  requester: { url: https://api.test/items }
  record_selector: { extractor: { field_path: [items] } }
  paginator:
    type: DefaultPaginator
    page_token_option: ${option}
    pagination_strategy: ${strategy}
`;
const byCursor = '{ type: CursorPagination, cursor_value: "{{ response.next }}" }';
const page = (ids: readonly number[], next?: string): Answer => ({
  body: { items: ids.map((id) => ({ id })), next },
});

describe('paging that makes no progress', () => {
  it('fails with the token that is answered with the same page again and again', async () => {
    const { errors, asked, statuses } = await readStream(stream(byCursor), ({ url }) =>
      page(url.search === '' ? [1] : [2], 'abc'),
    );
    expect(asked).toHaveLength(4);
    expect(errors[0]?.message).toContain('has answered the page token "abc" with the same page 3 times');
    expect(statuses.at(-1)).toBe('INCOMPLETE');
  });

  it('is noticed when two tokens take turns', async () => {
    const { errors, asked } = await readStream(stream(byCursor), ({ url }) =>
      url.searchParams.get('page') === 'a' ? page([1], 'b') : page([2], 'a'),
    );
    expect(errors[0]?.message).toMatch(/page token "[ab]" with the same page 3 times/);
    expect(asked).toHaveLength(6);
  });

  it('is noticed when a page links to itself', async () => {
    const self = 'https://api.test/items?since=5';
    const { errors, asked } = await readStream(stream(byCursor, '{ type: RequestPath }'), () =>
      page([1], self),
    );
    expect(errors[0]?.message).toContain(self);
    expect(asked).toHaveLength(3);
  });

  it.each([
    ['page numbers', '{ type: PageIncrement, start_from_page: 1, page_size: 2 }'],
    ['offsets', '{ type: OffsetIncrement, page_size: 2 }'],
  ])('is noticed when the API does not look at %s', async (_, strategy) => {
    const { errors, asked } = await readStream(stream(strategy), () => page([1, 2]));
    expect(errors[0]?.message).toContain('with the same page 3 times');
    expect(asked).toHaveLength(3);
  });

  it('is noticed when a link that counts on leads to the same page', async () => {
    let count = 0;
    const { errors } = await readStream(stream(byCursor), () => page([1, 2], `n${++count}`));
    expect(errors[0]?.message).toContain('different page tokens with the same page 3 times');
  });
});

describe('paging that goes on', () => {
  it('may have one token for all pages, as scrolls do', async () => {
    let id = 0;
    const { records, errors } = await readStream(stream(byCursor), () => {
      id += 1;
      return page([id], id < 8 ? 'scroll' : undefined);
    });
    expect(errors).toEqual([]);
    expect(records).toHaveLength(8);
  });

  it('may have empty pages', async () => {
    let count = 0;
    const { errors, asked } = await readStream(stream(byCursor), () => {
      count += 1;
      return page([], count < 6 ? `t${count}` : undefined);
    });
    expect(errors).toEqual([]);
    expect(asked).toHaveLength(6);
  });

  it('may count the same thing on every page', async () => {
    let day = 0;
    const { records, errors } = await readStream(stream(byCursor).replace('primary_key: id\n', ''), () => {
      day += 1;
      return { body: { items: [{ clicks: 0 }, { clicks: 0 }], next: day < 6 ? `d${day}` : undefined } };
    });
    expect(errors).toEqual([]);
    expect(records).toHaveLength(12);
  });

  it('ends at the limit of pages, which the config can change', async () => {
    let id = 0;
    const endless = () => {
      id += 1;
      return page([id], `t${id}`);
    };
    const key = '__manifold_max_pages_per_slice';
    const { errors, asked } = await readStream(stream(byCursor), endless, { config: { [key]: 5 } });
    expect(asked).toHaveLength(5);
    expect(errors[0]?.message).toContain(
      `more than 5 pages. If it is really that long, allow more of them with "${key}"`,
    );
    const refused = await readStream(stream(byCursor), endless, { config: { [key]: 'many' } });
    expect(refused.errors[0]?.message).toContain('must be a whole number of at least 1');
  });
});
