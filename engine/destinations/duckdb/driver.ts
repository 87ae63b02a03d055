import { ConnectorError } from '../../error/connector-error.ts';
import { findPackage } from '../../util/find-package.ts';
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
  /** Ends the statement that runs, with an error. */
  interrupt(): void;
  closeSync(): void;
}

const packageName = '@duckdb/node-api';

export function findDuckDb(): Promise<DuckDb | undefined> {
  return findPackage(packageName);
}

/** Throws ConnectorError (config_error) that says how to install it. */
export async function loadDuckDb(path: string): Promise<DuckDb> {
  const found = await findDuckDb();
  if (found !== undefined) return found;
  throw new ConnectorError(
    `${path} is a DuckDB file, and DuckDB is not installed here. Add it with "npm install ${packageName}" (70 MB), or write JSON lines into a folder: --to out`,
    { kind: 'config_error' },
  );
}
