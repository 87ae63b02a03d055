import type { JsonObject, JsonSchema } from '../../util/json/json.ts';
import type { Column, Columns } from '../columns/columns.ts';
import type { Part } from '../nested/split-records.ts';
import type { Spool, SpooledFile } from '../spool/spool.ts';
import type { StoredStream } from './bookkeeping.ts';
import type { Dialect } from './dialect.ts';
import type { KeyPart } from './merge.ts';

/** A table on its way: that of a stream, or of the lists in its records. */
export interface TablePart extends Part {
  readonly table: string;
  readonly columns: Columns;
  readonly spool: Spool;
  /** Where it has the key of the records. */
  readonly key: readonly KeyPart[];
  /** The columns of the table that readers see, and of the one that gathers what will replace it; undefined where there is none. */
  seen: readonly Column[] | undefined;
  gathered: readonly Column[] | undefined;
  /** Of commits that failed. */
  files: readonly SpooledFile[];
}

/** Lines for tables. */
export type Rows = Iterable<readonly [TablePart, Uint8Array]>;

/** How many records came, and what becomes of them. */
export interface RowsOfRecords {
  readonly records: number;
  readonly rows: Rows;
}

/** The tables that the records of a stream become. */
export interface StreamRows {
  /** The stream's own first. There may come more. */
  readonly parts: readonly TablePart[];
  /** Whether lists have tables of their own. */
  readonly isSplit: boolean;
  /** The lines of records for each table. `lines` are those in which they came. */
  take(records: readonly JsonObject[], lines?: Uint8Array): Rows;
  /** The same of records that came as lines of JSON; undefined where they have to be looked into. */
  takeLines(lines: Uint8Array): RowsOfRecords | undefined;
}

export interface StreamRowsOptions {
  readonly stream: string;
  readonly table: string;
  /** Of a stream that was there. */
  readonly stored: StoredStream | undefined;
  /** Undefined where the tables stay as they are. */
  readonly schema: JsonSchema | undefined;
  readonly key: readonly (readonly string[])[] | undefined;
  /** Fields whose columns are called otherwise. */
  readonly named: ReadonlyMap<string, string>;
  /** Names of columns that are not made of fields. */
  readonly reserved: readonly string[];
  readonly keeps: (field: string) => boolean;
  readonly nested: 'json' | 'struct' | 'tables';
  readonly dialect: Dialect;
  /** No other sync has or will have it. */
  readonly syncId: string;
  /** A name for a table, which nobody has yet. */
  freeTable(wanted: string): string;
  /** `part` tells it apart from those of the stream's other tables. */
  createSpool(part: number): Spool;
}

/** Of a table that nothing has come for yet. */
export const emptyPart = { whole: new Set<string>(), gathered: undefined, files: [] };
