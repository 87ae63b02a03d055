import { ConnectorError } from '../../error/connector-error.ts';
import type { JsonObject } from '../../util/json/json.ts';
import type { Column } from '../columns/columns.ts';
import type { SpooledFile } from '../spool/spool.ts';
import type { Dialect } from './dialect.ts';
import type { NewRows } from './merge.ts';

/** A database as the table destination needs it. */
export interface Database {
  /** For people: the path of a file, or host and name, without secrets. */
  readonly name: string;
  /** Whose tables these are, where a database has several places for tables. */
  readonly dataset: string;
  readonly dialect: Dialect;
  /** There is nothing in it, and the first transaction makes it. */
  readonly isNew: boolean;
  /** Rows are loaded into an open transaction while more of them are read, so that less is left to do at its end. */
  readonly loadsEarly: boolean;
  /** All of it happens, or nothing. Throws Busy when another program has the database just now. */
  transaction<T>(work: (session: Session) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Its calls throw StatementError for what is the fault of the tables or rows that they name. */
export interface Session {
  run(sql: string): Promise<void>;
  rows(sql: string): Promise<readonly JsonObject[]>;
  /** Makes a temporary table `name` of JSON-lines files: these columns, and `_manifold_n`, which counts the lines. */
  load(name: string, files: readonly SpooledFile[], columns: readonly Column[]): Promise<void>;
  /**
   * Adds the rows of JSON-lines files to a table without a temporary one, which is faster. Former rows with their keys are still
   * there then, until `removeFormer`. False, and nothing is done, where that is not possible.
   */
  append?(rows: DirectRows, files: readonly SpooledFile[]): Promise<boolean>;
  /** Of each key that `append` has brought into the table in this transaction only the last row stays. */
  removeFormer?(target: string): Promise<void>;
}

/** New rows for a table; none of them says that it was deleted. */
export interface DirectRows extends Omit<NewRows, 'staging'> {
  /** The value of `_synced_at`, as SQL. */
  readonly syncedAt: string;
}

/** A statement failed for the rows or tables that it is about: those of other streams may go well. */
export class StatementError extends ConnectorError {}

/** What to do where a table does not take its rows for no known reason. */
export const changedByHand =
  ' Where somebody has changed the table, change it back, or drop it: it is made anew then, and its stream read from the beginning.';

/** Another program has the database just now; later it may have gone. */
export class Busy extends Error {}
