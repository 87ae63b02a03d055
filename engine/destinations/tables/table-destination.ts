import { mkdir, rm } from 'node:fs/promises';
import type { StreamState } from '../../contract/families.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { writing } from '../../error/writing.ts';
import { type Clock, systemClock } from '../../time/clock.ts';
import { nodeCrypto } from '../../util/bytes/node-crypto.ts';
import { type Destination, type DestinationOptions, RefusedRecords } from '../destination.ts';
import { recordsIn } from '../lines.ts';
import { createSpool, createSpoolMemory } from '../spool/spool.ts';
import { keyText } from './bookkeeping.ts';
import { createCommits } from './commits.ts';
import type { Database } from './database.ts';
import { readAll, refuseOther, startsOver, tablesOf } from './earlier-syncs.ts';
import { newsFor, tooWide } from './needs.ts';
import { formOf, hasOtherForm, keepsForm, type NestedForm, unmade } from './nested-form.ts';
import { splitRows } from './split-rows.ts';
import type { RowsOfRecords, StreamRows, TablePart } from './stream-rows.ts';
import { createStreamTable, type StreamTable } from './stream-table.ts';
import { createTableNames } from './table-names.ts';
import { wholeRows } from './whole-rows.ts';

export interface TableOptions extends DestinationOptions {
  /** A folder of its own for what waits to be committed. */
  readonly spoolFolder: string;
  /** Rows that were deleted at the source go, or stay and say when in `_deleted_at`. Default `remove`. */
  readonly deletes?: 'remove' | 'keep' | undefined;
  /** Whether tables that are there may get columns and wider types. Default `evolve`. */
  readonly schema?: 'evolve' | 'freeze' | undefined;
  /** What becomes of objects and lists. Default the form that a table has already, and `json` for new ones. */
  readonly nested?: NestedForm | undefined;
  /** Aborts when a sync that was told to stop has no more time: then what is not committed comes again with the next one. */
  readonly giveUp?: AbortSignal | undefined;
  /** Seconds between commits, unless much is waiting. Default 10; 0 commits every state. */
  readonly commitEvery?: number | undefined;
  readonly clock?: Clock | undefined;
}

/** What a record says that was deleted at the source. */
const tombstone = '_ab_cdc_deleted_at';
const deletedAt = '_deleted_at';

/**
 * A table per stream. Records wait in files, and are brought into their tables together with the states that cover them,
 * every few seconds, in one transaction; meanwhile the connector goes on reading.
 */
export async function createTableDestination(
  database: Database,
  options: TableOptions,
): Promise<Destination> {
  const { identity, fullRefresh, log, spoolFolder, signal, giveUp } = options;
  const { dialect } = database;
  if (options.nested === 'struct' && !dialect.hasStructures)
    throw new ConnectorError(
      `${database.name} has no types for what is nested: --nested struct is for DuckDB. With --nested tables lists have tables of their own; without either, objects and lists are JSON, which can be queried as well.`,
      { kind: 'config_error' },
    );
  const stored = await readAll(database);
  refuseOther(database, stored, identity);
  await rm(spoolFolder, { recursive: true, force: true });
  await writing(`The folder ${spoolFolder}`, () => mkdir(spoolFolder, { recursive: true }));

  const syncId = nodeCrypto().randomUUID();
  const starts = startsOver(stored, options);
  const states = new Map<string, StreamState>();
  for (const [stream, { state }] of stored.streams)
    if (state !== undefined && !starts.streams.has(stream)) states.set(stream, state);

  const names = createTableNames(database, stored);
  const tables = new Map<string, StreamTable>();
  const spoolMemory = createSpoolMemory();
  const frozen = new Set<string>();

  const commits = createCommits({
    database,
    tables,
    syncId,
    identity,
    deletes: options.deletes ?? 'remove',
    deletedAt,
    every: (options.commitEvery ?? 10) * 1000,
    log,
    signal,
    giveUp,
    clock: options.clock ?? systemClock,
  });

  let saidForm = false;
  /** Once, of all of them: with seventy streams more would hide everything else. */
  function tellForm(stream: string, form: NestedForm): void {
    if (!saidForm) log('WARN', keepsForm(stream, form, options));
    saidForm = true;
  }

  /** Undefined when nothing of the stream is taken any more. Throws RefusedRecords the first time. */
  function tableFor(stream: string): StreamTable | undefined {
    commits.check();
    const refusal = commits.refusalOf(stream);
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
    commits.count(came.records);
    for (const [part, lines] of came.rows) await part.spool.write(lines);
    if (!table.replaces) return;
    // Nobody sees these rows before they are all there, so they need no state to be committed.
    await table.cover(undefined);
    await commits.whenDue();
  }

  return {
    states: new Map(states),
    startsOver: starts.told,
    holds: [...stored.streams].flatMap(([stream, { columns }]) => (columns === undefined ? [] : [stream])),
    async open(stream, { schema, key, mode }) {
      commits.check();
      const known = stored.streams.get(stream);
      const isFrozen = options.schema === 'freeze' && known?.columns !== undefined;
      if (isFrozen) frozen.add(stream);
      const keyFields = new Set((key ?? []).map(([field]) => field));
      const isNew = mode === 'replace' || starts.streams.has(stream) || fullRefresh === true;
      const isReplaced = isNew && (known?.columns !== undefined || mode === 'replace');
      const other = options.nested !== undefined && known && hasOtherForm(known, options.nested, keyFields);
      // In a table whose rows stay, what is nested stays as it is.
      const isRemade =
        known !== undefined &&
        !isFrozen &&
        (starts.rekeyed.has(stream) || (other === true && (isReplaced || known.columns === undefined)));
      if (known !== undefined && other === true && !isRemade) tellForm(stream, formOf(known));
      const number = tables.size;
      const form = options.nested ?? (known === undefined ? 'json' : formOf(known));
      const before = isRemade ? unmade(known, form) : known;
      const toRows = before?.isSplit === true || form === 'tables' ? splitRows : wholeRows;
      const rows = toRows({
        stream,
        table: names.ofStream(stream),
        stored: before,
        schema: isFrozen ? undefined : schema,
        key,
        named: key === undefined ? new Map() : new Map([[tombstone, deletedAt]]),
        reserved: ['_synced_at', '_manifold_n', deletedAt, ...dialect.systemNames],
        keeps: (field) =>
          field === tombstone || keyFields.has(field) || options.keepsField?.(stream, field) !== false,
        nested: form,
        dialect,
        syncId,
        freeTable: names.free,
        createSpool: (part) => createSpool(spoolFolder, `${number}-${part}`, spoolMemory),
      });
      const created = createStreamTable({
        stream,
        start: identity.start,
        key: keyText(key),
        // Where there is no table yet, readers may as well see it grow.
        mode: isReplaced || isRemade ? 'replace' : 'merge',
        former: isRemade ? tablesOf(known) : [],
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
      await commits.whenDue();
    },
    async complete(stream) {
      const table = tableFor(stream);
      if (table === undefined) return;
      await table.complete();
      await commits.whenDue();
    },
    async close() {
      try {
        await commits.finish(options.dryRun !== true);
      } finally {
        await database.close();
        await rm(spoolFolder, { recursive: true, force: true });
      }
      commits.check();
      return commits.refusals();
    },
  };
}

function inRecords(rows: StreamRows, lines: Uint8Array): RowsOfRecords {
  const batch = recordsIn(lines);
  return { records: batch.length, rows: rows.take(batch, lines) };
}
