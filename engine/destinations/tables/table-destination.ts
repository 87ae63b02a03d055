import { mkdir, rm } from 'node:fs/promises';
import type { StreamState } from '../../contract/families.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { systemClock } from '../../time/clock.ts';
import { nodeCrypto } from '../../util/bytes/node-crypto.ts';
import { freeName } from '../columns/free-name.ts';
import { type Destination, type DestinationOptions, RefusedRecords } from '../destination.ts';
import { recordsIn } from '../lines.ts';
import { createSpool, createSpoolMemory } from '../spool/spool.ts';
import { writing } from '../writing.ts';
import { createOwnTables, saveSync } from './bookkeeping.ts';
import { Busy, type Database, StatementError } from './database.ts';
import { quoteText } from './dialect.ts';
import { readAll, refuseOther, startsOver, tablesOf } from './earlier-syncs.ts';
import { newsFor, tooWide } from './needs.ts';
import { splitRows } from './split-rows.ts';
import type { RowsOfRecords, StreamRows, TablePart } from './stream-rows.ts';
import { createStreamTable, type StreamTable, type Taken } from './stream-table.ts';
import { applyChange, gatheringName, type TableChange } from './table-change.ts';
import { toldChanges } from './told-changes.ts';
import { wholeRows } from './whole-rows.ts';

export interface TableOptions extends DestinationOptions {
  /** A folder of its own for what waits to be committed. */
  readonly spoolFolder: string;
  /** Rows that were deleted at the source go, or stay and say when in `_deleted_at`. Default `remove`. */
  readonly deletes?: 'remove' | 'keep' | undefined;
  /** Whether tables that are there may get columns and wider types. Default `evolve`. */
  readonly schema?: 'evolve' | 'freeze' | undefined;
  /** What becomes of objects and lists: JSON, columns with the types of what is in them, or columns and tables. Default `json`. */
  readonly nested?: 'json' | 'struct' | 'tables' | undefined;
  /** Aborts when a sync that was told to stop has no more time: then what is not committed comes again with the next one. */
  readonly giveUp?: AbortSignal | undefined;
  /** Seconds between commits, unless much is waiting. Default 10; 0 commits every state. */
  readonly commitEvery?: number | undefined;
}

/** What a record says that was deleted at the source. */
const tombstone = '_ab_cdc_deleted_at';
const deletedAt = '_deleted_at';

/**
 * Bytes that are committed before their time; the first ones sooner, so that not all is left for the end. DuckDB stores rows in
 * groups of 122,880 and writes each anew as long as it grows, so that many small commits cost more than few large ones.
 */
const commitSize = 256 * 1024 * 1024;
const firstCommitSize = 128 * 1024 * 1024;

const notKept =
  'The sync was told to stop, and there was no time to keep what was read last: it comes again with the next sync.';

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
  const { identity, fullRefresh, log, spoolFolder, signal, giveUp } = options;
  const { dialect, dataset } = database;
  if (options.nested === 'struct' && !dialect.hasStructures)
    throw new ConnectorError(
      `${database.name} has no types for what is nested: --nested struct is for DuckDB. With --nested tables lists have tables of their own; without either, objects and lists are JSON, which can be queried as well.`,
      { kind: 'config_error' },
    );
  const { now } = systemClock;
  const commitEvery = (options.commitEvery ?? 10) * 1000;
  const stored = await readAll(database);
  refuseOther(database, stored, identity);
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
      .flatMap(tablesOf)
      .flatMap((name) => [name, gatheringName(name)])
      .map((name) => name.toLowerCase()),
  );
  const tables = new Map<string, StreamTable>();
  const spoolMemory = createSpoolMemory();
  const frozen = new Set<string>();
  /** Streams that were refused, and nobody knows yet. */
  const untold = new Map<string, RefusedRecords>();

  /** The table of a stream: that which it had, or one that nobody has yet. */
  function tableOf(stream: string): string {
    const known = stored.streams.get(stream);
    if (known !== undefined) return known.table;
    const name = freeTable(stream, takenTables);
    const other = stored.tables.find((table) => table.toLowerCase() === name.toLowerCase());
    if (other === undefined) return name;
    throw new RefusedRecords(
      `${database.name} has a table "${other}" already that no sync has made, so the stream "${stream}" is not written over it. Rename or drop the table, or write somewhere else.`,
    );
  }

  function freeTable(wanted: string, taken: Set<string>): string {
    // Room for the ending of the table in which a stream's records gather.
    const name = freeName(wanted, taken, dialect.nameLimit - gatheringName('').length);
    for (const one of [name, gatheringName(name)]) takenTables.add(one.toLowerCase());
    return name;
  }

  let committing: Promise<void> | undefined;
  let failure: unknown;
  let committedAt = now();
  let saidBusy = false;

  async function commit(status: string): Promise<void> {
    const taken: Taken[] = [];
    for (const table of tables.values()) if (table.isPending()) taken.push(await table.take());
    const settle = (succeeded: boolean) => {
      for (const one of taken) one.settle(succeeded);
    };
    try {
      for (;;) {
        const refused = await commitAll(taken, status);
        if (refused === undefined) break;
        // Nothing was kept: the others go without it.
        taken.splice(taken.indexOf(refused.taken), 1);
        const { change } = refused.taken;
        tables.get(change.stream)?.refuse();
        const { message, kind, cause } = refused.error;
        untold.set(change.stream, new RefusedRecords(message, { kind, cause }));
        await removeFiles(change);
      }
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
      for (const text of toldChanges(dialect, change, deletedAt)) log('INFO', text);
      await removeFiles(change);
    }
  }

  /** One transaction. What the database does not take, where that is the fault of one stream; nothing is kept then. */
  async function commitAll(
    all: readonly Taken[],
    status: string,
  ): Promise<{ readonly taken: Taken; readonly error: StatementError } | undefined> {
    const at = moment(now());
    let applying: Taken | undefined;
    try {
      await database.transaction(async (session) => {
        applying = undefined;
        if (!hasStarted) for (const statement of createOwnTables(database)) await session.run(statement);
        for (const taken of all) {
          applying = taken;
          await applyChange(database, session, taken.change, {
            deletes: options.deletes ?? 'remove',
            syncedAt: startedAt,
            now: at,
          });
        }
        applying = undefined;
        // Rows of streams that did not come to their end.
        const isLast = status !== 'running';
        const abandoned = isLast ? [...tables.values()].flatMap((table) => table.abandoned()) : [];
        for (const name of abandoned) await session.run(`DROP TABLE IF EXISTS ${dialect.table(name)}`);
        const sync = { id: syncId, identity, startedAt, endedAt: at, records, status };
        for (const statement of saveSync(dataset, sync)) await session.run(statement);
      });
      return undefined;
    } catch (error) {
      if (applying === undefined || !(error instanceof StatementError)) throw error;
      return { taken: applying, error };
    }
  }

  function startCommit(status = 'running'): Promise<void> {
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

  function waitingSize(): number {
    return [...tables.values()].reduce((sum, table) => sum + table.waitingSize(), 0);
  }

  /** Commits when it is time, and lets the reading wait where it is far ahead. */
  async function commitWhenDue(): Promise<void> {
    const size = waitingSize();
    const enough = hasStarted ? commitSize : firstCommitSize;
    if (size < enough && now() - committedAt < commitEvery) return;
    const done = startCommit();
    if (commitEvery === 0 || size > 2 * commitSize) await done;
    throwFailure();
  }

  function throwFailure(): void {
    if (failure !== undefined) throw failure;
  }

  /** Undefined when nothing of the stream is taken any more. Throws RefusedRecords the first time. */
  function tableFor(stream: string): StreamTable | undefined {
    throwFailure();
    const refusal = untold.get(stream);
    untold.delete(stream);
    if (refusal !== undefined) throw refusal;
    const table = tables.get(stream);
    return table?.isRefused() === true ? undefined : table;
  }

  /** Why tables cannot take what records brought. */
  function whyNot(stream: string, parts: readonly TablePart[]): string | undefined {
    const news = frozen.has(stream) ? newsFor(dialect, parts, deletedAt) : [];
    if (news.length > 0)
      return `The records need ${news.join(', and ')} in ${database.name}, and --schema freeze lets tables stay as they are. Allow it with --schema evolve, or leave the field out with --select.`;
    const wide = tooWide(dialect, parts);
    if (wide === undefined) return undefined;
    return `The table ${wide.table} would have ${wide.count} columns, and ${database.name} takes ${dialect.columnLimit} at most. Leave fields out with --select, or write into a DuckDB file, which takes any number.`;
  }

  /** `rowsOf` makes the rows of what came, and says of how many records. */
  async function take(stream: string, rowsOf: (rows: StreamRows) => RowsOfRecords): Promise<void> {
    const table = tableFor(stream);
    if (table === undefined) return;
    const came = rowsOf(table.rows);
    const refusal = whyNot(stream, table.rows.parts);
    if (refusal !== undefined) {
      table.refuse();
      throw new RefusedRecords(refusal);
    }
    records += came.records;
    for (const [part, lines] of came.rows) await part.spool.write(lines);
    if (!table.replaces) return;
    // Nobody sees these rows before they are all there, so they need no state to be committed.
    await table.cover(undefined);
    await commitWhenDue();
  }

  return {
    states: new Map(states),
    startsOver: starts.why,
    async open(stream, { schema, key, mode }) {
      throwFailure();
      const known = stored.streams.get(stream);
      const isFrozen = options.schema === 'freeze' && known?.columns !== undefined;
      if (isFrozen) frozen.add(stream);
      const keyFields = new Set((key ?? []).map(([field]) => field));
      const isNew = mode === 'replace' || starts.streams.has(stream) || fullRefresh === true;
      const number = tables.size;
      const toRows = known?.isSplit === true || options.nested === 'tables' ? splitRows : wholeRows;
      const rows = toRows({
        stream,
        table: tableOf(stream),
        stored: known,
        schema: isFrozen ? undefined : schema,
        key,
        named: key === undefined ? new Map() : new Map([[tombstone, deletedAt]]),
        reserved: ['_synced_at', '_manifold_n', deletedAt, ...dialect.systemNames],
        keeps: (field) =>
          field === tombstone || keyFields.has(field) || options.keepsField?.(stream, field) !== false,
        nested: options.nested ?? 'json',
        dialect,
        syncId,
        // Tables that no sync has made stay alone.
        freeTable: (wanted) =>
          freeTable(wanted, new Set([...takenTables, ...stored.tables.map((name) => name.toLowerCase())])),
        createSpool: (part) => createSpool(spoolFolder, `${number}-${part}`, spoolMemory),
      });
      const created = createStreamTable({
        stream,
        start: identity.start,
        // Where there is no table yet, readers may as well see it grow.
        mode: isNew && (known?.columns !== undefined || mode === 'replace') ? 'replace' : 'merge',
        deletedAt: key === undefined ? undefined : deletedAt,
        rows,
      });
      tables.set(stream, created);
    },
    write: (stream, batch) => take(stream, (rows) => ({ records: batch.length, rows: rows.take(batch) })),
    writeLines: (stream, lines) => take(stream, (rows) => rows.takeLines(lines) ?? inRecords(rows, lines)),
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
        if (failure === undefined && options.dryRun !== true && giveUp?.aborted !== true) await finish();
      } finally {
        await database.close();
        await rm(spoolFolder, { recursive: true, force: true });
      }
      throwFailure();
      return untold;
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
      if (!hasNews() || giveUp?.aborted === true) return;
      await systemClock.sleep(busyPause);
    } while (now() < until && signal?.aborted !== true);
    throw new ConnectorError(
      `${database.name} is open in another program, so what was read last could not be kept: it comes again with the next sync. Close the other program first.`,
      { kind: 'config_error' },
    );
  }
}

async function removeFiles({ parts }: TableChange): Promise<void> {
  for (const { files } of parts) for (const { path } of files) await rm(path, { force: true });
}

function inRecords(rows: StreamRows, lines: Uint8Array): RowsOfRecords {
  const batch = recordsIn(lines);
  return { records: batch.length, rows: rows.take(batch, lines) };
}

/** SQL of a moment. */
function moment(milliseconds: number): string {
  return `CAST(${quoteText(new Date(milliseconds).toISOString())} AS TIMESTAMPTZ)`;
}
