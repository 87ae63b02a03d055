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

/** Temporary tables, beside `staging`. */
const latest = 'manifold_latest';

/**
 * The statements that bring new rows into a table: of those with the same key the last one counts. Rows are deleted and
 * inserted rather than updated, which is many times as fast. A key of which every part is missing is none.
 */
export function mergeStatements(merge: Merge): readonly string[] {
  const { target, staging, key, deletedAt, deletes } = merge;
  if (key.length === 0) return [insert(merge, `${staging} n ORDER BY n._manifold_n`)];
  const live = deletedAt === undefined ? '' : ` WHERE n.${quoteName(deletedAt)} IS NULL`;
  if (deletedAt === undefined || deletes === 'remove')
    return [
      lastOfEach(merge, latest, ''),
      ...removeMatching(merge, latest),
      insert(merge, `${latest} n${live}`),
      `DROP TABLE ${latest}`,
    ];
  const deleted = quoteName(deletedAt);
  const same = sameRow(merge);
  return [
    lastOfEach(merge, latest, live),
    ...removeMatching(merge, latest),
    insert(merge, `${latest} n`),
    `DROP TABLE ${latest}`,
    // What a row held when it was deleted stays in it; often a deletion says no more than its key.
    lastOfEach(merge, latest, ''),
    `DELETE FROM ${latest} WHERE ${deleted} IS NULL`,
    `UPDATE ${target} AS t SET ${deleted} = n.${deleted} FROM ${latest} n WHERE ${same}`,
    insert(merge, `${latest} n WHERE NOT EXISTS (SELECT 1 FROM ${target} t WHERE ${same})`),
    `DROP TABLE ${latest}`,
  ];
}

function insert({ target, columns, syncedAt }: Merge, from: string): string {
  const names = columns.map(({ name }) => quoteName(name));
  const values = names.map((name) => `n.${name}`);
  return `INSERT INTO ${target} (${[...names, '_synced_at'].join(', ')}) SELECT ${[...values, syncedAt].join(', ')} FROM ${from}`;
}

/** The last row of each key. */
function lastOfEach(merge: Merge, name: string, where: string): string {
  const parts = keyOf(merge, 'n');
  const allMissing = parts.map((part) => `${part} IS NULL`).join(' AND ');
  const partition = [...parts, `CASE WHEN ${allMissing} THEN n._manifold_n END`].join(', ');
  return `CREATE TEMP TABLE ${name} AS SELECT * FROM (SELECT n.*, row_number() OVER (PARTITION BY ${partition} ORDER BY n._manifold_n DESC) AS _manifold_rank FROM ${merge.staging} n${where}) ranked WHERE _manifold_rank = 1`;
}

/** Databases find rows fast by what equals, which a missing part of a key never does: these get a statement of their own. */
function removeMatching(merge: Merge, rows: string): readonly string[] {
  const { target } = merge;
  const parts = keyOf(merge, 'n');
  const remove = (condition: string) => `DELETE FROM ${target} AS t USING ${rows} n WHERE ${condition}`;
  const whole = remove(matches(merge, 't', 'n', '='));
  if (parts.length === 1) return [whole];
  const someMissing = parts.map((part) => `${part} IS NULL`).join(' OR ');
  return [whole, remove(`(${someMissing}) AND ${sameRow(merge)}`)];
}

/** The condition that `t` and `n` have the same key, parts that are missing in both included. */
function sameRow(merge: Merge): string {
  const parts = keyOf(merge, 'n');
  if (parts.length === 1) return matches(merge, 't', 'n', '=');
  const someThere = parts.map((part) => `${part} IS NOT NULL`).join(' OR ');
  return `(${someThere}) AND ${matches(merge, 't', 'n', 'IS NOT DISTINCT FROM')}`;
}

function matches(merge: Merge, one: string, other: string, operator: string): string {
  const left = keyOf(merge, one);
  return keyOf(merge, other)
    .map((part, index) => `${left[index]} ${operator} ${part}`)
    .join(' AND ');
}

function keyOf({ dialect, key }: Merge, alias: string): readonly string[] {
  return key.map((part) => keyPart(dialect, part, `${alias}.`));
}

/** The SQL of a part of a key. */
export function keyPart(dialect: Dialect, { column, path }: KeyPart, prefix = ''): string {
  const quoted = prefix + quoteName(column);
  return path.length === 0 ? quoted : dialect.inside(quoted, path);
}
