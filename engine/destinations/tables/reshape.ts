import type { Column } from '../columns/columns.ts';
import { type Dialect, quoteName } from './dialect.ts';

export interface Reshaped {
  readonly added: readonly Column[];
  readonly widened: readonly { readonly from: Column; readonly to: Column }[];
}

/** What must change for a table to hold what comes. */
export function reshaping(dialect: Dialect, before: readonly Column[], after: readonly Column[]): Reshaped {
  const known = new Map(before.map((column) => [column.name, column]));
  return {
    added: after.filter(({ name }) => !known.has(name)),
    widened: after.flatMap((to) => {
      const from = known.get(to.name);
      return from === undefined || dialect.typeOf(from) === dialect.typeOf(to) ? [] : [{ from, to }];
    }),
  };
}

export function createStatement(dialect: Dialect, table: string, columns: readonly Column[]): string {
  const definitions = columns.map((column) => `${quoteName(column.name)} ${dialect.typeOf(column)}`);
  return `CREATE TABLE ${dialect.table(table)} (${[...definitions, `_synced_at ${dialect.types.TIMESTAMPTZ}`].join(', ')})`;
}

export function reshapeStatements(
  dialect: Dialect,
  table: string,
  { added, widened }: Reshaped,
): readonly string[] {
  const alter = `ALTER TABLE ${dialect.table(table)}`;
  return [
    ...added.map(
      (column) => `${alter} ADD COLUMN IF NOT EXISTS ${quoteName(column.name)} ${dialect.typeOf(column)}`,
    ),
    ...widened.map(({ from, to }) => {
      const column = quoteName(to.name);
      return `${alter} ALTER COLUMN ${column} TYPE ${dialect.typeOf(to)} USING ${dialect.widened(column, from, to)}`;
    }),
  ];
}
