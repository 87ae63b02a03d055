import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ConnectorError } from '../error/connector-error.ts';
import { writing } from '../error/writing.ts';
import { afterAbort } from '../util/flow/after-abort.ts';
import { type Destination, type DestinationOptions, noRefusals } from './destination.ts';
import { openJsonLines } from './folder/json-lines.ts';
import { isThere } from './is-there.ts';
import { lockFile } from './lock.ts';
import type { TableOptions } from './tables/table-destination.ts';

export type OpenOptions = DestinationOptions &
  Omit<TableOptions, 'spoolFolder' | 'giveUp'> & {
    /** Of the files in a folder. */
    readonly format?: 'jsonl' | 'parquet' | undefined;
  };

export type DestinationKind = 'duckdb' | 'postgres' | 'folder';

/** What a place that a person names is: by its scheme or its ending. Throws ConnectorError (config_error) for others. */
export function destinationKind(to: string): DestinationKind {
  if (/^postgres(ql)?:\/\//i.test(to)) return 'postgres';
  if (/\.(duckdb|ddb)$/i.test(to)) return 'duckdb';
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(to)?.[1];
  if (scheme !== undefined || /\.(db|sqlite3?|parquet|jsonl|csv)$/i.test(to))
    throw new ConnectorError(
      `Nothing is known of writing to ${scheme === undefined ? to : `${scheme}://`}. --to takes a file that ends with .duckdb, a postgres:// address, or a folder (of JSON lines, or with --format parquet of Parquet files).`,
      { kind: 'config_error' },
    );
  return 'folder';
}

/** Opens the place that records go to, and keeps other syncs away from it. Throws ConnectorError (config_error). */
export async function openDestination(to: string, options: OpenOptions): Promise<Destination> {
  const kind = destinationKind(to);
  if (kind === 'folder' && options.nested !== undefined && options.nested !== 'json')
    throw new ConnectorError(
      `--nested ${options.nested} is for databases; files keep objects and lists as they are. Give --to a file that ends with .duckdb, or a postgres:// address.`,
      { kind: 'config_error' },
    );
  if (options.dryRun === true && kind !== 'postgres' && !(await isThere(to))) return nothingYet;
  switch (kind) {
    case 'duckdb':
      return openDuckDbFile(to, options);
    case 'postgres': {
      const { openPostgresDestination } = await import('./postgres/postgres-destination.ts');
      return openPostgresDestination(to, options);
    }
    case 'folder':
      if (options.format !== 'parquet') return openJsonLines(to, options);
      return (await import('./folder/parquet.ts')).openParquet(to, options);
  }
}

/** Milliseconds that a sync which was told to stop has for it; its process has two seconds to end. */
const timeForLastCommit = 1200;

const nothing = async () => {};

/** What a place holds that is not there. */
const nothingYet: Destination = {
  states: new Map(),
  startsOver: [],
  holds: [],
  open: nothing,
  write: nothing,
  writeLines: nothing,
  checkpoint: nothing,
  complete: nothing,
  close: async () => noRefusals,
};

async function openDuckDbFile(path: string, options: OpenOptions): Promise<Destination> {
  if ((await stat(path).catch(() => undefined))?.isDirectory() === true)
    throw new ConnectorError(`${path} is a folder; a DuckDB file is expected there.`, {
      kind: 'config_error',
    });
  const { openDuckDb } = await import('./duckdb/duckdb-database.ts');
  const { createTableDestination } = await import('./tables/table-destination.ts');
  await writing(`The folder of ${path}`, () => mkdir(dirname(path), { recursive: true }));
  const unlock = await lockFile(`${path}.lock`, path);
  try {
    const giveUp = afterAbort(options.signal, timeForLastCommit);
    const database = await openDuckDb(path, giveUp);
    const closing = {
      ...database,
      async close() {
        await database.close();
        await unlock();
      },
    };
    return await createTableDestination(closing, { ...options, giveUp, spoolFolder: `${path}.spool` });
  } catch (error) {
    await unlock();
    throw error;
  }
}
