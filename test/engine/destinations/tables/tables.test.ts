import {
  type Destination,
  RefusedRecords,
  type StreamToWrite,
} from '../../../../engine/destinations/destination.ts';
import { type OpenOptions, openDestination } from '../../../../engine/destinations/open-destination.ts';
import { toJsonLines } from '../../../../engine/protocol/write.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';
import { openDatabases } from './databases.ts';

const databases = openDatabases();
const { duckDb, postgres } = databases;

const identity = { connector: 'shop', config: 'a1b2', start: { start_date: '2024-01-01' } };
const users: StreamToWrite = { schema: {}, key: [['id']], mode: 'merge' };

describe.each([duckDb, postgres])('$name', (kind) => {
  const it = kind.isThere ? test : test.skip;
  let said: string[] = [];

  function open(options: Partial<OpenOptions> = {}): Promise<Destination> {
    said = [];
    return openDestination(kind.place(), {
      identity,
      commitEvery: 0,
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
      await destination.open('users', { ...users, ...stream });
      for (const [index, batch] of batches.entries()) {
        // Most records come as lines.
        if (index % 2 === 0) await destination.writeLines('users', Buffer.from(toJsonLines(batch)));
        else await destination.write('users', batch);
        await destination.checkpoint('users', { batch: index });
      }
      await destination.complete('users');
    } finally {
      await destination.close();
    }
  }

  /** Every value as text. */
  async function usersAs(columns: string, order = 'id'): Promise<readonly (string | null)[][]> {
    const names = columns.split(columns.includes('/') ? '/' : ' ');
    const texts = names.map((name, index) => `CAST("${name}" AS VARCHAR) AS c${index}`).join(', ');
    const rows = await kind.rows(`SELECT ${texts} FROM users ORDER BY "${order}"`);
    return rows.map((row) => names.map((_, index) => row[`c${index}`] as string | null));
  }

  async function typeOf(column: string): Promise<unknown> {
    const [row] = await kind.rows(
      `SELECT data_type AS t FROM information_schema.columns WHERE table_name = 'users' AND column_name = '${column}'${
        kind === postgres ? ` AND table_schema = '${kind.dataset()}'` : ''
      }`,
    );
    return row?.t;
  }
  const called = (type: string) => kind.types[type] ?? (kind === postgres ? type.toLowerCase() : type);

  it('keeps one row per key, of which the last one counts', async () => {
    await sync([
      [
        { id: 1, name: 'Ada' },
        { id: 2, name: 'Bob' },
        { id: 1, name: 'Ada L.' },
      ],
      [{ id: 2, name: 'Bo' }],
    ]);
    await sync([[{ id: 3, name: 'Cy' }], [{ id: 1, name: 'A.' }]]);
    expect(await usersAs('id name')).toEqual([
      ['1', 'A.'],
      ['2', 'Bo'],
      ['3', 'Cy'],
    ]);
    const again = await open();
    expect([...again.states]).toEqual([['users', { batch: 1 }]]);
    await again.close();
  });

  it('adds rows that have no key, and tells rows apart by keys of several parts', async () => {
    const rows = [{ id: 1, part: { of: 'a' } }, { id: 1, part: null }, { id: null }, { id: null }];
    await sync([rows], { key: [['id'], ['part', 'of']] });
    await sync(
      [
        [
          { id: 1, part: { of: 'a' }, n: 2 },
          { id: 1, n: 3 },
        ],
      ],
      { key: [['id'], ['part', 'of']] },
    );
    expect(await usersAs('id n', 'n')).toEqual([
      ['1', '2'],
      ['1', '3'],
      [null, null],
      [null, null],
    ]);
    await sync([[{ id: 9 }], [{ id: 9 }]], { key: undefined }, { fullRefresh: true });
    expect(await usersAs('id')).toEqual([['9'], ['9']]);
  });

  it('merges into a table whose column is called as the database calls the numbers of rows', async () => {
    const rows = [
      { id: 1, rowid: 9 },
      { id: 2, rowid: 8 },
      { id: 1, rowid: 7 },
    ];
    await sync([rows, [{ id: 2, rowid: 6 }]]);
    await sync([[{ id: 1, rowid: 5 }], rows]);
    expect(await usersAs('id rowid')).toEqual([
      ['1', '7'],
      ['2', '8'],
    ]);
  });

  it('merges into a table to which somebody has added such a column', async () => {
    await sync([[{ id: 1, n: 1 }]]);
    await kind.change('ALTER TABLE users ADD COLUMN rowid INTEGER');
    await sync([[{ id: 1, n: 2 }], [{ id: 2, n: 3 }]]);
    expect(await usersAs('id n')).toEqual([
      ['1', '2'],
      ['2', '3'],
    ]);
  });

  it('takes rows away that were deleted, or keeps them with the time', async () => {
    const gone = { id: 1, _ab_cdc_deleted_at: '2024-05-01T00:00:00Z' };
    await sync([
      [
        { id: 1, name: 'Ada' },
        { id: 2, name: 'Bob' },
      ],
      [gone, { id: 7, _ab_cdc_deleted_at: 'x' }],
    ]);
    expect(await usersAs('id name')).toEqual([['2', 'Bob']]);
    await sync([[{ id: 1, name: 'Ada again' }, gone]], {}, { deletes: 'keep' });
    expect(await usersAs('id name _deleted_at')).toEqual([
      ['1', 'Ada again', '2024-05-01T00:00:00Z'],
      ['2', 'Bob', null],
    ]);
    await sync([[{ id: 1, name: 'back' }]], {}, { deletes: 'keep' });
    expect(await usersAs('id name _deleted_at')).toEqual([
      ['1', 'back', null],
      ['2', 'Bob', null],
    ]);
  });

  const big = 9007199254740993n;
  /** Values one after the other, the type that their column has in the end, and what it then holds. */
  const widenings: Readonly<Record<string, readonly [readonly unknown[], string, readonly string[]]>> = {
    'whole numbers': [[1, big], 'BIGINT', ['1', '9007199254740993']],
    'larger ones': [[1, 2n ** 64n], 'HUGEINT', ['1', '18446744073709551616']],
    'endless ones': [[1, 10n ** 40n], 'VARCHAR', ['1', `1${'0'.repeat(40)}`]],
    fractions: [[1, 0.5], 'DOUBLE', ['1', '0.5']],
    'fractions after what a double does not hold': [[big, 0.5], 'VARCHAR', ['9007199254740993', '0.5']],
    'texts after numbers': [[7, '007'], 'VARCHAR', ['7', '007']],
    'texts after fractions': [[1.5, 2, 'x'], 'VARCHAR', ['1.5', '2', 'x']],
    'numbers after booleans': [[true, 1], 'VARCHAR', ['true', '1']],
    'objects after texts': [['a "b"', { c: [1] }], 'JSON', ['"a \\"b\\""', '{"c":[1]}']],
    'objects after numbers': [[big, []], 'JSON', ['9007199254740993', '[]']],
    'objects after fractions': [[0.5, {}], 'JSON', ['0.5', '{}']],
    'nothing, then something': [[null, undefined, 3], 'BIGINT', ['3']],
  };
  const cases = Object.keys(widenings);
  const widened = [0, 1, 2].map((step) =>
    Object.fromEntries([['id', step], ...cases.map((name) => [name, widenings[name]?.[0][step]] as const)]),
  );

  it.each([
    ['step by step', widened.map((record) => [record])],
    ['all at once', [widened]],
  ])('widens columns, nothing lost: %s', async (_how, batches) => {
    await sync(batches);
    for (const name of cases) {
      const [, type, texts] = widenings[name] as (typeof widenings)[string];
      expect([name, await typeOf(name)]).toEqual([name, called(type)]);
      const found = (await usersAs(`id/${name}`)).map(([, text]) => text).filter((text) => text !== null);
      const plain = (text: string) => text.replaceAll(/(?<=[:,]) /g, '').replace(/^1\.0$/, '1');
      expect([name, ...found.map((text) => plain(`${text}`))]).toEqual([name, ...texts]);
    }
  });

  const schema = {
    properties: {
      at: { type: ['null', 'string'], format: 'date-time' },
      day: { type: 'string', format: 'date' },
      size: { type: 'number' },
      tags: { type: 'array' },
    },
  };

  it('makes columns of the schema, times where every value is one', async () => {
    await sync([[{ id: 1, at: '2024-01-01T12:00:00.5+02:00', day: '2024-02-29' }]], { schema });
    expect(await typeOf('at')).toBe(called('TIMESTAMP WITH TIME ZONE'));
    expect(await typeOf('day')).toBe(called('DATE'));
    expect([await typeOf('size'), await typeOf('tags')]).toEqual([called('DOUBLE'), called('JSON')]);
    await sync([[{ id: 2, at: 'yesterday', day: '2024-02-30' }]], { schema });
    expect(await usersAs('at day')).toEqual([
      ['2024-01-01T10:00:00.500000Z', '2024-02-29'],
      ['yesterday', '2024-02-30'],
    ]);
    expect(said.sort()).toEqual([
      expect.stringMatching(
        /^The column at of users is (VARCHAR|text) now instead of (TIMESTAMPTZ|timestamptz)\.$/,
      ),
      expect.stringMatching(/^The column day of users is (VARCHAR|text) now instead of (DATE|date)\.$/),
    ]);
  });

  it('keeps fields apart that differ in case only, and takes any name and text', async () => {
    const odd = { id: 1, ID: 2, Id: 3, '': 4, 'a"b\'': 5, _synced_at: 6, ['x'.repeat(300)]: 7 };
    Object.defineProperty(odd, '__proto__', { value: 8, enumerable: true });
    await sync([
      [odd, { id: 2, text: 'a\0b \ud800 \\ud800 \\u0000 é', deep: { n: 12345678901234567890n, t: '\0' } }],
    ]);
    expect(await usersAs(`id ID_2 Id_3 _ a"b' _synced_at_2 __proto__`.replace('"', '""'))).toEqual([
      ['1', '2', '3', '4', '5', '6', '8'],
      ['2', null, null, null, null, null, null],
    ]);
    const [[text, deep]] = (await usersAs('text deep')).slice(1) as [[string, string]];
    const nul = kind === duckDb ? '\0' : '\ufffd';
    expect(text).toBe(`a${nul}b \ufffd \\ud800 \\u0000 é`);
    expect(deep).toContain('12345678901234567890');
    const columns = await kind.rows(
      `SELECT field FROM _manifold.columns WHERE column_name = 'Id_3' AND dataset = '${kind.dataset()}'`,
    );
    expect(columns).toEqual([{ field: 'Id' }]);
  });

  it('shows the old rows until all new ones are there', async () => {
    const all: StreamToWrite = { ...users, mode: 'replace' };
    await sync([[{ id: 1 }, { id: 2 }]], all);
    const destination = await open();
    await destination.open('users', all);
    await destination.write('users', [{ id: 5, more: true }]);
    expect(await usersAs('id')).toEqual([['1'], ['2']]);
    // It did not come to its end.
    await destination.close();
    expect(await usersAs('id')).toEqual([['1'], ['2']]);
    expect(
      await kind.rows(`SELECT 1 AS x FROM information_schema.tables WHERE table_name = 'users__new'`),
    ).toEqual([]);
    await sync([[{ id: 5, more: true }]], all);
    expect(await usersAs('id more')).toEqual([['5', 'true']]);
  });

  it('reads everything anew when asked to or when the start has moved, in place of the old rows', async () => {
    await sync([[{ id: 1 }, { id: 2 }]]);
    const moved = { ...identity, start: { start_date: '2020-01-01' } };
    const destination = await open({ identity: moved });
    expect(destination.startsOver).toEqual([
      'Every stream is read from the beginning, since "start_date" has changed from "2024-01-01" to "2020-01-01".',
    ]);
    expect(destination.states.size).toBe(0);
    await destination.close();
    // It was not read yet, so the next one starts over too.
    await sync([[{ id: 3 }]], {}, { identity: moved });
    expect(await usersAs('id')).toEqual([['3']]);
    const after = await open({ identity: moved });
    expect([after.startsOver, after.states.size]).toEqual([[], 1]);
    await after.close();
    await sync([[{ id: 4 }]], {}, { identity: moved, fullRefresh: true });
    expect(await usersAs('id')).toEqual([['4']]);
  });

  it('reads a stream from the beginning whose key has changed: its rows could not be found by the new one', async () => {
    await sync([[{ id: 1, code: 'a' }], [{ id: 2, code: 'b' }]]);
    const mergedBy = new Map([['users', [['code']]]]);
    const same = await open({
      mergedBy: new Map([
        ['users', [['id']]],
        ['others', [['x']]],
      ]),
    });
    expect([same.startsOver, same.states.size, same.holds]).toEqual([[], 1, ['users']]);
    await same.close();
    // A stream that is replaced anyway may have any key.
    const replaced = await open({ mergedBy: new Map() });
    expect([replaced.startsOver, replaced.states.size]).toEqual([[], 1]);
    await replaced.close();
    const destination = await open({ mergedBy });
    expect(destination.startsOver).toEqual([
      'The stream "users" is read from the beginning, since its primary key has changed from "id" to "code".',
    ]);
    expect(destination.states.size).toBe(0);
    await destination.close();
    await sync([[{ id: 3, code: 'a' }], [{ id: 4, code: 'a' }]], { key: [['code']] }, { mergedBy });
    expect(await usersAs('id code')).toEqual([['4', 'a']]);
    const after = await open({ mergedBy });
    expect([after.startsOver, after.states.size]).toEqual([[], 1]);
    await after.close();
  });

  it('lets a frozen table stay as it is', async () => {
    await sync([[{ id: 1, n: 1 }]]);
    await expect(
      sync([[{ id: 2, n: 2 }], [{ id: 3, n: 'x', more: 1 }]], {}, { schema: 'freeze' }),
    ).rejects.toThrow(
      /^The records need a column "more" \(\w+\), and "n" as (VARCHAR|text) instead of (BIGINT|bigint) in /,
    );
    expect(await usersAs('id n')).toEqual([
      ['1', '1'],
      ['2', '2'],
    ]);
    await sync(
      [[{ id: 4, n: 4, more: 1 }]],
      {},
      { schema: 'freeze', keepsField: (_, field) => field !== 'more' },
    );
    expect(await usersAs('id n')).toContainEqual(['4', '4']);
    // What is left out may be anything, in columns that are there too.
    await sync([[{ id: 4, n: 'x' }]], {}, { schema: 'freeze', keepsField: (_, field) => field !== 'n' });
    expect(await usersAs('id n')).toContainEqual(['4', null]);
  });

  it('writes neither over tables of others, nor for two connections, nor twice at once', async () => {
    await sync([[{ id: 1 }]]);
    await expect(open({ identity: { ...identity, config: 'c3' } })).rejects.toThrow(
      /holds what was read by the connector "shop" with another config\. Give --to another place/,
    );
    const first = await open();
    await expect(open()).rejects.toThrow(/^Another sync .*is writing to /);
    await first.close();
  });

  it('lets one stream fail alone that its table does not take, at once or in the end', async () => {
    async function syncBoth(n: number, options: Partial<OpenOptions> = {}) {
      const destination = await open(options);
      const told: string[] = [];
      for (const stream of ['users', 'plans', 'roles']) {
        await destination.open(stream, users);
        const records = [{ id: 1, n, day: '2024-05-01' }];
        try {
          await destination.writeLines(stream, Buffer.from(toJsonLines(records)));
          await destination.checkpoint(stream, { n });
          await destination.checkpoint(stream, { n });
          await destination.complete(stream);
        } catch (error) {
          if (!(error instanceof RefusedRecords)) throw error;
          told.push(`${stream} at once: ${error.message}`);
        }
      }
      for (const [stream, error] of await destination.close()) told.push(`${stream} late: ${error.message}`);
      return told;
    }
    expect(await syncBoth(1)).toEqual([]);
    // Somebody has other ideas of a column.
    await kind.change('ALTER TABLE plans ALTER COLUMN n TYPE DATE USING NULL');
    expect(await syncBoth(2)).toEqual([
      expect.stringMatching(/^plans at once: .* did not take the records: /),
    ]);
    expect(await syncBoth(3, { commitEvery: 1000 })).toEqual([
      expect.stringMatching(/^plans late: .* did not take the records: /),
    ]);
    expect(await syncBoth(4, { fullRefresh: true, commitEvery: 1000 })).toHaveLength(
      kind === postgres ? 1 : 0,
    );
    const rows = await kind.rows('SELECT u.n AS u, r.n AS r FROM users u, roles r');
    expect(rows.map(({ u, r }) => `${u} ${r}`)).toEqual(['4 4']);
    if (kind !== postgres) return;
    // The table itself stays, since others may have made views of it.
    expect((await kind.rows('SELECT n FROM plans')).map(({ n }) => n)).toEqual([null]);
    const gathering = "SELECT table_name FROM information_schema.tables WHERE table_name LIKE '%\\_\\_new'";
    expect(await kind.rows(gathering)).toEqual([]);
    const again = await open();
    expect(again.states.get('plans')).toEqual({ n: 1 });
    expect(again.states.get('roles')).toEqual({ n: 4 });
    await again.close();
    await kind.change('ALTER TABLE plans DROP COLUMN n');
    expect(await syncBoth(5)).toEqual([]);
    expect((await kind.rows('SELECT n FROM plans')).map(({ n }) => Number(n))).toEqual([5]);
    // A rule that is held to at the end of a transaction only.
    await kind.change('ALTER TABLE plans ADD UNIQUE (n) DEFERRABLE INITIALLY DEFERRED');
    await kind.change('INSERT INTO plans (id, n) VALUES (9, 6)');
    expect(await syncBoth(6)).toEqual([
      expect.stringMatching(/^plans at once: .* did not take the records: duplicate key value/),
    ]);
    expect(await syncBoth(6, { commitEvery: 1000 })).toEqual([
      expect.stringMatching(/^plans late: .* did not take the records: duplicate key value/),
    ]);
    const last = await kind.rows('SELECT u.n AS u, p.n AS p, r.n AS r FROM users u, plans p, roles r');
    expect(last.map(({ u, p, r }) => `${u} ${p} ${r}`).sort()).toEqual(['6 5 6', '6 6 6']);
    const ended = 'SELECT status FROM _manifold.syncs ORDER BY started_at DESC LIMIT 1';
    expect(await kind.rows(ended)).toEqual([{ status: 'ended' }]);
  });

  it('knows a table that was dropped, and a column', async () => {
    await sync([[{ id: 1, a: 1, b: 1 }]]);
    await kind.change('ALTER TABLE users DROP COLUMN b');
    await sync([[{ id: 2, a: 2, b: 2 }]]);
    expect(await usersAs('id a b')).toEqual([
      ['1', '1', null],
      ['2', '2', '2'],
    ]);
    await kind.change('DROP TABLE users');
    const destination = await open();
    expect(destination.states.size).toBe(0);
    await destination.close();
    await sync([[{ id: 1 }]]);
    expect(await usersAs('id')).toEqual([['1']]);
  });

  it('leaves a table alone that it has not made', async () => {
    await sync([[{ id: 1 }]]);
    await kind.change('CREATE TABLE orders (id INTEGER)');
    const destination = await open();
    await expect(destination.open('Orders', users)).rejects.toThrow(
      /has a table "orders" already that no sync has made, so the stream "Orders" is not written over it\./,
    );
    await destination.close();
  });
});
