import type { DirectRows } from '../tables/database.ts';
import { quoteName } from '../tables/dialect.ts';
import { keyPart, latest, removeMatching } from '../tables/merge.ts';
import { duckDbDialect } from './dialect.ts';

/** The statement that adds new rows to a table as they come. `query` reads them in their order. */
export function appendStatement({ target, columns, syncedAt }: DirectRows, query: string): string {
  const names = columns.map(({ name }) => quoteName(name));
  return `INSERT INTO ${target} (${[...names, '_synced_at'].join(', ')}) SELECT ${[...names, syncedAt].join(', ')} FROM (${query})`;
}

/** The query for the number of the last row of a table, as `last`. */
export function lastRowQuery(target: string): string {
  return `SELECT coalesce(max(rowid), -1) AS last FROM ${target}`;
}

/**
 * The statements that remove rows of which a later one has the key, so that nothing has to be gathered before it is
 * added: that takes three quarters of the time. DuckDB numbers the rows of a table in the order in which they were added. `after` is the
 * number of the last row that was there before; undefined where none was. No column of the table may be called `rowid`.
 */
export function removeFormerStatements(rows: DirectRows, after: string | undefined): readonly string[] {
  const { target, key } = rows;
  if (key.length === 0) return [];
  const parts = key.map((part) => keyPart(duckDbDialect, part, 'n.'));
  const someThere = parts.map((part) => `${part} IS NOT NULL`).join(' OR ');
  const keys = parts.map((part, index) => `${part} AS k${index}`).join(', ');
  const isNew = after === undefined ? '' : ` AND n.rowid > ${after}`;
  // In a table that was empty mostly no key comes twice.
  const isTwice = after === undefined ? ' HAVING count(*) > 1' : '';
  return [
    `CREATE TEMP TABLE ${latest} AS SELECT ${keys}, max(n.rowid) AS last FROM ${target} n WHERE (${someThere})${isNew} GROUP BY ${parts.join(', ')}${isTwice}`,
    ...removeMatching(duckDbDialect, rows, ' AND t.rowid < k.last'),
    `DROP TABLE ${latest}`,
  ];
}
