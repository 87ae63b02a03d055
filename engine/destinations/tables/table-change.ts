import type { StreamState } from '../../contract/families.ts';
import type { JsonObject } from '../../util/json/json.ts';
import type { Column } from '../columns/columns.ts';
import type { SpooledFile } from '../spool/spool.ts';
import { saveColumns, saveState } from './bookkeeping.ts';
import type { Database, Session } from './database.ts';
import { type KeyPart, keyPart, mergeStatements } from './merge.ts';
import { createStatement, reshapeStatements, reshaping } from './reshape.ts';

/** What a commit does to the table of one stream. */
export interface TableChange {
  readonly stream: string;
  readonly table: string;
  /** The columns of the table that readers see; undefined when there is none. */
  readonly seen: readonly Column[] | undefined;
  /** Where its records come to replace those that are there: the columns of the table in which they gather. */
  readonly gathering?: { readonly before: readonly Column[] | undefined; readonly isComplete: boolean };
  /** As they must be. */
  readonly columns: readonly Column[];
  readonly key: readonly KeyPart[];
  readonly deletedAt: string | undefined;
  readonly files: readonly SpooledFile[];
  /** Kept with its rows; undefined while it is not the rows' own yet. */
  readonly state: StreamState | undefined;
  readonly start: JsonObject;
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

/** Brings the rows of one stream, and its state, into an open transaction. */
export async function applyChange(
  { dialect, dataset }: Database,
  session: Session,
  change: TableChange,
  options: CommitOptions,
): Promise<void> {
  const { table, key, gathering, deletedAt, columns: all } = change;
  const isRemoved = ({ name }: Column) => options.deletes === 'remove' && name === deletedAt;
  const columns = all.filter((column) => !isRemoved(column));
  const before = gathering === undefined ? change.seen : gathering.before;
  const name = gathering === undefined ? table : gatheringName(table);
  const target = dialect.table(name);
  async function run(statements: readonly string[]): Promise<void> {
    for (const statement of statements) await session.run(statement);
  }
  if (before === undefined) {
    await run([
      // What a sync left that was ended in its middle.
      ...(gathering === undefined ? [] : [`DROP TABLE IF EXISTS ${target}`]),
      createStatement(dialect, name, columns),
      ...dialect.index(
        name,
        key.map((part) => keyPart(dialect, part)),
      ),
    ]);
  } else await run(reshapeStatements(dialect, name, reshaping(dialect, before, columns)));
  // A record without any field is no row.
  if (change.files.length > 0 && all.length > 0) {
    const staging = 'manifold_staging';
    await session.load(staging, change.files, all);
    const { deletes, syncedAt } = options;
    await run(mergeStatements({ dialect, target, staging, columns, key, deletedAt, deletes, syncedAt }));
    await session.run(`DROP TABLE ${staging}`);
  }
  if (gathering !== undefined) {
    if (!gathering.isComplete) return;
    const reshape =
      change.seen && reshapeStatements(dialect, table, reshaping(dialect, change.seen, columns));
    const names = [...columns.map((column) => column.name), '_synced_at'];
    await run(dialect.swap({ filled: name, seen: table, columns: names, reshape }));
  }
  await run(saveColumns(dataset, change.stream, columns));
  await run(saveState(dataset, { ...change, now: options.now }));
}
