import type { Destination, StreamToWrite } from '../../../../engine/destinations/destination.ts';
import { type OpenOptions, openDestination } from '../../../../engine/destinations/open-destination.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';
import { openDatabases } from './databases.ts';

const { duckDb, postgres } = openDatabases();

const identity = { connector: 'shop', config: 'a1b2', start: {} };

describe.each([duckDb, postgres])('--nested tables in $name', (kind) => {
  const it = kind.isThere ? test : test.skip;
  let said: string[] = [];

  function open(options: Partial<OpenOptions> = {}): Promise<Destination> {
    said = [];
    return openDestination(kind.place(), {
      identity,
      commitEvery: 0,
      nested: 'tables',
      log: (_level, message) => void said.push(message),
      ...options,
    });
  }

  /** One sync of one stream: batches of records, each with a state behind it. */
  async function sync(
    batches: readonly (readonly JsonObject[])[],
    stream: Partial<StreamToWrite> = {},
    options: Partial<OpenOptions> = {},
  ): Promise<void> {
    const destination = await open(options);
    try {
      await destination.open('orders', { schema: {}, key: [['id']], mode: 'merge', ...stream });
      for (const [index, batch] of batches.entries()) {
        await destination.write('orders', batch);
        await destination.checkpoint('orders', { batch: index });
      }
      await destination.complete('orders');
    } finally {
      await destination.close();
    }
  }

  /** Rows as texts, a line each; `select` names columns with spaces between them. */
  async function rows(table: string, select: string): Promise<readonly string[]> {
    const names = select.split(' ');
    const texts = names.map((name, index) => `CAST("${name}" AS VARCHAR) AS c${index}`).join(', ');
    const found = await kind.rows(`SELECT ${texts} FROM "${table}"`);
    return found.map((row) => names.map((_, index) => row[`c${index}`] ?? '-').join(' ')).sort();
  }

  async function tables(): Promise<readonly string[]> {
    const found = await kind.rows(
      `SELECT table_name AS t FROM information_schema.tables WHERE table_schema = '${kind.dataset()}' ORDER BY 1`,
    );
    return found.map(({ t }) => String(t)).sort();
  }

  it('gives what lies in objects columns, and each list a table with the key of its records', async () => {
    await sync([
      [
        {
          id: 1,
          customer: { name: 'Ada', address: { city: 'Rome' } },
          lines: [
            { sku: 'a', options: ['red', null] },
            { sku: 'b', options: [] },
          ],
          matrix: [[1, 2], [3]],
        },
        { id: 2, customer: null, lines: [] },
      ],
    ]);
    expect(await tables()).toEqual([
      'orders',
      'orders__lines',
      'orders__lines__options',
      'orders__matrix',
      'orders__matrix__list',
    ]);
    expect(await rows('orders', 'id customer__name customer__address__city')).toEqual([
      '1 Ada Rome',
      '2 - -',
    ]);
    expect(await rows('orders__lines', '_orders_id _position sku')).toEqual(['1 0 a', '1 1 b']);
    expect(await rows('orders__lines__options', '_orders_id _position_1 _position value')).toEqual([
      '1 0 0 red',
      '1 0 1 -',
    ]);
    expect(await rows('orders__matrix', '_orders_id _position')).toEqual(['1 0', '1 1']);
    expect(await rows('orders__matrix__list', '_orders_id _position_1 _position value')).toEqual([
      '1 0 0 1',
      '1 0 1 2',
      '1 1 0 3',
    ]);
  });

  it('replaces and removes items with their record, of which the last one counts', async () => {
    const lines = (...skus: string[]) => skus.map((sku) => ({ sku, options: [sku] }));
    await sync([
      [
        { id: 1, lines: lines('a', 'b') },
        { id: 2, lines: lines('c') },
        { id: 1, lines: lines('d') },
      ],
      [{ id: 3, lines: lines('e', 'f') }],
    ]);
    const items = async () => [
      await rows('orders__lines', '_orders_id _position sku'),
      await rows('orders__lines__options', '_orders_id _position_1 value'),
    ];
    expect(await items()).toEqual([
      ['1 0 d', '2 0 c', '3 0 e', '3 1 f'],
      ['1 0 d', '2 0 c', '3 0 e', '3 1 f'],
    ]);
    await sync([
      [
        { id: 1, lines: [] },
        { id: 2, _ab_cdc_deleted_at: '2024-05-01T00:00:00Z' },
      ],
    ]);
    await sync([[{ id: 3, lines: lines('g') }]]);
    expect(await items()).toEqual([['3 0 g'], ['3 0 g']]);
    expect(await rows('orders', 'id')).toEqual(['1', '3']);
  });

  it('lets the items of deleted rows stay where these do', async () => {
    const gone = (id: number) => ({ id, _ab_cdc_deleted_at: 'x' });
    await sync(
      [
        [
          { id: 1, tags: ['a'] },
          { id: 2, tags: ['b'] },
        ],
      ],
      {},
      { deletes: 'keep' },
    );
    await sync([[gone(1), { ...gone(3), tags: ['c'] }]], {}, { deletes: 'keep' });
    expect(await rows('orders__tags', '_orders_id value')).toEqual(['1 a', '2 b', '3 c']);
    expect(await rows('orders', 'id _deleted_at')).toEqual(['1 x', '2 -', '3 x']);
  });

  it('replaces all of it in one step, when it has all come', async () => {
    const all: Partial<StreamToWrite> = { mode: 'replace' };
    await sync([[{ id: 1, tags: ['a'], notes: [{ by: 'x' }] }]], all);
    const destination = await open();
    await destination.open('orders', { schema: {}, key: [['id']], mode: 'replace' });
    await destination.write('orders', [{ id: 2, tags: ['b'] }]);
    expect([await rows('orders', 'id'), await rows('orders__tags', 'value')]).toEqual([['1'], ['a']]);
    // It did not come to its end.
    await destination.close();
    expect([await rows('orders', 'id'), await rows('orders__tags', 'value')]).toEqual([['1'], ['a']]);
    expect(await tables()).toEqual(['orders', 'orders__notes', 'orders__tags']);
    await sync([[{ id: 2, tags: ['b'], links: ['l'] }]], all);
    expect(await rows('orders__tags', '_orders_id value')).toEqual(['2 b']);
    expect(await rows('orders__links', '_orders_id value')).toEqual(['2 l']);
    expect(await rows('orders__notes', 'by')).toEqual([]);
    await sync([[{ id: 3, tags: ['c'] }]], {}, { fullRefresh: true });
    expect(await rows('orders__tags', '_orders_id value')).toEqual(['3 c']);
  });

  it('widens columns of items, and the key of records in all of their tables', async () => {
    await sync([
      [{ id: 1, tags: [{ n: 0.25 }] }],
      [{ id: 'x', tags: [{ n: 0.5, more: true }] }],
      [{ id: 'y' }],
    ]);
    expect(await rows('orders__tags', '_orders_id n more')).toEqual(['1 0.25 -', 'x 0.5 true']);
    await sync([[{ id: 'x', tags: [{ n: 'many' }, 7, ['deep']] }]]);
    expect(await rows('orders__tags', '_orders_id _position n value')).toEqual([
      '1 0 0.25 -',
      'x 0 many -',
      'x 1 - 7',
      'x 2 - -',
    ]);
    expect(await rows('orders__tags__list', '_orders_id _position_1 value')).toEqual(['x 2 deep']);
    expect(said).toContainEqual(expect.stringMatching(/^The column n of orders__tags is (VARCHAR|text) now/));
    expect(said).toContain('The lists in orders have a new table orders__tags__list.');
    const [joined] = await kind.rows(
      `SELECT count(*) AS n FROM orders o JOIN orders__tags t ON t._orders_id = o.id`,
    );
    expect(Number(joined?.n)).toBe(4);
  });

  it('tells items of records without a key apart by an id of their own', async () => {
    await sync([[{ n: 1, tags: ['a', 'b'] }], [{ n: 1, tags: ['c'] }]], { key: undefined });
    await sync([[{ n: 2, tags: ['d'] }]], { key: undefined });
    const found = await kind.rows(
      'SELECT o.n AS n, t.value AS v FROM orders o JOIN orders__tags t ON t._orders_row_id = o._row_id ORDER BY 2',
    );
    expect(found.map(({ n, v }) => `${n} ${v}`)).toEqual(['1 a', '1 b', '1 c', '2 d']);
  });

  it('knows keys of several parts, inside of objects and missing ones too', async () => {
    const key = [['id'], ['part', 'of']];
    const record = (of: string | null, ...tags: string[]) => ({ id: 1, part: { of }, tags });
    await sync([[record('a', 'x'), record(null, 'y')]], { key });
    await sync([[record('a', 'z'), record(null, 'v', 'w')]], { key });
    expect(await rows('orders__tags', '_orders_id _orders_part_of value')).toEqual([
      '1 - v',
      '1 - w',
      '1 a z',
    ]);
    expect(await rows('orders', 'id part__of')).toEqual(['1 -', '1 a']);
  });

  it('makes the tables and columns that the schema has', async () => {
    const schema = {
      properties: {
        id: { type: 'integer' },
        at: { type: ['null', 'object'], properties: { day: { type: 'string', format: 'date' } } },
        tags: {
          type: ['null', 'array'],
          items: {
            anyOf: [
              {
                type: 'object',
                properties: { name: { type: 'string' }, uses: { type: 'array', items: { type: 'number' } } },
              },
              { type: 'string' },
            ],
          },
        },
      },
    };
    await sync([[{ id: 1 }]], { schema });
    expect(await rows('orders', 'id at__day')).toEqual(['1 -']);
    expect(await rows('orders__tags', '_orders_id _position value name')).toEqual([]);
    expect(await rows('orders__tags__uses', '_orders_id _position_1 _position value')).toEqual([]);
  });

  it('keeps names apart, from those of other tables too', async () => {
    await sync([[{ id: 1 }]]);
    await kind.change('CREATE TABLE orders__mine (x INTEGER)');
    const odd = {
      id: 1,
      a: { b: 1 },
      a__b: 2,
      'a/b': 3,
      '~': 4,
      mine: [5],
      new: [6],
      'x/y': { '~z': [7] },
      list: [{ _position: 8, _orders_id: 9, value: 10, _manifold_row: 11 }, 12],
    };
    Object.defineProperty(odd, '__proto__', { value: { polluted: 13 }, enumerable: true });
    await sync([[odd]]);
    expect(await rows('orders', 'id a__b a__b_2 a/b ~ __proto____polluted')).toEqual(['1 1 2 3 4 13']);
    expect(await rows('orders__mine_2', 'value')).toEqual(['5']);
    expect(await rows('orders__new_2', 'value')).toEqual(['6']);
    expect(await rows('orders__x/y__~z', 'value')).toEqual(['7']);
    expect(
      await rows(
        'orders__list',
        '_orders_id _position value _position_2 _orders_id_2 value_2 _manifold_row_2',
      ),
    ).toEqual(['1 0 10 8 9 - 11', '1 1 - - - 12 -']);
    await sync([[odd]], {}, { fullRefresh: true });
    expect(await rows('orders__new_2', 'value')).toEqual(['6']);
    expect(await rows('orders__mine', 'x')).toEqual([]);
    const second = await open();
    await second.open('orders__new', { schema: {}, key: [['id']], mode: 'merge' });
    await second.write('orders__new', [{ id: 1 }]);
    await second.checkpoint('orders__new', {});
    await second.close();
    expect(await rows('orders__new_2', 'value')).toEqual(['6']);
  });

  it('keeps objects whose names are data, and what lies too deep, as JSON', async () => {
    const map = (from: number, to: number) =>
      Object.fromEntries(Array.from({ length: to - from }, (_, index) => [`k${from + index}`, from + index]));
    let deep: unknown = 1;
    for (let level = 0; level < 40; level += 1) deep = { in: deep };
    await sync([[{ id: 1, map: map(0, 300), deep }]]);
    await sync([[{ id: 2, map: { ...map(100, 101), ...map(250, 251) }, deep }]]);
    const plain = (text: string) => text.replaceAll(/(?<=[:,]) /g, '');
    const found = await rows('orders', 'id map__k100 map__k199 map');
    expect(found.map((row) => plain(row).slice(0, 24))).toEqual([
      '1 100 199 {"k200":200,"k',
      '2 100 - {"k250":250}',
    ]);
    const [row] = await rows('orders', 'deep__in__in__in__in__in__in__in__in__in__in');
    expect(JSON.parse(`${row}`)).toHaveProperty(Array(30).fill('in').join('.'), 1);
  });

  it('goes on in the form in which tables were made', async () => {
    await sync([[{ id: 1, tags: ['a'], at: { x: 1 } }]]);
    await sync([[{ id: 1, tags: ['b'], at: { x: 2 } }]], {}, { nested: undefined });
    expect(said).toEqual([]);
    expect(await rows('orders__tags', 'value')).toEqual(['b']);
    expect(await rows('orders', 'id at__x')).toEqual(['1 2']);
    // Whoever asks for another form is told why it is not there.
    await sync([[{ id: 1, tags: ['c'], at: { x: 3 } }]], {}, { nested: 'json' });
    expect(await rows('orders__tags', 'value')).toEqual(['c']);
    expect(said).toEqual([
      'The table of "orders" was made with --nested tables: what is nested in it already stays as it is, and so in all tables that are added to. Sync once with --full-refresh and --nested json to have them made anew.',
    ]);
  });

  it('makes tables anew in the form that is asked for, where all of them comes again', async () => {
    const whole = [[{ id: 1, tags: ['a'], at: { x: 1 } }]];
    await sync(whole, {}, { nested: 'json' });
    await sync([[{ id: 2, tags: ['b'], at: { x: 2 }, more: ['m'] }]]);
    expect(said).toEqual([
      'The table of "orders" was made with --nested json: what is nested in it already stays as it is, and so in all tables that are added to. Sync once with --full-refresh and --nested tables to have them made anew.',
      'The lists in orders have a new table orders__more.',
    ]);
    await sync([[{ id: 2, more: ['n'] }]]);
    expect(said).toEqual([
      'The table of "orders" has columns of JSON from before --nested tables: what is nested in it already stays as it is, and so in all tables that are added to. Sync once with --full-refresh and --nested tables to have them made anew.',
    ]);
    // A frozen table is not made anew.
    await sync(whole, {}, { fullRefresh: true, schema: 'freeze' });
    expect(said).toEqual([expect.stringMatching(/--full-refresh, without --schema freeze, and --nested/)]);
    expect(await tables()).toEqual(['orders', 'orders__more']);

    const destination = await open({ fullRefresh: true });
    await destination.open('orders', { schema: {}, key: [['id']], mode: 'merge' });
    await destination.write('orders', [{ id: 3, tags: ['c'], at: { x: 3 } }]);
    await destination.checkpoint('orders', { at: 3 });
    // Until all have come, the old ones are seen.
    expect(await rows('orders', 'id')).toEqual(['1']);
    await destination.complete('orders');
    await destination.close();
    expect(said).toEqual([]);
    expect(await rows('orders', 'id at__x')).toEqual(['3 3']);
    expect(await rows('orders__tags', '_orders_id value')).toEqual(['3 c']);
    expect(await rows('orders__more', '_orders_id')).toEqual([]);
    await sync([[{ id: 3, tags: ['d'] }]]);
    expect(said).toEqual([]);
    expect(await rows('orders__tags', '_orders_id value')).toEqual(['3 d']);

    // A stream that is read whole each time needs nothing more.
    await sync([[{ id: 4, tags: ['e'], at: { x: 4 } }]], { mode: 'replace' }, { nested: 'json' });
    expect(said).toEqual([]);
    expect(await tables()).toEqual(['orders']);
    const [column] = await kind.rows('SELECT CAST(tags AS VARCHAR) AS tags FROM orders');
    expect(column).toEqual({ tags: '["e"]' });
  });

  it('says which view keeps a table from being made anew', async () => {
    await sync([[{ id: 1, tags: ['a'] }]], {}, { nested: 'json' });
    if (kind === duckDb) return;
    await kind.change('CREATE VIEW all_orders AS SELECT * FROM orders');
    const destination = await open({ fullRefresh: true });
    await destination.open('orders', { schema: {}, key: [['id']], mode: 'merge' });
    await destination.write('orders', [{ id: 2, tags: ['b'] }]);
    await destination.complete('orders');
    const refusals = await destination.close();
    expect(refusals.get('orders')?.message).toMatch(
      /view t\d+\.all_orders depends on table t\d+\.orders\. Something made of the table, such as a view, stands in the way: drop it, sync, and make it again\.$/,
    );
    expect(await tables()).toEqual(['all_orders', 'orders']);
    expect(await rows('orders', 'id')).toEqual(['1']);
  });

  it('lets what is seen stay where a sync ends that was to make it anew', async () => {
    await sync([[{ id: 1, tags: ['a'] }]], {}, { nested: 'json' });
    const destination = await open({ fullRefresh: true });
    await destination.open('orders', { schema: {}, key: [['id']], mode: 'merge' });
    await destination.write('orders', [{ id: 2, tags: ['b'] }]);
    await destination.checkpoint('orders', { at: 2 });
    await destination.close();
    expect(await tables()).toEqual(['orders']);
    await sync([[{ id: 3, tags: ['c'] }]], {}, { nested: undefined });
    const found = await kind.rows('SELECT CAST(tags AS VARCHAR) AS tags FROM orders ORDER BY id');
    expect(found).toEqual([{ tags: '["a"]' }, { tags: '["c"]' }]);
  });

  it('makes the tables anew of a stream whose key has changed', async () => {
    await sync([[{ id: 1, code: 'a', tags: ['x'] }]]);
    const mergedBy = new Map([['orders', [['code']]]]);
    await sync([[{ id: 2, code: 'a', tags: ['y'] }]], { key: [['code']] }, { mergedBy, nested: undefined });
    await sync([[{ id: 3, code: 'a', tags: ['z'] }]], { key: [['code']] }, { mergedBy });
    expect(await rows('orders', 'id code')).toEqual(['3 a']);
    expect(await rows('orders__tags', '_orders_code value')).toEqual(['a z']);
    expect(await tables()).toEqual(['orders', 'orders__tags']);
  });

  it('makes the tables of a dropped one anew', async () => {
    await sync([[{ id: 1, tags: ['a'] }]]);
    await kind.change('DROP TABLE orders');
    await sync([[{ id: 2, tags: ['b'] }]], {}, { nested: 'json' });
    expect(said).toEqual([]);
    expect(await tables()).toEqual(['orders']);
    expect(await rows('orders', 'id tags')).toEqual(['2 ["b"]']);
  });

  it('leaves columns as they are that are JSON already', async () => {
    await sync(
      [[{ id: 1, tags: ['a'], at: { of: 1 } }]],
      { key: [['id'], ['at', 'of']] },
      { nested: 'json' },
    );
    await sync([[{ id: 1, tags: ['b'], at: { of: 1 }, more: ['c'] }]], { key: [['id'], ['at', 'of']] });
    expect(await rows('orders', 'tags at')).toEqual([kind === duckDb ? '["b"] {"of":1}' : '["b"] {"of": 1}']);
    expect(await rows('orders__more', '_orders_id _orders_at_of value')).toEqual(['1 1 c']);
    expect(await tables()).toEqual(['orders', 'orders__more']);
  });

  it('lets frozen tables stay as they are', async () => {
    await sync([[{ id: 1, tags: [{ n: 1 }] }]]);
    const frozen = { schema: 'freeze' } as const;
    await sync([[{ id: 2, tags: [{ n: 2 }], more: [] }]], {}, frozen);
    await expect(sync([[{ id: 3, tags: [{ n: 'x' }] }]], {}, frozen)).rejects.toThrow(
      /^The records need "n" of "orders__tags" as (VARCHAR|text) instead of (BIGINT|bigint) in /,
    );
    await expect(sync([[{ id: 3, more: [1] }]], {}, frozen)).rejects.toThrow(
      /^The records need a table "orders__more" in /,
    );
    const keepsField = (_: string, field: string) => field !== 'more';
    await sync([[{ id: 3, more: [1], tags: [] }]], {}, { ...frozen, keepsField });
    expect(await rows('orders', 'id')).toEqual(['1', '2', '3']);
  });

  it('reads a stream from the beginning of which a table is gone', async () => {
    await sync([[{ id: 1, tags: ['a'] }]]);
    await kind.change('DROP TABLE orders__tags');
    const destination = await open();
    expect(destination.states.size).toBe(0);
    await destination.close();
    await sync([[{ id: 1, tags: ['a'] }]]);
    expect(await rows('orders__tags', '_orders_id value')).toEqual(['1 a']);
  });

  it('leaves fields out with all that is in them', async () => {
    const schema = { properties: { tags: { type: 'array', items: { type: 'string' } } } };
    await sync(
      [[{ id: 1, tags: ['a'], at: { x: 1 }, n: 2 }]],
      { schema },
      { keepsField: (_, field) => field === 'n' },
    );
    expect(await tables()).toEqual(['orders']);
    expect(await rows('orders', 'id n')).toEqual(['1 2']);
  });
});
