import type { Column } from '../columns/columns.ts';
import { type Dialect, quoteName } from './dialect.ts';

/** A part of a primary key: a column, or what lies at a path inside of it. */
export interface KeyPart {
  readonly column: string;
  readonly path: readonly string[];
}

/** The column of new rows that says which record they come from, where records become rows of several tables. */
export const rowNumber = '_manifold_row';

/** New rows for a table. */
export interface NewRows {
  /** Already quoted. */
  readonly target: string;
  /** The table was made just now, so no row of it has to go. */
  readonly isNew: boolean;
  /** The temporary table with the new rows, counted by `_manifold_n`. */
  readonly staging: string;
  /** Columns that both have. */
  readonly columns: readonly Column[];
  /** Where both have the key of the records. */
  readonly key: readonly KeyPart[];
}

export interface Merge extends NewRows {
  readonly dialect: Dialect;
  /** Of the items of lists in the records, which come and go with them. Without a staging table there are no new ones. */
  readonly lists: readonly (Omit<NewRows, 'staging'> & { readonly staging: string | undefined })[];
  /** The column that says when a row was deleted, where the new rows have one. */
  readonly deletedAt: string | undefined;
  readonly deletes: 'remove' | 'keep';
  /** The value of `_synced_at`, as SQL. */
  readonly syncedAt: string;
}

/** A temporary table: the keys of the new rows, each with the number of its last row. */
export const latest = 'manifold_latest';

/**
 * The statements that bring new rows into a table: of those with the same key the last one counts. Rows are deleted and
 * inserted rather than updated, which is many times as fast. A key of which every part is missing is none.
 */
export function mergeStatements(merge: Merge): readonly string[] {
  const { dialect, target, staging, key, lists, deletedAt, deletes, syncedAt } = merge;
  const add = (rows: Omit<NewRows, 'isNew'>, from: string) => insert(rows, from, syncedAt);
  /** The items of the records of which `latest` has the rows. */
  const addItems = (where: string) =>
    lists.flatMap(({ staging: items, ...list }) =>
      items === undefined
        ? []
        : [
            add(
              { ...list, staging: items },
              `${items} n JOIN ${staging} r ON r.${rowNumber} = n.${rowNumber} JOIN ${latest} k ON k._manifold_n = r._manifold_n${where}`,
            ),
          ],
    );
  if (key.length === 0)
    return [merge, ...lists].flatMap(({ staging: rows, ...list }) =>
      rows === undefined ? [] : [add({ ...list, staging: rows }, `${rows} n ORDER BY n._manifold_n`)],
    );
  const removeOld = [merge, ...lists].flatMap((rows) => (rows.isNew ? [] : removeMatching(dialect, rows)));
  const rows = `${staging} n JOIN ${latest} k ON k._manifold_n = n._manifold_n`;
  const live = (name: string) =>
    deletedAt === undefined ? '' : ` WHERE ${name}.${quoteName(deletedAt)} IS NULL`;
  if (deletedAt === undefined || deletes === 'remove')
    return [
      lastOfEach(merge, ''),
      ...removeOld,
      add(merge, rows + live('n')),
      ...addItems(live('r')),
      `DROP TABLE ${latest}`,
    ];
  const deleted = quoteName(deletedAt);
  const same = sameRow(dialect, key);
  const isUnknown = `NOT EXISTS (SELECT 1 FROM ${target} t WHERE ${same})`;
  return [
    lastOfEach(merge, live('n')),
    ...removeOld,
    add(merge, rows),
    ...addItems(''),
    `DROP TABLE ${latest}`,
    // What a row held when it was deleted stays in it; often a deletion says no more than its key.
    lastOfEach(merge, ''),
    `UPDATE ${target} AS t SET ${deleted} = n.${deleted} FROM ${latest} k, ${staging} n WHERE k._manifold_n = n._manifold_n AND n.${deleted} IS NOT NULL AND ${same}`,
    ...addItems(` WHERE r.${deleted} IS NOT NULL AND ${isUnknown}`),
    add(merge, `${rows} WHERE n.${deleted} IS NOT NULL AND ${isUnknown}`),
    `DROP TABLE ${latest}`,
  ];
}

function insert({ target, columns }: Omit<NewRows, 'isNew'>, from: string, syncedAt: string): string {
  const names = columns.map(({ name }) => quoteName(name));
  const values = names.map((name) => `n.${name}`);
  return `INSERT INTO ${target} (${[...names, '_synced_at'].join(', ')}) SELECT ${[...values, syncedAt].join(', ')} FROM ${from}`;
}

function lastOfEach({ dialect, staging, key }: Merge, where: string): string {
  const parts = key.map((part) => keyPart(dialect, part, 'n.'));
  const allMissing = parts.map((part) => `${part} IS NULL`).join(' AND ');
  const names = parts.map((part, index) => `${part} AS k${index}`).join(', ');
  const groups = [...parts, `CASE WHEN ${allMissing} THEN n._manifold_n END`].join(', ');
  return `CREATE TEMP TABLE ${latest} AS SELECT ${names}, max(n._manifold_n) AS _manifold_n FROM ${staging} n${where} GROUP BY ${groups}`;
}

/** Databases find rows fast by what equals, which a missing part of a key never does: these get a statement of their own. */
export function removeMatching(
  dialect: Dialect,
  { target, key }: Pick<NewRows, 'target' | 'key'>,
  /** Which of the rows `t` with the key of a row `k`; with its AND. */
  which = '',
): readonly string[] {
  const remove = (condition: string) =>
    `DELETE FROM ${target} AS t USING ${latest} k WHERE ${condition}${which}`;
  const whole = remove(matches(dialect, key, '='));
  if (key.length === 1) return [whole];
  const someMissing = key.map((_, index) => `k.k${index} IS NULL`).join(' OR ');
  return [whole, remove(`(${someMissing}) AND ${sameRow(dialect, key)}`)];
}

/** The condition that `t` has the key of `k`, parts that are missing in both included. */
function sameRow(dialect: Dialect, key: readonly KeyPart[]): string {
  if (key.length === 1) return matches(dialect, key, '=');
  const someThere = key.map((_, index) => `k.k${index} IS NOT NULL`).join(' OR ');
  return `(${someThere}) AND ${matches(dialect, key, 'IS NOT DISTINCT FROM')}`;
}

function matches(dialect: Dialect, key: readonly KeyPart[], operator: string): string {
  return key.map((part, index) => `${keyPart(dialect, part, 't.')} ${operator} k.k${index}`).join(' AND ');
}

/** The SQL of a part of a key. */
export function keyPart(dialect: Dialect, { column, path }: KeyPart, prefix = ''): string {
  const quoted = prefix + quoteName(column);
  return path.length === 0 ? quoted : dialect.inside(quoted, path);
}
