import { createRequire } from 'node:module';
import { join } from 'node:path';
import { findDuckDb } from '../../engine/destinations/duckdb/driver.ts';
import { tryTo } from '../../engine/util/flow/try-to.ts';

/** Whether DuckDB could be installed here. */
export const hasDuckDb =
  tryTo(() => createRequire(join(process.cwd(), 'index.js')).resolve('@duckdb/node-api')) !== undefined;

/** The rows of a query, as JSON. */
export async function queryDuckDb(path: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const duckDb = await findDuckDb();
  if (duckDb === undefined) throw new Error('DuckDB is not installed.');
  const instance = await duckDb.DuckDBInstance.create(path, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRowObjectsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
