import { mkdir, rm } from 'node:fs/promises';
import type { StreamState } from '../../contract/families.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { systemClock } from '../../time/clock.ts';
import { nodeCrypto } from '../../util/bytes/node-crypto.ts';
import type { JsonObject } from '../../util/json/json.ts';
import { quotedList } from '../../util/text/quoted-list.ts';
import { type Column, createColumns } from '../columns/columns.ts';
import { freeName } from '../columns/free-name.ts';
import { type Destination, type DestinationOptions, RefusedRecords } from '../destination.ts';
import { movedStarts, otherThan } from '../identity.ts';
import { createSpool } from '../spool/spool.ts';
import { spoolLines } from '../spool/spool-lines.ts';
import { writing } from '../writing.ts';
import { createOwnTables, readStored, type Stored, saveSync } from './bookkeeping.ts';
import { Busy, type Database } from './database.ts';
import { quoteText } from './dialect.ts';
import { reshaping } from './reshape.ts';
import { createStreamTable, type StreamTable, type Taken } from './stream-table.ts';
import { applyChange, gatheringName } from './table-change.ts';

export interface TableOptions extends DestinationOptions {
  /** A folder of its own for what waits to be committed. */
  readonly spoolFolder: string;
  /** Rows that were deleted at the source go, or stay and say when in `_deleted_at`. Default `remove`. */
  readonly deletes?: 'remove' | 'keep' | undefined;
  /** Whether tables that are there may get columns and wider types. Default `evolve`. */
  readonly schema?: 'evolve' | 'freeze' | undefined;
  /** What becomes of objects and lists: JSON, or columns with the types of what is in them. Default `json`. */
  readonly nested?: 'json' | 'struct' | undefined;
  /** Seconds between commits, unless much is waiting. Default 10; 0 commits every state. */
  readonly commitEvery?: number | undefined;
}

/** What a record says that was deleted at the source. */
const tombstone = '_ab_cdc_deleted_at';
const deletedAt = '_deleted_at';

/** Characters that are committed before their time. */
const commitSize = 24 * 1024 * 1024;

/** Milliseconds between two attempts at a database that another program has. */
const busyPause = 500;
/** How long the end of a sync waits for it. */
const busyLimit = 10 * 60_000;

/**
 * A table per stream. Records wait in files, and are brought into their tables together with the states that cover them,
 * every few seconds, in one transaction; meanwhile the connector goes on reading.
 */
export async function createTableDestination(
  database: Database,
  options: TableOptions,
): Promise<Destination> {
  const { identity, fullRefresh, log, spoolFolder, signal } = options;
  const { dialect, dataset } = database;
  if (options.nested === 'struct' && !dialect.hasStructures)
    throw new ConnectorError(
      `${database.name} has no types for what is nested: --nested struct is for DuckDB. Without it objects and lists are JSON, which can be queried as well.`,
      { kind: 'config_error' },
    );
  const { now } = systemClock;
  const commitEvery = (options.commitEvery ?? 10) * 1000;
  const stored = await readAll(database);
  refuseOther(database, stored, options);
  await rm(spoolFolder, { recursive: true, force: true });
  await writing(`The folder ${spoolFolder}`, () => mkdir(spoolFolder, { recursive: true }));

  const syncId = nodeCrypto().randomUUID();
  const startedAt = moment(now());
  let records = 0;
  let hasStarted = false;
  const starts = startsOver(stored, options);
  const states = new Map<string, StreamState>();
  for (const [stream, { state }] of stored.streams)
    if (state !== undefined && !starts.streams.has(stream)) states.set(stream, state);

  const takenTables = new Set(
    [...stored.streams.values()]
      .flatMap(({ table }) => [table, gatheringName(table)])
      .map((name) => name.toLowerCase()),
  );
  const tables = new Map<string, StreamTable>();
  const frozen = new Map<string, readonly Column[]>();
  const refused = new Set<string>();

  /** The table of a stream: that which it had, or one that nobody has yet. */
  function tableOf(stream: string): string {
    const known = stored.streams.get(stream);
    if (known !== undefined) return known.table;
    // Room for the ending of the table in which a stream's records gather.
    const name = freeName(stream, takenTables, dialect.nameLimit - gatheringName('').length);
    takenTables.add(gatheringName(name).toLowerCase());
    const other = stored.tables.find((table) => table.toLowerCase() === name.toLowerCase());
    if (other === undefined) return name;
    throw new ConnectorError(
      `${database.name} has a table "${other}" already that no sync has made, so the stream "${stream}" is not written over it. Rename or drop the table, or write somewhere else.`,
      { kind: 'config_error' },
    );
  }

  let committing: Promise<void> | undefined;
  let failure: unknown;
  let committedAt = now();
  let saidBusy = false;

  /** Tables that gathered the rows of streams that did not come to their end. */
  function abandoned(): readonly string[] {
    return [...tables.values()].flatMap((table) => (table.isAbandoned() ? [gatheringName(table.name)] : []));
  }

  async function commit(status: string): Promise<void> {
    const isLast = status !== 'running';
    const pending = [...tables].filter(([stream, table]) => !refused.has(stream) && table.isPending());
    const taken: Taken[] = [];
    for (const [, table] of pending) taken.push(await table.take());
    const at = moment(now());
    const settle = (succeeded: boolean) => {
      for (const one of taken) one.settle(succeeded);
    };
    try {
      await database.transaction(async (session) => {
        if (!hasStarted) for (const statement of createOwnTables(database)) await session.run(statement);
        for (const { change } of taken)
          await applyChange(database, session, change, {
            deletes: options.deletes ?? 'remove',
            syncedAt: startedAt,
            now: at,
          });
        if (isLast)
          for (const name of abandoned()) await session.run(`DROP TABLE IF EXISTS ${dialect.table(name)}`);
        const sync = { id: syncId, identity, startedAt, endedAt: at, records, status };
        for (const statement of saveSync(dataset, sync)) await session.run(statement);
      });
    } catch (error) {
      settle(false);
      if (!(error instanceof Busy)) throw error;
      if (!saidBusy) log('WARN', `${error.message} What is read waits until that has ended.`);
      saidBusy = true;
      return;
    } finally {
      committedAt = now();
    }
    hasStarted = true;
    settle(true);
    for (const { change } of taken) {
      tell(change.stream, change.gathering === undefined ? change.seen : undefined, change.columns);
      for (const { path } of change.files) await rm(path, { force: true });
    }
  }

  /** What changed in a table that was there. */
  function tell(stream: string, before: readonly Column[] | undefined, after: readonly Column[]): void {
    if (before === undefined) return;
    const { added, widened } = reshaping(dialect, before, after);
    for (const column of added)
      if (column.name !== deletedAt)
        log('INFO', `The table of ${stream} has a new column ${column.name} (${dialect.typeOf(column)}).`);
    for (const { from, to } of widened)
      log(
        'INFO',
        `The column ${to.name} of ${stream} is ${dialect.typeOf(to)} now instead of ${dialect.typeOf(from)}.`,
      );
  }

  function startCommit(status = 'running'): Promise<void> {
    committing ??= commit(status)
      .catch((error) => {
        failure ??= error;
      })
      .finally(() => {
        committing = undefined;
      });
    return committing;
  }

  function waitingSize(): number {
    return [...tables.values()].reduce((sum, { spool }) => sum + spool.coveredSize(), 0);
  }

  /** Commits when it is time, and lets the reading wait where it is far ahead. */
  async function commitWhenDue(): Promise<void> {
    const size = waitingSize();
    if (size < commitSize && now() - committedAt < commitEvery) return;
    const done = startCommit();
    if (commitEvery === 0 || size > 2 * commitSize) await done;
    throwFailure();
  }

  function throwFailure(): void {
    if (failure !== undefined) throw failure;
  }

  function tableFor(stream: string): StreamTable | undefined {
    throwFailure();
    return refused.has(stream) ? undefined : tables.get(stream);
  }

  /** Throws RefusedRecords when records bring what a frozen table has no place for. */
  function keepFrozen(stream: string, columns: readonly Column[]): void {
    const before = frozen.get(stream);
    if (before === undefined) return;
    const { added, widened } = reshaping(dialect, before, columns);
    const news = [
      ...added
        .filter(({ name }) => name !== deletedAt)
        .map((column) => `a column "${column.name}" (${dialect.typeOf(column)})`),
      ...widened.map(
        ({ from, to }) => `"${to.name}" as ${dialect.typeOf(to)} instead of ${dialect.typeOf(from)}`,
      ),
    ];
    if (news.length === 0) return;
    refused.add(stream);
    throw new RefusedRecords(
      `The records need ${news.join(', and ')} in ${database.name}, and --schema freeze lets tables stay as they are. Allow it with --schema evolve, or leave the field out with --select.`,
    );
  }

  return {
    states: new Map(states),
    startsOver: starts.why,
    async open(stream, { schema, key, mode }) {
      throwFailure();
      const known = stored.streams.get(stream);
      const isFrozen = options.schema === 'freeze' && known?.columns !== undefined;
      const keyFields = (key ?? []).flatMap(([field]) => (field === undefined ? [] : [field]));
      const keeps = options.keepsField;
      const columns = createColumns({
        schema: isFrozen ? {} : schema,
        stored: known?.columns ?? [],
        keyFields,
        reserved: ['_synced_at', '_manifold_n', '_manifold_rank', deletedAt],
        named: key === undefined ? new Map() : new Map([[tombstone, deletedAt]]),
        leavesOut: (field) =>
          keeps !== undefined && field !== tombstone && !keyFields.includes(field) && !keeps(stream, field),
        nameLimit: dialect.nameLimit,
        isStructured: options.nested === 'struct',
      });
      const table = tableOf(stream);
      if (isFrozen) frozen.set(stream, known?.columns ?? []);
      const isNew = mode === 'replace' || starts.streams.has(stream) || fullRefresh === true;
      const created = createStreamTable({
        stream,
        table,
        start: identity.start,
        seen: known?.columns,
        // Where there is no table yet, readers may as well see it grow.
        mode: isNew && (known?.columns !== undefined || mode === 'replace') ? 'replace' : 'merge',
        key: (key ?? []).map(([field = '', ...path]) => ({ column: columns.nameOf(field), path })),
        deletedAt: key === undefined ? undefined : deletedAt,
        columns,
        spool: createSpool(spoolFolder, `${tables.size}`),
      });
      tables.set(stream, created);
    },
    async write(stream, batch) {
      const table = tableFor(stream);
      if (table === undefined) return;
      const rows: JsonObject[] = batch.map((record) => table.columns.take(record));
      if (frozen.has(stream)) keepFrozen(stream, table.columns.current());
      records += batch.length;
      await table.spool.write(spoolLines(rows, { nul: dialect.nul }));
      if (!table.replaces) return;
      // Nobody sees these rows before they are all there, so they need no state to be committed.
      await table.cover(undefined);
      await commitWhenDue();
    },
    async checkpoint(stream, state) {
      const table = tableFor(stream);
      if (table === undefined) return;
      await table.cover(state);
      await commitWhenDue();
    },
    async complete(stream) {
      const table = tableFor(stream);
      if (table === undefined) return;
      await table.complete();
      await commitWhenDue();
    },
    async close() {
      try {
        await committing;
        if (failure === undefined && options.dryRun !== true) await finish();
      } finally {
        await database.close();
        await rm(spoolFolder, { recursive: true, force: true });
      }
      throwFailure();
    },
  };

  /** The last commit; a database that another program has is waited for. */
  async function finish(): Promise<void> {
    const status = signal?.aborted === true ? 'stopped' : 'ended';
    const hasNews = () => !hasStarted || [...tables.values()].some((table) => table.isPending());
    const until = now() + busyLimit;
    do {
      await startCommit(status);
      throwFailure();
      if (!hasNews()) return;
      await systemClock.sleep(busyPause);
    } while (now() < until && signal?.aborted !== true);
    throw new ConnectorError(
      `${database.name} is open in another program, so what was read last could not be kept: it comes again with the next sync. Close the other program first.`,
      { kind: 'config_error' },
    );
  }
}

async function readAll(database: Database): Promise<Stored> {
  try {
    return await database.transaction((session) => readStored(session, database.dataset));
  } catch (error) {
    if (!(error instanceof Busy)) throw error;
    throw new ConnectorError(`${error.message} Close it there first.`, {
      kind: 'config_error',
      cause: error,
    });
  }
}

/** Throws ConnectorError (config_error) when the tables hold the records of another connection. */
function refuseOther(database: Database, stored: Stored, { identity }: TableOptions): void {
  const { identity: before, streams } = stored;
  if (before === undefined || ![...streams.values()].some(({ state }) => state !== undefined)) return;
  const other = otherThan({ ...before, start: {} }, identity);
  if (other === undefined) return;
  throw new ConnectorError(
    `${database.name} holds what was read by ${other}. Give --to another place, or drop its tables (${quotedList(
      [...streams.values()].map(({ table }) => table),
    )}) if their rows are no longer needed.`,
    { kind: 'config_error' },
  );
}

interface StartsOver {
  readonly streams: ReadonlySet<string>;
  readonly why: string | undefined;
}

/** A stream whose start has moved is read again from there, and what comes replaces what there was. */
function startsOver(stored: Stored, { identity, fullRefresh }: TableOptions): StartsOver {
  if (fullRefresh === true) return { streams: new Set(stored.streams.keys()), why: 'as --full-refresh asks' };
  const moved = [...stored.streams].filter(
    ([, { state, start }]) => state !== undefined && movedStarts(start, identity.start).length > 0,
  );
  const [first] = moved;
  if (first === undefined) return { streams: new Set(), why: undefined };
  const why = `since ${movedStarts(first[1].start, identity.start).join(' and ')}`;
  return { streams: new Set(moved.map(([stream]) => stream)), why };
}

/** SQL of a moment. */
function moment(milliseconds: number): string {
  return `CAST(${quoteText(new Date(milliseconds).toISOString())} AS TIMESTAMPTZ)`;
}
