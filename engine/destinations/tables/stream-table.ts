import type { StreamState } from '../../contract/families.ts';
import type { JsonObject } from '../../util/json/json.ts';
import type { Column, Columns } from '../columns/columns.ts';
import type { Spool, SpooledFile } from '../spool/spool.ts';
import type { KeyPart } from './merge.ts';
import type { TableChange } from './table-change.ts';

/** A stream on its way into its table. */
export interface StreamTable {
  /** Of the table that readers see. */
  readonly name: string;
  readonly columns: Columns;
  readonly spool: Spool;
  /** What it was read up to, and its rows with it. */
  cover(state: StreamState | undefined): Promise<void>;
  /** Its rows are all there. */
  complete(): Promise<void>;
  /** Its rows replace those that readers see, once they are all there. */
  readonly replaces: boolean;
  /** Its rows gather in a table that nobody will see. */
  isAbandoned(): boolean;
  /** Whether there is something to commit. */
  isPending(): boolean;
  /** What to commit now. `settle` is told how that went; what failed is in the next change again. */
  take(): Promise<Taken>;
}

export interface Taken {
  readonly change: TableChange;
  settle(succeeded: boolean): void;
}

export interface StreamTableOptions {
  readonly stream: string;
  readonly table: string;
  readonly start: JsonObject;
  readonly seen: readonly Column[] | undefined;
  readonly mode: 'merge' | 'replace';
  readonly key: readonly KeyPart[];
  readonly deletedAt: string | undefined;
  readonly columns: Columns;
  readonly spool: Spool;
}

export function createStreamTable(options: StreamTableOptions): StreamTable {
  const { stream, table, start, mode, key, deletedAt, columns, spool } = options;
  let seen = options.seen;
  let gathered: readonly Column[] | undefined;
  let state: StreamState | undefined;
  let isComplete = false;
  let hasNews = false;
  /** Of commits that failed. */
  let files: readonly SpooledFile[] = [];

  return {
    name: table,
    columns,
    spool,
    replaces: mode === 'replace',
    isAbandoned: () => gathered !== undefined && !isComplete,
    async cover(reached) {
      await spool.cover();
      state = reached ?? state;
      // The state of rows that readers do not see yet waits with them.
      if (mode === 'merge' || spool.coveredSize() > 0) hasNews = true;
    },
    async complete() {
      await spool.cover();
      isComplete = true;
      hasNews = true;
    },
    isPending: () => hasNews,
    async take() {
      hasNews = false;
      const covered = { state, isComplete, columns: columns.current() };
      const isSwap = mode === 'replace' && covered.isComplete;
      files = [...files, ...(await spool.take())];
      const taken = files;
      const change: TableChange = {
        stream,
        table,
        start,
        key,
        deletedAt: covered.columns.some(({ name }) => name === deletedAt) ? deletedAt : undefined,
        seen,
        ...(mode === 'replace' && { gathering: { before: gathered, isComplete: covered.isComplete } }),
        columns: covered.columns,
        files: taken,
        state: mode === 'merge' || isSwap ? covered.state : undefined,
      };
      return {
        change,
        settle(succeeded) {
          if (!succeeded) {
            hasNews = true;
            return;
          }
          files = files.slice(taken.length);
          columns.stored(covered.columns);
          if (mode === 'merge' || isSwap) seen = covered.columns;
          if (mode === 'replace') gathered = covered.columns;
        },
      };
    },
  };
}
