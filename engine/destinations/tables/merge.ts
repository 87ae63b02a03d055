import type { Column } from '../columns/columns.ts';
import { type Dialect, quoteName } from './dialect.ts';

/** A part of a primary key: a column, or what lies at a path inside of it. */
export interface KeyPart {
  readonly column: string;
  readonly path: readonly string[];
}

export interface Merge {
  readonly dialect: Dialect;
  /** Already quoted. */
  readonly target: string;
  /** The temporary table with the new rows, counted by `_manifold_n`. */
  readonly staging: string;
  /** Columns that both have. */
  readonly columns: readonly Column[];
  readonly key: readonly KeyPart[];
  /** The column that says when a row was deleted, where the new rows have one. */
  readonly deletedAt: string | undefined;
  readonly deletes: 'remove' | 'keep';
  /** The value of `_synced_at`, as SQL. */
  readonly syncedAt: string;
}

/** A temporary table beside `staging`: the keys of its rows, each with the number of its last row. */
const latest = 'manifold_latest';

/**
 * The statements that bring new rows into a table: of those with the same key the last one counts. Rows are deleted and
 * inserted rather than updated, which is many times as fast. A key of which every part is missing is none.
 */
export function mergeStatements(merge: Merge): readonly string[] {
  const { target, staging, key, deletedAt, deletes } = merge;
  if (key.length === 0) return [insert(merge, `${staging} n ORDER BY n._manifold_n`)];
  const rows = `${staging} n JOIN ${latest} k ON k._manifold_n = n._manifold_n`;
  const live = deletedAt === undefined ? '' : ` WHERE n.${quoteName(deletedAt)} IS NULL`;
  if (deletedAt === undefined || deletes === 'remove')
    return [
      lastOfEach(merge, ''),
      ...removeMatching(merge),
      insert(merge, `${rows}${live}`),
      `DROP TABLE ${latest}`,
    ];
  const deleted = quoteName(deletedAt);
  const same = sameRow(merge);
  return [
    lastOfEach(merge, live),
    ...removeMatching(merge),
    insert(merge, rows),
    `DROP TABLE ${latest}`,
    // What a row held when it was deleted stays in it; often a deletion says no more than its key.
    lastOfEach(merge, ''),
    `UPDATE ${target} AS t SET ${deleted} = n.${deleted} FROM ${latest} k, ${staging} n WHERE k._manifold_n = n._manifold_n AND n.${deleted} IS NOT NULL AND ${same}`,
    insert(
      merge,
      `${rows} WHERE n.${deleted} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${target} t WHERE ${same})`,
    ),
    `DROP TABLE ${latest}`,
  ];
}

function insert({ target, columns, syncedAt }: Merge, from: string): string {
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
function removeMatching(merge: Merge): readonly string[] {
  const remove = (condition: string) =>
    `DELETE FROM ${merge.target} AS t USING ${latest} k WHERE ${condition}`;
  const whole = remove(matches(merge, '='));
  if (merge.key.length === 1) return [whole];
  const someMissing = merge.key.map((_, index) => `k.k${index} IS NULL`).join(' OR ');
  return [whole, remove(`(${someMissing}) AND ${sameRow(merge)}`)];
}

/** The condition that `t` has the key of `k`, parts that are missing in both included. */
function sameRow(merge: Merge): string {
  if (merge.key.length === 1) return matches(merge, '=');
  const someThere = merge.key.map((_, index) => `k.k${index} IS NOT NULL`).join(' OR ');
  return `(${someThere}) AND ${matches(merge, 'IS NOT DISTINCT FROM')}`;
}

function matches({ dialect, key }: Merge, operator: string): string {
  return key.map((part, index) => `${keyPart(dialect, part, 't.')} ${operator} k.k${index}`).join(' AND ');
}

/** The SQL of a part of a key. */
export function keyPart(dialect: Dialect, { column, path }: KeyPart, prefix = ''): string {
  const quoted = prefix + quoteName(column);
  return path.length === 0 ? quoted : dialect.inside(quoted, path);
}
