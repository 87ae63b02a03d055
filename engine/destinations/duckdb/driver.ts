import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConnectorError } from '../../error/connector-error.ts';
import { tryTo } from '../../util/flow/try-to.ts';
import type { JsonObject } from '../../util/json/json.ts';

/**
 * What is used of `@duckdb/node-api`. It holds 70 MB of DuckDB, so it is not installed with this package; its own types
 * would not be there either.
 */
export interface DuckDb {
  readonly DuckDBInstance: {
    create(path: string, options?: Readonly<Record<string, string>>): Promise<DuckDbInstance>;
  };
}

export interface DuckDbInstance {
  connect(): Promise<DuckDbConnection>;
  closeSync(): void;
}

export interface DuckDbConnection {
  run(sql: string): Promise<unknown>;
  runAndReadAll(sql: string): Promise<{ getRowObjectsJson(): readonly JsonObject[] }>;
  closeSync(): void;
}

const packageName = '@duckdb/node-api';

/** Loads DuckDB, from beside this package or from the folder of the process; undefined where it is not installed. */
export async function findDuckDb(): Promise<DuckDb | undefined> {
  try {
    return await import(packageName);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  const path = tryTo(() => createRequire(join(process.cwd(), 'index.js')).resolve(packageName));
  return path === undefined ? undefined : import(pathToFileURL(path).href);
}

/** Throws ConnectorError (config_error) that says how to install it. */
export async function loadDuckDb(path: string): Promise<DuckDb> {
  const found = await findDuckDb();
  if (found !== undefined) return found;
  throw new ConnectorError(
    `${path} is a DuckDB file, and DuckDB is not installed here. Add it with "npm install --no-save ${packageName}" (70 MB), or write JSON lines into a folder: --to out`,
    { kind: 'config_error' },
  );
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
}
