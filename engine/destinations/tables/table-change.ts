import type { StreamState } from '../../contract/families.ts';
import type { JsonObject } from '../../util/json/json.ts';
import type { Column } from '../columns/columns.ts';
import { kinds } from '../columns/kinds.ts';
import type { SpooledFile } from '../spool/spool.ts';
import { saveColumns, saveState } from './bookkeeping.ts';
import type { Database, Session } from './database.ts';
import type { Dialect } from './dialect.ts';
import { type KeyPart, keyPart, type Merge, mergeStatements, type NewRows, rowNumber } from './merge.ts';
import { createStatement, reshapeStatements, reshaping } from './reshape.ts';

/** What a commit does to the tables of one stream. */
export interface TableChange {
  readonly stream: string;
  /** The stream's own table first, then those of the lists in its records. */
  readonly parts: readonly [PartChange, ...PartChange[]];
  /** Whether lists have tables of their own. */
  readonly isSplit: boolean;
  /** Where its records come to replace those that are there. */
  readonly gathering?: Gathering;
  readonly deletedAt: string | undefined;
  /** Kept with its rows; undefined while it is not the rows' own yet. */
  readonly state: StreamState | undefined;
  readonly start: JsonObject;
  /** As it is kept with the state. */
  readonly key: string;
}

export interface Gathering {
  /** Whether they all have come. */
  readonly isComplete: boolean;
  /** Tables that go then, since the new ones are of another form. */
  readonly former: readonly string[];
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

/** A table that is as it must be for the new rows, which lie in `files` still. */
interface Prepared extends Omit<NewRows, 'staging'> {
  readonly files: readonly SpooledFile[];
  /** Of the rows in the files. */
  readonly cameColumns: readonly Column[];
}

/** Brings new rows of one stream into an open transaction. */
export async function addChange(
  { dialect }: Database,
  session: Session,
  change: TableChange,
  options: CommitOptions,
): Promise<void> {
  const tables: Prepared[] = [];
  for (const part of change.parts)
    tables.push(await prepare(dialect, session, part, keptColumns(part, change, options), change.gathering));
  await addRows(dialect, session, tables, change, options);
}

/** What remains to be done once, after all new rows of the stream: `change` is the last of those in the transaction. */
export async function finishChange(
  { dialect, dataset }: Database,
  session: Session,
  change: TableChange,
  options: CommitOptions,
): Promise<void> {
  const { gathering, stream, parts } = change;
  for (const part of parts) await session.removeFormer?.(dialect.table(filledName(part, gathering)));
  if (gathering !== undefined) {
    if (!gathering.isComplete) return;
    for (const table of gathering.former) await session.run(`DROP TABLE IF EXISTS ${dialect.table(table)}`);
    for (const part of parts) await show(dialect, session, part, keptColumns(part, change, options));
  }
  const saved = parts.map((part) => ({ ...part, columns: keptColumns(part, change, options) }));
  await run(session, saveColumns(dataset, stream, saved));
  await run(session, saveState(dataset, { ...change, table: parts[0].table, now: options.now }));
}

/** Whoever removes rows needs no column that says so. */
function keptColumns(
  { columns }: PartChange,
  { deletedAt }: TableChange,
  { deletes }: CommitOptions,
): readonly Column[] {
  return deletes === 'keep' ? columns : columns.filter(({ name }) => name !== deletedAt);
}

/** The table that new rows go to. */
function filledName({ table }: PartChange, gathering: TableChange['gathering']): string {
  return gathering === undefined ? table : gatheringName(table);
}

async function run(session: Session, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await session.run(statement);
}

/** Makes the table that the rows go to, or gives it the columns that it lacks. */
async function prepare(
  dialect: Dialect,
  session: Session,
  part: PartChange,
  columns: readonly Column[],
  gathering: TableChange['gathering'],
): Promise<Prepared> {
  const before = gathering === undefined ? part.seen : part.gathered;
  const name = filledName(part, gathering);
  const target = dialect.table(name);
  if (before === undefined) {
    const indexed = part.key.map((one) => keyPart(dialect, one));
    await run(session, [
      // What a sync left that was ended in its middle.
      ...(gathering === undefined ? [] : [`DROP TABLE IF EXISTS ${target}`]),
      createStatement(dialect, name, columns),
      ...dialect.index(name, indexed),
    ]);
  } else {
    const reshape = reshapeStatements(dialect, name, reshaping(dialect, before, columns));
    // Rows are told apart as the table was when they were added.
    if (reshape.length > 0) await session.removeFormer?.(target);
    await run(session, reshape);
  }
  // A record without any field is no row.
  const files = part.columns.length > 0 ? part.files : [];
  return { target, columns, key: part.key, isNew: before === undefined, files, cameColumns: part.columns };
}

/** Brings the rows of all tables of a stream into them: the shortest way that the database has. */
async function addRows(
  dialect: Dialect,
  session: Session,
  tables: readonly Prepared[],
  { isSplit, deletedAt }: TableChange,
  { deletes, syncedAt }: CommitOptions,
): Promise<void> {
  const [own, ...others] = tables;
  if (own === undefined || own.files.length === 0) return;
  const isPlain = !isSplit && deletedAt === undefined;
  if (isPlain && (await session.append?.({ ...own, syncedAt }, own.files)) === true) return;
  await session.removeFormer?.(own.target);
  const names: string[] = [];
  async function load({ files, cameColumns }: Prepared): Promise<string> {
    const name = `manifold_staging_${names.length}`;
    names.push(name);
    await session.load(name, files, isSplit ? [...cameColumns, rowColumn] : cameColumns);
    return name;
  }
  const staging = await load(own);
  const lists: Merge['lists'][number][] = [];
  for (const list of others)
    lists.push({ ...list, staging: list.files.length > 0 ? await load(list) : undefined });
  await run(session, mergeStatements({ ...own, dialect, staging, lists, deletedAt, deletes, syncedAt }));
  for (const name of names) await session.run(`DROP TABLE ${name}`);
}

/** Puts the gathered rows in the place of those that readers see. */
async function show(
  dialect: Dialect,
  session: Session,
  { seen, table }: PartChange,
  columns: readonly Column[],
): Promise<void> {
  const reshape = seen && reshapeStatements(dialect, table, reshaping(dialect, seen, columns));
  const names = [...columns.map((column) => column.name), '_synced_at'];
  await run(session, dialect.swap({ filled: gatheringName(table), seen: table, columns: names, reshape }));
}
