import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { hasDuckDb, queryDuckDb } from '../kit/duckdb.ts';
import { hasPostgres, startPostgres } from '../kit/postgres.ts';
import { killSyncs, type Row, rowsQuery } from './kill-syncs.ts';

// A sample; `npm run kills` does it a hundred times.
const times = 2;
const sizes = { contacts: 20, conversations: 5 };
const manifold = resolve('dist/bin/manifold.js');

(hasDuckDb ? test : test.skip)('a DuckDB file holds the workspace after syncs that were killed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'manifold-kills-'));
  const to = join(folder, 'x.duckdb');
  const rows = async (stream: string) => (await queryDuckDb(to, rowsQuery(stream))) as unknown as Row[];
  expect(await killSyncs({ manifold, to, times, sizes, rows })).toEqual([]);
  await rm(folder, { recursive: true });
});

(hasPostgres ? test : test.skip)('so does PostgreSQL', async () => {
  const server = await startPostgres();
  const client = new Client({ connectionString: server.address });
  await client.connect();
  const rows = async (stream: string) => (await client.query<Row>(rowsQuery(stream))).rows;
  try {
    expect(await killSyncs({ manifold, to: server.address, times, sizes, rows })).toEqual([]);
  } finally {
    await client.end();
    await server.stop();
  }
});
