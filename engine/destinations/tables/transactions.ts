import { rm } from 'node:fs/promises';
import type { Log } from '../../contract/scope.ts';
import type { Clock } from '../../time/clock.ts';
import { type Refusals, RefusedRecords } from '../destination.ts';
import type { Identity } from '../identity.ts';
import { createOwnTables, saveSync } from './bookkeeping.ts';
import { type Database, StatementError } from './database.ts';
import { quoteText } from './dialect.ts';
import type { StreamTable, Taken } from './stream-table.ts';
import { addChange, finishChange, type TableChange } from './table-change.ts';
import { toldChanges } from './told-changes.ts';

export interface TransactionsOptions {
  readonly database: Database;
  /** By the names of streams. There may come more. */
  readonly tables: ReadonlyMap<string, StreamTable>;
  readonly syncId: string;
  readonly identity: Identity;
  readonly deletes: 'remove' | 'keep';
  /** The column that says when a row was deleted. */
  readonly deletedAt: string;
  readonly log: Log;
  readonly clock: Clock;
}

export type Status = 'running' | 'ended' | 'stopped';

/** What a transaction writes down about the sync, once all changes are in it. */
export interface Covered {
  readonly status: Status;
  /** How many came so far. */
  readonly records: number;
}

export interface Transactions {
  /**
   * Commits changes, without the streams that the database does not take. Takes out of `open` what is done; what is
   * left in it when this throws was not committed. `more` brings further changes while the transaction is open, until there
   * are none: they are added to `open`.
   */
  commit(open: Set<Taken>, more: More, covered: () => Covered): Promise<void>;
  /** What was written down last; undefined before anything was committed. */
  saved(): Status | undefined;
  /** Why the database does not take a stream, the first time that it is asked for. */
  refusalOf(stream: string): RefusedRecords | undefined;
  /** Those that nobody has asked for. */
  refusals(): Refusals;
}

export type More = () => Promise<readonly Taken[] | undefined>;

const noMore: More = async () => undefined;

/** What the database does not take, and which stream is to blame where that is known; nothing is kept then. */
interface Refused {
  readonly stream: string | undefined;
  readonly error: StatementError;
}

export function createTransactions(options: TransactionsOptions): Transactions {
  const { database, tables, syncId, identity, deletes, deletedAt, log, clock } = options;
  const { dialect, dataset } = database;
  const startedAt = moment(clock.now());
  /** Streams that were refused, and nobody knows yet. */
  const untold = new Map<string, RefusedRecords>();
  let saved: Status | undefined;

  /** The database took each statement, and then not all of them together: whose fault that is comes out one by one. */
  async function commitApart(open: Set<Taken>, covered: () => Covered): Promise<void> {
    for (const stream of new Set([...open].map(({ change }) => change.stream))) {
      const mine = new Set([...open].filter(({ change }) => change.stream === stream));
      const refused = await transaction(mine, noMore, covered);
      if (refused === undefined) await keep(open, mine);
      else await refuse(open, stream, refused.error);
    }
    // The sync's own row, where that was the last stream and it was refused.
    await transaction(new Set(), noMore, covered);
  }

  async function keep(open: Set<Taken>, kept: Iterable<Taken>): Promise<void> {
    for (const taken of [...kept]) {
      open.delete(taken);
      for (const text of toldChanges(dialect, taken.change, deletedAt)) log('INFO', text);
      await removeFiles(taken);
    }
  }

  async function refuse(open: Set<Taken>, stream: string, error: StatementError): Promise<void> {
    tables.get(stream)?.refuse();
    const { message, kind, cause } = error;
    untold.set(stream, new RefusedRecords(message, { kind, cause }));
    for (const taken of [...open]) {
      if (taken.change.stream !== stream) continue;
      open.delete(taken);
      await removeFiles(taken);
    }
  }

  async function transaction(
    all: Set<Taken>,
    more: More,
    covered: () => Covered,
  ): Promise<Refused | undefined> {
    const at = moment(clock.now());
    const commitOptions = { deletes, syncedAt: startedAt, now: at };
    /** The stream whose turn it is. */
    let applying: string | undefined;
    let isApplied = false;
    try {
      saved = await database.transaction(async (session) => {
        applying = undefined;
        isApplied = false;
        if (saved === undefined)
          for (const statement of createOwnTables(database)) await session.run(statement);
        const last = new Map<string, TableChange>();
        /** Also what a first attempt has added, where this is the second one. */
        let next: readonly Taken[] | undefined = [...all];
        while (next !== undefined) {
          for (const taken of next) all.add(taken);
          for (const { change } of next) {
            applying = change.stream;
            await addChange(database, session, change, commitOptions);
            last.set(change.stream, change);
          }
          applying = undefined;
          next = await more();
        }
        for (const [stream, change] of last) {
          applying = stream;
          await finishChange(database, session, change, commitOptions);
        }
        applying = undefined;
        const { status, records } = covered();
        // Rows of streams that did not come to their end.
        const isLast = status !== 'running';
        const abandoned = isLast ? [...tables.values()].flatMap((table) => table.abandoned()) : [];
        for (const name of abandoned) await session.run(`DROP TABLE IF EXISTS ${dialect.table(name)}`);
        const sync = { id: syncId, identity, startedAt, endedAt: at, records, status };
        for (const statement of saveSync(dataset, sync)) await session.run(statement);
        isApplied = true;
        return status;
      });
      return undefined;
    } catch (error) {
      const isOfStreams = applying !== undefined || (isApplied && all.size > 0);
      if (!isOfStreams || !(error instanceof StatementError)) throw error;
      const streams = new Set([...all].map(({ change }) => change.stream));
      const [only] = streams.size === 1 ? streams : [];
      return { stream: applying ?? only, error };
    }
  }

  return {
    async commit(open, more, covered) {
      let refused = await transaction(open, more, covered);
      while (refused !== undefined) {
        // Nothing was kept: the others go without it.
        if (refused.stream === undefined) return commitApart(open, covered);
        await refuse(open, refused.stream, refused.error);
        refused = await transaction(open, noMore, covered);
      }
      await keep(open, open);
    },
    saved: () => saved,
    refusalOf(stream) {
      const refusal = untold.get(stream);
      untold.delete(stream);
      return refusal;
    },
    refusals: () => untold,
  };
}

async function removeFiles({ change }: Taken): Promise<void> {
  const files = change.parts.flatMap((part) => part.files);
  await Promise.all(files.map(({ path }) => rm(path, { force: true })));
}

/** SQL of a moment. */
function moment(milliseconds: number): string {
  return `CAST(${quoteText(new Date(milliseconds).toISOString())} AS TIMESTAMPTZ)`;
}
