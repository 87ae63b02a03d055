import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDestination } from '../../../../engine/destinations/open-destination.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';
import { hasDuckDb, queryDuckDb } from '../../../kit/duckdb.ts';

const it = hasDuckDb ? test : test.skip;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'structures-'));
});
afterAll(() => rm(folder, { recursive: true }));
let count = 0;
let path = '';
beforeEach(() => {
  count += 1;
  path = join(folder, `${count}.duckdb`);
});

/** Each batch is a sync of its own. */
async function sync(
  batches: readonly (readonly JsonObject[])[],
  nested: 'json' | 'struct' | 'tables' = 'struct',
  fullRefresh = false,
): Promise<readonly string[]> {
  const said: string[] = [];
  for (const batch of batches) {
    const destination = await openDestination(path, {
      identity: { connector: 'shop', config: 'a', start: {} },
      log: (level, message) => void (level === 'WARN' && said.push(message)),
      nested,
      fullRefresh,
    });
    await destination.open('users', { schema: {}, key: [['id']], mode: 'merge' });
    await destination.write('users', batch);
    await destination.checkpoint('users', { at: 1 });
    await destination.complete('users');
    await destination.close();
  }
  return said;
}

async function columnOf(name: string): Promise<[unknown, ...unknown[]]> {
  const [type] = await queryDuckDb(
    path,
    `SELECT data_type AS t FROM information_schema.columns WHERE table_name = 'users' AND column_name = '${name}'`,
  );
  const rows = await queryDuckDb(
    path,
    `SELECT CAST(to_json("${name}") AS VARCHAR) AS v FROM users ORDER BY id`,
  );
  return [type?.t, ...rows.map(({ v }) => (v === null ? null : JSON.parse(String(v))))];
}

/** Values of one field, then the type of its column, and what it holds afterwards. */
const cases: readonly (readonly [string, readonly unknown[], string, readonly unknown[]])[] = [
  ['an object', [{ a: 1, b: 'x' }], 'STRUCT(a BIGINT, b VARCHAR)', [{ a: 1, b: 'x' }]],
  [
    'a field that comes later',
    [{ a: 1 }, { b: true }],
    'STRUCT(a BIGINT, b BOOLEAN)',
    [
      { a: 1, b: null },
      { a: null, b: true },
    ],
  ],
  [
    'a field that becomes wider',
    [{ a: 1 }, { a: 0.5 }, { a: 'x' }],
    'STRUCT(a VARCHAR)',
    [{ a: '1' }, { a: '0.5' }, { a: 'x' }],
  ],
  ['lists', [[1, 2], [], null, [2.5]], 'DOUBLE[]', [[1, 2], [], null, [2.5]]],
  ['a list that was empty at first', [[], [{ a: [true] }]], 'STRUCT(a BOOLEAN[])[]', [[], [{ a: [true] }]]],
  [
    'objects in lists in objects',
    [{ data: [{ id: 1 }] }, { data: [{ id: 2, tags: ['t'] }], more: false }],
    'STRUCT("data" STRUCT(id BIGINT, tags VARCHAR[])[], more BOOLEAN)',
    [
      { data: [{ id: 1, tags: null }], more: null },
      { data: [{ id: 2, tags: ['t'] }], more: false },
    ],
  ],
  ['lists beside objects', [{ a: 1 }, [1]], 'JSON', [{ a: 1 }, [1]]],
  ['texts beside objects', [{ a: 1 }, 'x'], 'JSON', [{ a: 1 }, 'x']],
  ['lists after texts', ['x', [1]], 'JSON', ['x', [1]]],
  ['names that differ in case only', [{ a: 1, A: 2 }], 'JSON', [{ a: 1, A: 2 }]],
  ['objects without fields', [{}, { a: null }], 'JSON', [{}, { a: null }]],
  [
    'odd names',
    [{ 'a "b"': 1, "c'd": 'é😀' }],
    `STRUCT("a ""b""" BIGINT, "c'd" VARCHAR)`,
    [{ 'a "b"': 1, "c'd": 'é😀' }],
  ],
  ['nothing at first', [null, { a: 1 }], 'STRUCT(a BIGINT)', [null, { a: 1 }]],
  ['different lists in lists', [[[1], ['x']]], 'VARCHAR[][]', [[['1'], ['x']]]],
];

describe.each([
  ['in one sync', true],
  ['in a sync each', false],
])('%s', (_how, together) => {
  it.each(cases)('%s', async (_what, values, type, expected) => {
    const records = values.map((nest, id) => ({ id, nest }));
    await sync(together ? [records] : records.map((record) => [record]));
    expect(await columnOf('nest')).toEqual([type, ...expected]);
  });
});

it('keeps whole numbers of any size', async () => {
  await sync([
    [{ id: 1, nest: { n: 1 } }],
    [{ id: 2, nest: { n: 9007199254740993n } }],
    [{ id: 3, nest: { n: 2n ** 70n } }],
  ]);
  expect(await queryDuckDb(path, 'SELECT nest.n AS n, typeof(nest.n) AS t FROM users ORDER BY id')).toEqual([
    { n: '1', t: 'HUGEINT' },
    { n: '9007199254740993', t: 'HUGEINT' },
    { n: '1180591620717411303424', t: 'HUGEINT' },
  ]);
});

it('goes on with the columns that are there: JSON stays JSON, and structures stay structures', async () => {
  await sync([[{ id: 1, nest: { a: 1 } }]], 'json');
  await sync([[{ id: 2, nest: { a: 2 }, other: { b: 1 } }]]);
  await sync([[{ id: 3, nest: { a: 3 }, other: { c: 1 } }]], 'json');
  expect(await columnOf('nest')).toEqual(['JSON', { a: 1 }, { a: 2 }, { a: 3 }]);
  expect(await columnOf('other')).toEqual([
    'STRUCT(b BIGINT, c BIGINT)',
    null,
    { b: 1, c: null },
    { b: null, c: 1 },
  ]);
});

it('makes columns anew in the form that is asked for when all comes again, and until then says why not', async () => {
  await sync([[{ id: 1, nest: { a: 1 } }]], 'json');
  expect(await sync([[{ id: 2, nest: { a: 2 } }]])).toEqual([
    expect.stringMatching(
      /^The table of "users" was made with --nested json: .* --nested struct to have them made anew\.$/,
    ),
  ]);
  const rows = [[{ id: 1, nest: { a: 1 } }]];
  const types = ['STRUCT(a BIGINT)', 'JSON', 'STRUCT(a BIGINT)'];
  for (const [index, form] of (['struct', 'json', 'struct'] as const).entries()) {
    expect(await sync(rows, form, true)).toEqual([]);
    expect(await columnOf('nest')).toEqual([types[index], { a: 1 }]);
    expect(await sync(rows, form)).toEqual([]);
  }
  expect(await sync(rows, 'json')).toEqual([
    expect.stringMatching(/^The table of "users" was made with --nested struct: /),
  ]);
  await sync(rows, 'tables', true);
  expect(await queryDuckDb(path, 'SELECT nest__a AS a FROM users')).toEqual([{ a: '1' }]);
});

test('is refused where there are no such types', async () => {
  await expect(
    openDestination(join(folder, 'files'), {
      identity: { connector: 'shop', config: 'a', start: {} },
      log: () => {},
      nested: 'struct',
    }),
  ).rejects.toThrow(/^--nested struct is for databases; files keep objects and lists as they are\./);
});
