import { ConnectorError } from '../../error/connector-error.ts';
import type { Refusals, RefusedRecords } from '../destination.ts';
import { Busy } from './database.ts';
import type { Taken } from './stream-table.ts';
import { createTransactions, type Status, type TransactionsOptions } from './transactions.ts';

export interface CommitsOptions extends TransactionsOptions {
  /** Milliseconds between commits, unless much is waiting; 0 commits every state. */
  readonly every: number;
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

const megabyte = 1024 * 1024;

/** Bytes that are committed before their time; the first ones sooner, so that not all is left for the end. */
const commitSize = 256 * megabyte;
const firstCommitSize = 128 * megabyte;

/** Bytes that are loaded before it is time for a commit, where they come fast. */
const loadSize = 8 * megabyte;

/** Bytes a millisecond that are fast. A transaction is not kept open for less: others cannot open the file meanwhile. */
const fast = (10 * megabyte) / 1000;

/** Milliseconds in which the next load has to come. */
const patience = loadSize / fast;

/** Milliseconds between two attempts at a database that another program has. */
const busyPause = 500;
/** How long the end of a sync waits for it. */
const busyLimit = 10 * 60_000;

const notKept =
  'The sync was told to stop, and there was no time to keep what was read last: it comes again with the next sync.';

export function createCommits(options: CommitsOptions): Commits {
  const { database, tables, every, log, signal, giveUp, clock } = options;
  const now = () => clock.now();
  const transactions = createTransactions(options);
  let records = 0;
  let status: Status = 'running';
  /** The status when everything that was there was taken last. */
  let takenAt: Status = status;
  let committing: Promise<void> | undefined;
  let failure: unknown;
  let committedAt = now();
  let saidBusy = false;
  /** Tells an open transaction that there is something to do. */
  let wake = () => {};

  const isPending = () => [...tables.values()].some((table) => table.isPending());
  // A clock that was set back would keep it from being due for as long.
  const isDue = () => status !== 'running' || Math.abs(now() - committedAt) >= every;

  function waitingSize(): number {
    return [...tables.values()].reduce((sum, table) => sum + table.waitingSize(), 0);
  }

  async function takeAll(): Promise<readonly Taken[]> {
    const then = status;
    const all: Taken[] = [];
    for (const table of tables.values()) if (table.isPending()) all.push(await table.take());
    takenAt = then;
    return all;
  }

  /** What an open transaction should load besides, once there is enough of it. */
  async function takeMore(open: Iterable<Taken>): Promise<readonly Taken[] | undefined> {
    if (!database.loadsEarly || takenAt !== 'running' || giveUp?.aborted === true) return undefined;
    const isFull = sizeOf(open) >= commitSize;
    const until = now() + patience;
    while (status === 'running' && waitingSize() < loadSize) {
      if (isFull || isDue() || now() >= until) return undefined;
      const news = new AbortController();
      wake = () => news.abort();
      await clock.sleep(until - now(), news.signal).catch(() => {});
    }
    return status === 'running' && (isFull || isDue()) ? undefined : takeAll();
  }

  async function commit(): Promise<void> {
    /** Of which nobody knows yet how it goes. */
    const open = new Set(await takeAll());
    try {
      await transactions.commit(
        open,
        () => takeMore(open),
        () => ({ status: takenAt, records }),
      );
    } catch (error) {
      for (const taken of [...open].reverse()) taken.giveBack();
      if (!(error instanceof Busy)) throw error;
      if (!saidBusy) log('WARN', `${error.message} What is read waits until that has ended.`);
      saidBusy = true;
    } finally {
      committedAt = now();
    }
  }

  function start(): Promise<void> {
    committing ??= commit()
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

  const isAllKept = () => transactions.saved() === status && !isPending();

  async function commitLast(): Promise<void> {
    const until = now() + busyLimit;
    do {
      await start();
      check();
      if (isAllKept() || giveUp?.aborted === true) return;
      await clock.sleep(busyPause);
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
      const size = waitingSize();
      const isFast = database.loadsEarly && size >= loadSize && size >= fast * (now() - committedAt);
      const isOpen = committing !== undefined && size >= loadSize;
      const enough = transactions.saved() === undefined ? firstCommitSize : commitSize;
      if (!isFast && !isOpen && size < enough && !isDue()) return;
      const done = start();
      wake();
      if (every === 0 || size > 2 * commitSize) await done;
      check();
    },
    async finish(isWanted) {
      if (isWanted) status = signal?.aborted === true ? 'stopped' : 'ended';
      wake();
      await committing;
      if (isWanted && failure === undefined && giveUp?.aborted !== true && !isAllKept()) await commitLast();
    },
    check,
    refusalOf: transactions.refusalOf,
    refusals: transactions.refusals,
  };
}

function sizeOf(all: Iterable<Taken>): number {
  let sum = 0;
  for (const { change } of all)
    for (const { files } of change.parts) for (const { size } of files) sum += size;
  return sum;
}
