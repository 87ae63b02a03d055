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

describe('paging that finds ever new tokens', () => {
  const ids = Array.from({ length: 20 }, (_, id) => id);
  /** As no two pages in a row are ordered. */
  const mixed = (turn: number) => ids.map((id) => (id * 7 + turn * 3) % ids.length);

  it.each<[what: string, pageOf: (turn: number) => readonly number[]]>([
    ['for the same records in another order', mixed],
    ['for two pages in turn', (turn) => (turn % 2 === 0 ? [1, 2] : [3, 4])],
    ['for five pages in turn, in another order', (turn) => mixed(turn).map((id) => id + 100 * (turn % 5))],
  ])('fails %s', async (_, pageOf) => {
    let turn = 0;
    const { errors, asked } = await readStream(stream(byCursor), () => page(pageOf(++turn), `t${turn}`));
    expect(errors[0]?.message).toContain('the same records came on 3 of the last pages');
    expect(asked.length).toBeLessThan(1040);
  });

  it('fails for a thousand pages without a record, one after the other', async () => {
    let turn = 0;
    const { errors, asked } = await readStream(stream(byCursor), () => page([], `t${++turn}`));
    expect(errors[0]?.message).toContain('more than 1000 pages without a record, one after the other');
    expect(asked).toHaveLength(1000);
  });

  it('goes on where the config allows more, and where a record comes now and then', async () => {
    const config = { __manifold_max_pages_per_slice: 1500 };
    for (const [given, records] of [
      [{ config }, [1400]],
      [{}, [700, 1400]],
    ] as const) {
      let turn = 0;
      const read = await readStream(
        stream(byCursor),
        () => {
          turn += 1;
          const found: readonly number[] = records;
          return page(found.includes(turn) ? [turn] : [], turn < 1400 ? `t${turn}` : undefined);
        },
        given,
      );
      expect([read.errors, read.records.map(({ id }) => id)]).toEqual([[], records]);
    }
  });
});

describe('paging that goes on', () => {
  it('may have records that come twice, and pages that are alike but for one record', async () => {
    let turn = 0;
    const { records, errors } = await readStream(stream(byCursor), () => {
      turn += 1;
      return page([turn, 1, 2, 3], turn < 1100 ? `t${turn}` : undefined);
    });
    expect(errors).toEqual([]);
    expect(records).toHaveLength(4400);
  });

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
