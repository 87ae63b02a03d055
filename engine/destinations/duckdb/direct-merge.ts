import type { DirectRows } from '../tables/database.ts';
import { quoteName } from '../tables/dialect.ts';
import { keyPart, latest, removeMatching } from '../tables/merge.ts';
import { duckDbDialect } from './dialect.ts';

const before = 'manifold_before';

/**
 * The statements that bring new rows into a table as they come, and then remove all but the last one of each key. DuckDB numbers
 * the rows of a table in the order in which they were added, so nothing has to be gathered first: that takes three quarters of
 * the time. `query` reads the rows in their order. No column of
 * the table may be called `rowid`.
 */
export function directMerge(rows: DirectRows, query: string): readonly string[] {
  const { target, isNew, columns, key, syncedAt } = rows;
  const names = columns.map(({ name }) => quoteName(name));
  const insert = `INSERT INTO ${target} (${[...names, '_synced_at'].join(', ')}) SELECT ${[...names, syncedAt].join(', ')} FROM (${query})`;
  if (key.length === 0) return [insert];
  const parts = key.map((part) => keyPart(duckDbDialect, part, 'n.'));
  const someThere = parts.map((part) => `${part} IS NOT NULL`).join(' OR ');
  const keys = parts.map((part, index) => `${part} AS k${index}`).join(', ');
  const last = `SELECT ${keys}, max(n.rowid) AS last FROM ${target} n`;
  const groups = `GROUP BY ${parts.join(', ')}`;
  const removeFormer = [
    ...removeMatching(duckDbDialect, rows, ' AND t.rowid < k.last'),
    `DROP TABLE ${latest}`,
  ];
  if (isNew)
    return [
      insert,
      // Mostly no key comes twice.
      `CREATE TEMP TABLE ${latest} AS ${last} WHERE ${someThere} ${groups} HAVING count(*) > 1`,
      ...removeFormer,
    ];
  return [
    `CREATE TEMP TABLE ${before} AS SELECT coalesce(max(rowid), -1) AS last FROM ${target}`,
    insert,
    `CREATE TEMP TABLE ${latest} AS ${last} WHERE n.rowid > (SELECT last FROM ${before}) AND (${someThere}) ${groups}`,
    `DROP TABLE ${before}`,
    ...removeFormer,
  ];
}
