import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { query, rowsTable } from '../../../engine/commands/query.ts';
import { openDestination } from '../../../engine/destinations/open-destination.ts';
import { hasDuckDb } from '../../kit/duckdb.ts';
import { testEnvironment } from '../../kit/environment.ts';

test('numbers stand at the right, and long values are cut', () => {
  expect(
    rowsTable([
      { name: 'Ada', n: '12345678901234567890', more: { a: [1] } },
      { name: null, n: 1.5, more: 'x'.repeat(100) },
    ]),
  ).toBe(`name                     n  more
────  ────────────────────  ────────────────────────────────────────────────────────────────────────────────
Ada   12345678901234567890  {"a":[1]}
                       1.5  ${'x'.repeat(79)}…
`);
  expect(rowsTable([])).toBe('No rows.\n');
});

test('a file that is not there is named, and what makes it', async () => {
  await expect(query('/nowhere/x.duckdb', 'select 1', {}, testEnvironment({}))).rejects.toThrow(
    'There is no file /nowhere/x.duckdb. "manifold sync --to /nowhere/x.duckdb" makes it.',
  );
});

(hasDuckDb ? test : test.skip)('prints what a statement finds, for people and for programs', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'query-'));
  const path = join(folder, 'x.duckdb');
  const identity = { connector: 'shop', config: '', start: {} };
  const destination = await openDestination(path, { identity, log: () => {} });
  await destination.open('users', { schema: {}, key: [['id']], mode: 'merge' });
  await destination.write('users', [{ id: 1, name: 'Ada' }]);
  await destination.checkpoint('users', {});
  await destination.close();
  async function printed(sql: string, json: boolean): Promise<string> {
    const environment = testEnvironment({});
    await query(path, sql, { json }, environment);
    return environment.written();
  }
  expect(await printed('select id, name from users', true)).toBe('{"id":"1","name":"Ada"}\n');
  expect(await printed('select id, name from users', false)).toBe('id  name\n──  ────\n 1  Ada\n');
  await expect(printed('delete from users', true)).rejects.toThrow(/read-only/);
  await rm(folder, { recursive: true });
});
