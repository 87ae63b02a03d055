import { execFileSync } from 'node:child_process';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckDb } from '../../../../engine/destinations/duckdb/duckdb-database.ts';
import { hasDuckDb } from '../../../kit/duckdb.ts';

const it = hasDuckDb ? test : test.skip;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'open-file-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Another program writes to the file. */
function change(path: string, sql: string): void {
  const code = `const { DuckDBInstance } = require('@duckdb/node-api');
    DuckDBInstance.create(${JSON.stringify(path)}).then((instance) => instance.connect())
      .then((connection) => connection.run(${JSON.stringify(sql)}));`;
  execFileSync(process.execPath, ['-e', code], { stdio: ['ignore', 'inherit', 'inherit'] });
}

it('others can open the file after each transaction, and what they change is seen by the next', async () => {
  const path = join(folder, 'between.duckdb');
  const database = await openDuckDb(path);
  await database.transaction((session) => session.run('CREATE TABLE kept (a INT)'));
  change(path, 'INSERT INTO kept VALUES (1)');
  const broken = database.transaction(async (session) => {
    await session.run('INSERT INTO kept VALUES (2)');
    await session.run('SELECT nothing');
  });
  await expect(broken).rejects.toThrow('nothing');
  change(path, 'INSERT INTO kept VALUES (3)');
  const rows = await database.transaction((session) => session.rows('SELECT a FROM kept ORDER BY a'));
  expect(rows).toEqual([{ a: 1 }, { a: 3 }]);
  change(path, 'DROP TABLE kept');
  await database.close();
});

it('a file that is not there is made by the first transaction', async () => {
  const path = join(folder, 'new.duckdb');
  const database = await openDuckDb(path);
  expect(database.isNew).toBe(true);
  await expect(access(path)).rejects.toThrow();
  await database.transaction((session) => session.run('CREATE TABLE kept (a INT)'));
  await database.close();
  const again = await openDuckDb(path);
  expect(again.isNew).toBe(false);
  await again.close();
});

it('what did not fit into memory goes with the last transaction', async () => {
  const path = join(folder, 'large.duckdb');
  const database = await openDuckDb(path);
  await database.transaction(async (session) => {
    await session.run(
      'CREATE TEMP TABLE large AS SELECT hash(range) AS a, md5(range::VARCHAR) AS b FROM range(4000000)',
    );
    await access(`${path}.tmp`);
  });
  await database.close();
  await expect(access(`${path}.tmp`)).rejects.toThrow();
});
