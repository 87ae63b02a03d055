import type { StreamState } from '../../contract/families.ts';
import type { JsonObject } from '../../util/json/json.ts';
import type { Column } from '../columns/columns.ts';
import { kinds } from '../columns/kinds.ts';
import type { SpooledFile } from '../spool/spool.ts';
import { saveColumns, saveState } from './bookkeeping.ts';
import type { Database, Session } from './database.ts';
import { type KeyPart, keyPart, mergeStatements, rowNumber } from './merge.ts';
import { createStatement, reshapeStatements, reshaping } from './reshape.ts';

/** What a commit does to the tables of one stream. */
export interface TableChange {
  readonly stream: string;
  /** The stream's own table first, then those of the lists in its records. */
  readonly parts: readonly [PartChange, ...PartChange[]];
  /** Whether lists have tables of their own. */
  readonly isSplit: boolean;
  /** Where its records come to replace those that are there: whether they all have come. */
  readonly gathering?: { readonly isComplete: boolean };
  readonly deletedAt: string | undefined;
  /** Kept with its rows; undefined while it is not the rows' own yet. */
  readonly state: StreamState | undefined;
  readonly start: JsonObject;
}

/** What a commit does to one table. */
export interface PartChange {
  /** Of the list in records; empty for the stream's own table. */
  readonly path: string;
  readonly table: string;
  /** The columns of the table that readers see; undefined when there is none. */
  readonly seen: readonly Column[] | undefined;
  /** Of the table in which rows gather that are to replace it. */
  readonly gathered: readonly Column[] | undefined;
  /** As they must be. */
  readonly columns: readonly Column[];
  readonly key: readonly KeyPart[];
  readonly files: readonly SpooledFile[];
}

export interface CommitOptions {
  readonly deletes: 'remove' | 'keep';
  /** SQL of moments: of the sync's start, and of now. */
  readonly syncedAt: string;
  readonly now: string;
}

/** Where the records of a table gather that are to replace it. */
export function gatheringName(table: string): string {
  return `${table}__new`;
}

const rowColumn: Column = { field: '', name: rowNumber, type: 'BIGINT', holds: kinds.integer };

/** Brings the rows of one stream, and its state, into an open transaction. */
export async function applyChange(
  { dialect, dataset }: Database,
  session: Session,
  change: TableChange,
  { deletes, syncedAt, now }: CommitOptions,
): Promise<void> {
  const { gathering, deletedAt, isSplit } = change;
  async function run(statements: readonly string[]): Promise<void> {
    for (const statement of statements) await session.run(statement);
  }
  /** Whoever removes rows needs no column that says so. */
  const keptColumns = ({ columns }: PartChange) =>
    deletes === 'keep' ? columns : columns.filter(({ name }) => name !== deletedAt);

  /** Makes the table as it must be, and brings its new rows into a temporary one. */
  async function prepare(part: PartChange, index: number) {
    const before = gathering === undefined ? part.seen : part.gathered;
    const name = gathering === undefined ? part.table : gatheringName(part.table);
    const target = dialect.table(name);
    const columns = keptColumns(part);
    if (before === undefined) {
      const indexed = part.key.map((one) => keyPart(dialect, one));
      await run([
        // What a sync left that was ended in its middle.
        ...(gathering === undefined ? [] : [`DROP TABLE IF EXISTS ${target}`]),
        createStatement(dialect, name, columns),
        ...dialect.index(name, indexed),
      ]);
    } else await run(reshapeStatements(dialect, name, reshaping(dialect, before, columns)));
    // A record without any field is no row.
    const hasRows = part.files.length > 0 && part.columns.length > 0;
    const staging = hasRows ? `manifold_staging_${index}` : undefined;
    if (staging !== undefined)
      await session.load(staging, part.files, isSplit ? [...part.columns, rowColumn] : part.columns);
    return { name, target, columns, staging, key: part.key, isNew: before === undefined };
  }

  const tables: Awaited<ReturnType<typeof prepare>>[] = [];
  for (const [index, part] of change.parts.entries()) tables.push(await prepare(part, index));
  const [own, ...lists] = tables;
  if (own?.staging !== undefined) {
    const { staging } = own;
    await run(mergeStatements({ ...own, dialect, staging, lists, deletedAt, deletes, syncedAt }));
    for (const table of tables)
      if (table.staging !== undefined) await session.run(`DROP TABLE ${table.staging}`);
  }
  if (gathering !== undefined) {
    if (!gathering.isComplete) return;
    for (const part of change.parts) {
      const { seen, table } = part;
      const columns = keptColumns(part);
      const reshape = seen && reshapeStatements(dialect, table, reshaping(dialect, seen, columns));
      const names = [...columns.map((column) => column.name), '_synced_at'];
      await run(dialect.swap({ filled: gatheringName(table), seen: table, columns: names, reshape }));
    }
  }
  const saved = change.parts.map((part) => ({ ...part, columns: keptColumns(part) }));
  await run(saveColumns(dataset, change.stream, saved));
  await run(saveState(dataset, { ...change, table: change.parts[0].table, now }));
}
