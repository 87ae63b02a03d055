import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Destination } from '../../../../engine/destinations/destination.ts';
import { openDuckDb } from '../../../../engine/destinations/duckdb/duckdb-database.ts';
import { createTableDestination } from '../../../../engine/destinations/tables/table-destination.ts';
import { hasDuckDb, queryDuckDb } from '../../../kit/duckdb.ts';

const it = hasDuckDb ? test : test.skip;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'giving-up-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('ends a statement that runs, and keeps nothing of its transaction', async () => {
  const giveUp = new AbortController();
  const path = join(folder, 'statement.duckdb');
  const database = await openDuckDb(path, giveUp.signal);
  const ended = database.transaction(async (session) => {
    await session.run('CREATE TABLE kept (a INT)');
    setImmediate(() => giveUp.abort());
    // Hours of work.
    await session.run('SELECT count(*) FROM range(100000000) a, range(100000000) b');
  });
  await expect(ended).rejects.toThrow(/interrupt/i);
  await expect(queryDuckDb(path, 'SELECT * FROM kept')).rejects.toThrow('does not exist');
});

it('leaves rows and state as they were committed last', async () => {
  const path = join(folder, 'state.duckdb');
  const logs: string[] = [];
  async function open(giveUp?: AbortSignal): Promise<Destination> {
    const destination = await createTableDestination(await openDuckDb(path, giveUp), {
      identity: { connector: 'shop', config: 'a', start: {} },
      log: (_level, message) => void logs.push(message),
      giveUp,
      spoolFolder: `${path}.spool`,
    });
    await destination.open('users', { schema: {}, key: [['id']], mode: 'merge' });
    return destination;
  }
  const first = await open();
  await first.write('users', [{ id: 1 }]);
  await first.checkpoint('users', { at: 1 });
  await first.close();

  const giveUp = new AbortController();
  const stopped = await open(giveUp.signal);
  await stopped.write('users', [{ id: 2 }]);
  giveUp.abort();
  await stopped.checkpoint('users', { at: 2 });
  await stopped.close();

  const next = await open();
  expect(next.states.get('users')).toEqual({ at: 1 });
  await next.close();
  expect(await queryDuckDb(path, 'SELECT id FROM users')).toEqual([{ id: '1' }]);
});
