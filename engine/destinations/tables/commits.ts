import { rm } from 'node:fs/promises';
import type { Log } from '../../contract/scope.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { systemClock } from '../../time/clock.ts';
import { type Refusals, RefusedRecords } from '../destination.ts';
import type { Identity } from '../identity.ts';
import { createOwnTables, saveSync } from './bookkeeping.ts';
import { Busy, type Database, StatementError } from './database.ts';
import { quoteText } from './dialect.ts';
import type { StreamTable, Taken } from './stream-table.ts';
import { applyChange } from './table-change.ts';
import { toldChanges } from './told-changes.ts';

export interface CommitsOptions {
  readonly database: Database;
  /** By the names of streams. There may come more. */
  readonly tables: ReadonlyMap<string, StreamTable>;
  readonly syncId: string;
  readonly identity: Identity;
  readonly deletes: 'remove' | 'keep';
  /** The column that says when a row was deleted. */
  readonly deletedAt: string;
  /** Milliseconds between commits, unless much is waiting; 0 commits every state. */
  readonly every: number;
  readonly log: Log;
  readonly signal: AbortSignal | undefined;
  /** Aborts when a sync that was told to stop has no more time. */
  readonly giveUp: AbortSignal | undefined;
}

/** Brings what waits into the database, while the connector goes on reading. */
export interface Commits {
  /** So many records came. */
  count(records: number): void;
  /** Commits when it is time, and lets the reading wait where it is far ahead. Throws what kept an earlier one. */
  whenDue(): Promise<void>;
  /** The last one; a database that another program has is waited for. Not made where `isWanted` is false. */
  finish(isWanted: boolean): Promise<void>;
  /** Throws what kept a commit. */
  check(): void;
  /** Why the database does not take a stream, the first time that it is asked for. */
  refusalOf(stream: string): RefusedRecords | undefined;
  /** Those that nobody has asked for. */
  refusals(): Refusals;
}

/**
 * Bytes that are committed before their time; the first ones sooner, so that not all is left for the end. DuckDB stores rows in
 * groups of 122,880 and writes each anew as long as it grows, so that many small commits cost more than few large ones.
 */
const commitSize = 256 * 1024 * 1024;
const firstCommitSize = 128 * 1024 * 1024;

/** Milliseconds between two attempts at a database that another program has. */
const busyPause = 500;
/** How long the end of a sync waits for it. */
const busyLimit = 10 * 60_000;

const notKept =
  'The sync was told to stop, and there was no time to keep what was read last: it comes again with the next sync.';

export function createCommits(options: CommitsOptions): Commits {
  const { database, tables, syncId, identity, deletes, deletedAt, every, log, signal, giveUp } = options;
  const { dialect, dataset } = database;
  const { now } = systemClock;
  const startedAt = moment(now());
  /** Streams that were refused, and nobody knows yet. */
  const untold = new Map<string, RefusedRecords>();
  let records = 0;
  let hasStarted = false;
  let committing: Promise<void> | undefined;
  let failure: unknown;
  let committedAt = now();
  let saidBusy = false;

  async function commit(status: string): Promise<void> {
    /** Of which nobody knows yet how it goes. */
    const open = new Set<Taken>();
    for (const table of tables.values()) if (table.isPending()) open.add(await table.take());
    try {
      await commitTogether(open, status);
    } catch (error) {
      for (const one of open) one.settle(false);
      if (!(error instanceof Busy)) throw error;
      if (!saidBusy) log('WARN', `${error.message} What is read waits until that has ended.`);
      saidBusy = true;
    } finally {
      committedAt = now();
    }
  }

  /** In one transaction, without the streams that the database does not take. Takes out of `open` what is done. */
  async function commitTogether(open: Set<Taken>, status: string): Promise<void> {
    for (;;) {
      const refused = await transaction([...open], status);
      if (refused === undefined) return keep(open);
      // Nothing was kept: the others go without it.
      if (refused.taken !== undefined) await refuse(open, refused.taken, refused.error);
      else return commitApart(open, status);
    }
  }

  /** The database took each statement, and then not all of them together: whose fault that is comes out one by one. */
  async function commitApart(open: Set<Taken>, status: string): Promise<void> {
    for (const taken of [...open]) {
      const refused = await transaction([taken], status);
      if (refused === undefined) await keep(open, [taken]);
      else await refuse(open, taken, refused.error);
    }
    // The sync's own row, where that was the last stream and it was refused.
    await transaction([], status);
  }

  async function keep(open: Set<Taken>, kept = [...open]): Promise<void> {
    hasStarted = true;
    for (const taken of kept) {
      open.delete(taken);
      taken.settle(true);
      for (const text of toldChanges(dialect, taken.change, deletedAt)) log('INFO', text);
      await removeFiles(taken);
    }
  }

  async function refuse(open: Set<Taken>, taken: Taken, error: StatementError): Promise<void> {
    open.delete(taken);
    const { stream } = taken.change;
    tables.get(stream)?.refuse();
    const { message, kind, cause } = error;
    untold.set(stream, new RefusedRecords(message, { kind, cause }));
    await removeFiles(taken);
  }

  /** What the database does not take, and which stream is to blame where that is known; nothing is kept then. */
  async function transaction(
    all: readonly Taken[],
    status: string,
  ): Promise<{ readonly taken: Taken | undefined; readonly error: StatementError } | undefined> {
    const at = moment(now());
    let applying: Taken | undefined;
    let isApplied = false;
    try {
      await database.transaction(async (session) => {
        applying = undefined;
        isApplied = false;
        if (!hasStarted) for (const statement of createOwnTables(database)) await session.run(statement);
        for (const taken of all) {
          applying = taken;
          await applyChange(database, session, taken.change, { deletes, syncedAt: startedAt, now: at });
        }
        applying = undefined;
        // Rows of streams that did not come to their end.
        const isLast = status !== 'running';
        const abandoned = isLast ? [...tables.values()].flatMap((table) => table.abandoned()) : [];
        for (const name of abandoned) await session.run(`DROP TABLE IF EXISTS ${dialect.table(name)}`);
        const sync = { id: syncId, identity, startedAt, endedAt: at, records, status };
        for (const statement of saveSync(dataset, sync)) await session.run(statement);
        isApplied = true;
      });
      return undefined;
    } catch (error) {
      const isOfStreams = applying !== undefined || (isApplied && all.length > 0);
      if (!isOfStreams || !(error instanceof StatementError)) throw error;
      return { taken: applying ?? (all.length === 1 ? all[0] : undefined), error };
    }
  }

  function start(status = 'running'): Promise<void> {
    committing ??= commit(status)
      .catch((error) => {
        if (giveUp?.aborted === true) log('WARN', notKept);
        else failure ??= error;
      })
      .finally(() => {
        committing = undefined;
      });
    return committing;
  }

  function check(): void {
    if (failure !== undefined) throw failure;
  }

  async function commitLast(): Promise<void> {
    const status = signal?.aborted === true ? 'stopped' : 'ended';
    const hasNews = () => !hasStarted || [...tables.values()].some((table) => table.isPending());
    const until = now() + busyLimit;
    do {
      await start(status);
      check();
      if (!hasNews() || giveUp?.aborted === true) return;
      await systemClock.sleep(busyPause);
    } while (now() < until && signal?.aborted !== true);
    throw new ConnectorError(
      `${database.name} is open in another program, so what was read last could not be kept: it comes again with the next sync. Close the other program first.`,
      { kind: 'config_error' },
    );
  }

  return {
    count(more) {
      records += more;
    },
    async whenDue() {
      const size = [...tables.values()].reduce((sum, table) => sum + table.waitingSize(), 0);
      // A clock that was set back would keep it from being due for as long.
      const enough = hasStarted ? commitSize : firstCommitSize;
      if (size < enough && Math.abs(now() - committedAt) < every) return;
      const done = start();
      if (every === 0 || size > 2 * commitSize) await done;
      check();
    },
    async finish(isWanted) {
      await committing;
      if (isWanted && failure === undefined && giveUp?.aborted !== true) await commitLast();
    },
    check,
    refusalOf(stream) {
      const refusal = untold.get(stream);
      untold.delete(stream);
      return refusal;
    },
    refusals: () => untold,
  };
}

async function removeFiles({ change }: Taken): Promise<void> {
  for (const { files } of change.parts) for (const { path } of files) await rm(path, { force: true });
}

/** SQL of a moment. */
function moment(milliseconds: number): string {
  return `CAST(${quoteText(new Date(milliseconds).toISOString())} AS TIMESTAMPTZ)`;
}
