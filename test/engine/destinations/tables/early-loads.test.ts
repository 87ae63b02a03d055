import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Destination } from '../../../../engine/destinations/destination.ts';
import { openDuckDb } from '../../../../engine/destinations/duckdb/duckdb-database.ts';
import {
  Busy,
  type Database,
  type Session,
  StatementError,
} from '../../../../engine/destinations/tables/database.ts';
import { createTableDestination } from '../../../../engine/destinations/tables/table-destination.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';
import { hasDuckDb, queryDuckDb } from '../../../kit/duckdb.ts';

const it = hasDuckDb ? test : test.skip;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'early-loads-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What comes, comes at once: nothing is due before the end, and no wait ends by itself. */
const clock = {
  now: () => 1_700_000_000_000,
  sleep: (_ms: number, signal?: AbortSignal) =>
    new Promise<void>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
};

/** More than is waited for. */
const much: readonly JsonObject[] = Array.from({ length: 33 }, (_, id) => ({
  id,
  score: 1,
  text: 'x'.repeat(1024 * 1024),
}));

interface Watched {
  readonly path: string;
  /** How often rows were loaded in each transaction that wrote something. */
  readonly loads: number[];
  readonly destination: Destination;
  keep(stream: string, records: readonly JsonObject[], state: JsonObject): Promise<void>;
}

interface Watching {
  /** Before each load. */
  readonly before?: (table: string) => void;
  /** Before rows go that were replaced. */
  readonly removes?: (table: string) => void;
  /** Before a transaction is committed. */
  readonly after?: () => void;
}

/** What watches may throw. */
async function open(
  name: string,
  { before = () => {}, removes = () => {}, after = () => {} }: Watching = {},
): Promise<Watched> {
  const path = join(folder, `${name}.duckdb`);
  const loads: number[] = [];
  const database = await openDuckDb(path);
  function watched(session: Session): Session {
    return {
      ...session,
      async append(rows, files) {
        before(rows.target);
        loads.push((loads.pop() ?? 0) + 1);
        return (await session.append?.(rows, files)) ?? false;
      },
      async removeFormer(target) {
        removes(target);
        await session.removeFormer?.(target);
      },
    };
  }
  const observed: Database = {
    ...database,
    transaction: (work) =>
      database.transaction(async (session) => {
        loads.push(0);
        const result = await work(watched(session));
        if (loads.at(-1) === 0) loads.pop();
        else after();
        return result;
      }),
  };
  const destination = await createTableDestination(observed, {
    identity: { connector: 'shop', config: 'a', start: {} },
    log: () => {},
    spoolFolder: `${path}.spool`,
    clock,
  });
  return {
    path,
    loads,
    destination,
    async keep(stream, records, state) {
      await destination.write(stream, records);
      await destination.checkpoint(stream, state);
    },
  };
}

const merged = { schema: {}, key: [['id']], mode: 'merge' } as const;

async function writeUsers({ destination, keep }: Watched): Promise<void> {
  await destination.open('users', merged);
  await keep('users', much, { at: 1 });
  await keep('users', [{ id: 7, score: 'high', more: 2.5 }], { at: 2 });
  await keep('users', [{ id: 8, score: null, more: 'much' }], { at: 3 });
  await destination.complete('users');
}

async function expectUsers(path: string): Promise<void> {
  expect(
    await queryDuckDb(path, 'SELECT count(*)::INT AS rows, count(DISTINCT id)::INT AS ids FROM users'),
  ).toEqual([{ rows: 33, ids: 33 }]);
  expect(
    await queryDuckDb(path, 'SELECT id, score, more FROM users WHERE id BETWEEN 6 AND 8 ORDER BY id'),
  ).toEqual([
    { id: '6', score: '1', more: null },
    { id: '7', score: 'high', more: '2.5' },
    { id: '8', score: null, more: 'much' },
  ]);
  expect(await queryDuckDb(path, 'SELECT state FROM _manifold.state')).toEqual([{ state: '{"at":3}' }]);
  expect(await queryDuckDb(path, 'SELECT status FROM _manifold.syncs')).toEqual([{ status: 'ended' }]);
}

it('loads what has come while more is read, and commits all of it at once', async () => {
  const watched = await open('together');
  await writeUsers(watched);
  await watched.destination.close();
  expect(watched.loads).toEqual([2]);
  await expectUsers(watched.path);
});

it('loads all of it again when none of it was kept', async () => {
  let attempts = 0;
  const watched = await open('again', {
    after() {
      attempts += 1;
      if (attempts === 1) throw new Busy('Somebody has it.');
    },
  });
  await writeUsers(watched);
  await watched.destination.close();
  expect(watched.loads).toEqual([2, 1]);
  await expectUsers(watched.path);
});

it('keeps other streams where one is not taken, also after some of it was loaded', async () => {
  let loads = 0;
  const watched = await open('refused', {
    before(table) {
      if (table !== 'main."users"') return;
      loads += 1;
      if (loads === 2) throw new StatementError('They do not fit.');
    },
  });
  await watched.destination.open('users', merged);
  await watched.destination.open('teams', merged);
  await watched.keep('teams', [{ id: 1 }], { at: 'teams' });
  await watched.keep('users', much, { at: 1 });
  await watched.keep('users', [{ id: 7 }], { at: 2 });
  await watched.keep('teams', [{ id: 2 }], { at: 'more teams' });
  const refusals = await watched.destination.close();
  expect([...refusals.keys()]).toEqual(['users']);
  expect(await queryDuckDb(watched.path, 'SELECT stream, state FROM _manifold.state')).toEqual([
    { stream: 'teams', state: '{"at":"more teams"}' },
  ]);
  expect(await queryDuckDb(watched.path, 'SELECT id FROM teams ORDER BY id')).toEqual([
    { id: '1' },
    { id: '2' },
  ]);
  await expect(queryDuckDb(watched.path, 'SELECT * FROM users')).rejects.toThrow('does not exist');
});

it('shows the rows that replace others once they are all there', async () => {
  const former = await open('replaced');
  await former.destination.open('users', merged);
  await former.keep('users', [{ id: 'old' }], { at: 0 });
  await former.destination.close();
  const watched = await open('replaced');
  await watched.destination.open('users', { ...merged, mode: 'replace' });
  await watched.keep('users', much, { at: 1 });
  await watched.keep('users', [{ id: 99 }], { at: 2 });
  await watched.destination.complete('users');
  await watched.destination.close();
  expect(watched.loads).toEqual([2]);
  expect(await queryDuckDb(watched.path, 'SELECT count(*)::INT AS rows FROM users')).toEqual([{ rows: 34 }]);
});

describe('of each key the last row stays', () => {
  const later = much.slice(0, 8).map((record) => ({ ...record, score: 2 }));
  const rows = (path: string) =>
    queryDuckDb(path, 'SELECT id, score FROM users WHERE id::INT < 2 OR id::INT > 31 ORDER BY id::INT');

  it('in whichever load of a transaction it came, and whatever was there before', async () => {
    const first = await open('keys');
    await first.destination.open('users', merged);
    await first.keep('users', [...much, { id: 0, score: 0 }], { at: 1 });
    await first.keep('users', [{ id: 100, score: 1 }, ...later], { at: 2 });
    await first.keep('users', [{ id: 0, score: 3 }], { at: 3 });
    await first.destination.close();
    expect(first.loads).toEqual([2]);
    const expected = [
      { id: '0', score: '3' },
      { id: '1', score: '2' },
      { id: '32', score: '1' },
      { id: '100', score: '1' },
    ];
    expect(await rows(first.path)).toEqual(expected);

    const second = await open('keys');
    await second.destination.open('users', merged);
    await second.keep('users', much, { at: 4 });
    await second.keep('users', [{ id: 100, score: 4 }, ...later, { id: 1, score: 5 }], { at: 5 });
    await second.destination.close();
    expect(second.loads).toEqual([2]);
    expect(await rows(first.path)).toEqual([
      { id: '0', score: '2' },
      { id: '1', score: '5' },
      { id: '32', score: '1' },
      { id: '100', score: '4' },
    ]);
    expect(await queryDuckDb(first.path, 'SELECT count(*)::INT AS n FROM users')).toEqual([{ n: 34 }]);
  });

  it.each([
    ['a column that hides the numbers of rows', { rowid: 9 }],
    ['a wider type', { id: '1', score: 2.5 }],
    ['a row that was deleted', { id: 32, _ab_cdc_deleted_at: '2026-01-01T00:00:00Z' }],
  ])('where a later load brings %s', async (name, record) => {
    const watched = await open(name.replaceAll(' ', '-'));
    await watched.destination.open('users', merged);
    await watched.keep('users', [...much, ...much.slice(0, 2)], { at: 1 });
    await watched.keep('users', [{ id: 1, ...record }, ...later], { at: 2 });
    await watched.destination.close();
    const isDeletion = '_ab_cdc_deleted_at' in record;
    const remaining = await queryDuckDb(
      watched.path,
      'SELECT count(*)::INT AS n, count(DISTINCT id)::INT AS ids FROM users',
    );
    expect(remaining).toEqual([isDeletion ? { n: 32, ids: 32 } : { n: 33, ids: 33 }]);
    expect(
      await queryDuckDb(watched.path, "SELECT CAST(score AS INT) AS score FROM users WHERE id = '1'"),
    ).toEqual([{ score: 2 }]);
  });

  it('in a table that will replace another one', async () => {
    const former = await open('keys-replaced');
    await former.destination.open('users', merged);
    await former.keep('users', [{ id: 'old' }], { at: 0 });
    await former.destination.close();
    const watched = await open('keys-replaced');
    await watched.destination.open('users', { ...merged, mode: 'replace' });
    await watched.keep('users', much, { at: 1 });
    await watched.keep('users', later, { at: 2 });
    await watched.destination.complete('users');
    await watched.destination.close();
    expect(watched.loads).toEqual([2]);
    expect(
      await queryDuckDb(watched.path, 'SELECT count(*)::INT AS n, sum(score)::INT AS s FROM users'),
    ).toEqual([{ n: 33, s: 41 }]);
  });

  it('and a stream whose former rows cannot go fails alone', async () => {
    const watched = await open('keys-refused', {
      removes(table) {
        if (table === 'main."users"') throw new StatementError('They have to stay.');
      },
    });
    await watched.destination.open('users', merged);
    await watched.destination.open('teams', merged);
    await watched.keep('teams', [{ id: 1 }], { at: 'teams' });
    await watched.keep('users', much, { at: 1 });
    const refusals = await watched.destination.close();
    expect([...refusals.keys()]).toEqual(['users']);
    expect(await queryDuckDb(watched.path, 'SELECT stream, state FROM _manifold.state')).toEqual([
      { stream: 'teams', state: '{"at":"teams"}' },
    ]);
  });
});
