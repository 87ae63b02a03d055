import type { StreamState } from '../../contract/families.ts';
import type { JsonObject } from '../../util/json/json.ts';
import type { StreamRows, TablePart } from './stream-rows.ts';
import { gatheringName, type PartChange, type TableChange } from './table-change.ts';

/** A stream on its way into its tables. */
export interface StreamTable {
  readonly rows: StreamRows;
  /** What it was read up to, and its rows with it. */
  cover(state: StreamState | undefined): Promise<void>;
  /** Its rows are all there. */
  complete(): Promise<void>;
  /** Its rows replace those that readers see, once they are all there. */
  readonly replaces: boolean;
  /** Nothing more of it is taken, and what is waiting goes. */
  refuse(): void;
  isRefused(): boolean;
  /** Tables with its rows that nobody will see. */
  abandoned(): readonly string[];
  /** Bytes that could be committed. */
  waitingSize(): number;
  /** Whether there is something to commit. */
  isPending(): boolean;
  /** What to commit now. What is taken next builds on it. */
  take(): Promise<Taken>;
}

export interface Taken {
  readonly change: TableChange;
  /** It was not committed, and is in the next change again. Of several, those that were taken last go first. */
  giveBack(): void;
}

export interface StreamTableOptions {
  readonly stream: string;
  readonly start: JsonObject;
  /** As it is kept with the state. */
  readonly key: string;
  readonly mode: 'merge' | 'replace';
  /** Tables of it in another form, which go when its rows are all there. */
  readonly former: readonly string[];
  readonly deletedAt: string | undefined;
  readonly rows: StreamRows;
}

export function createStreamTable(options: StreamTableOptions): StreamTable {
  const { stream, start, key, mode, former, deletedAt, rows } = options;
  let state: StreamState | undefined;
  let isComplete = false;
  let hasNews = false;
  let isRefused = false;

  /** All parts at the same time, before anything is waited for: a commit that begins meanwhile takes all of it or nothing. */
  async function coverParts(): Promise<void> {
    await Promise.all(rows.parts.map(({ spool }) => spool.cover()));
  }

  function waitingSize(): number {
    return isRefused ? 0 : rows.parts.reduce((sum, { spool }) => sum + spool.coveredSize(), 0);
  }

  async function takePart(part: TablePart): Promise<PartChange> {
    const { path, table, seen, gathered, key } = part;
    const columns = part.columns.current();
    const files = [...part.files, ...(await part.spool.take())];
    part.files = [];
    return { path, table, seen, gathered, key, columns, files };
  }

  return {
    rows,
    replaces: mode === 'replace',
    refuse() {
      isRefused = true;
    },
    isRefused: () => isRefused,
    abandoned: () =>
      isComplete && !isRefused
        ? []
        : rows.parts
            .filter(({ gathered }) => gathered !== undefined)
            .map(({ table }) => gatheringName(table)),
    async cover(reached) {
      await coverParts();
      state = reached ?? state;
      // The state of rows that readers do not see yet waits with them.
      if (mode === 'merge' || waitingSize() > 0) hasNews = true;
    },
    async complete() {
      await coverParts();
      isComplete = true;
      hasNews = true;
    },
    waitingSize,
    isPending: () => hasNews && !isRefused,
    async take() {
      hasNews = false;
      const covered = { state, isComplete };
      const isSwap = mode === 'replace' && covered.isComplete;
      const parts = [...rows.parts];
      const [own, ...lists] = await Promise.all(parts.map(takePart));
      if (own === undefined) throw new Error(`${stream} has no table.`);
      const change: TableChange = {
        stream,
        parts: [own, ...lists],
        isSplit: rows.isSplit,
        start,
        key,
        deletedAt: own.columns.some(({ name }) => name === deletedAt) ? deletedAt : undefined,
        ...(mode === 'replace' && { gathering: { isComplete: covered.isComplete, former } }),
        state: mode === 'merge' || isSwap ? covered.state : undefined,
      };
      for (const [index, { columns }] of change.parts.entries()) {
        const part = parts[index];
        if (part === undefined) continue;
        part.columns.stored(columns);
        if (mode === 'merge' || isSwap) part.seen = columns;
        if (mode === 'replace') part.gathered = columns;
      }
      return {
        change,
        giveBack() {
          hasNews = true;
          for (const [index, { seen, gathered, files }] of change.parts.entries()) {
            const part = parts[index];
            if (part === undefined) continue;
            part.files = [...files, ...part.files];
            part.seen = seen;
            part.gathered = gathered;
          }
        },
      };
    },
  };
}
