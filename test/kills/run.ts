/** `npm run kills -- --to PLACE [--times 100]`: kills syncs into a DuckDB file or a PostgreSQL schema at random moments. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { readAddress } from '../../engine/destinations/postgres/read-address.ts';
import { queryDuckDb } from '../kit/duckdb.ts';
import { killSyncs, type Row, rowsQuery } from './kill-syncs.ts';

const { values } = parseArgs({
  options: { to: { type: 'string' }, times: { type: 'string', default: '100' } },
});
const { to = 'out/kills.duckdb' } = values;

async function rows(stream: string): Promise<readonly Row[]> {
  if (!to.startsWith('postgres')) return (await queryDuckDb(to, rowsQuery(stream))) as unknown as Row[];
  const { connectionString, schema } = readAddress(to);
  const client = new Client({ connectionString });
  await client.connect();
  await client.query(`SET search_path TO "${schema}"`);
  const result = await client.query<Row>(rowsQuery(stream));
  await client.end();
  return result.rows;
}

// dist/test/kills/run.js
const manifold = join(dirname(fileURLToPath(import.meta.url)), '../../bin/manifold.js');
const differing = await killSyncs({
  manifold,
  to,
  times: Number(values.times),
  rows,
  say: (text) => void process.stdout.write(text),
});
process.stdout.write(
  differing.length === 0 ? 'Nothing differs.\n' : `These differ: ${differing.join(', ')}.\n`,
);
process.exitCode = differing.length === 0 ? 0 : 1;
