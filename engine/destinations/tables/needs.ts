import type { Dialect } from './dialect.ts';
import { reshaping } from './reshape.ts';
import type { TablePart } from './stream-rows.ts';

/** What records bring that tables, as they are, have no place for; a column called `except` is no news. */
export function newsFor(dialect: Dialect, parts: readonly TablePart[], except: string): readonly string[] {
  return parts.flatMap(({ table, path, seen, columns }) => {
    if (seen === undefined) return [`a table "${table}"`];
    const where = path === '' ? '' : ` of "${table}"`;
    const { added, widened } = reshaping(dialect, seen, columns.current());
    return [
      ...added
        .filter(({ name }) => name !== except)
        .map((column) => `a column "${column.name}"${where} (${dialect.typeOf(column)})`),
      ...widened.map(
        ({ from, to }) => `"${to.name}"${where} as ${dialect.typeOf(to)} instead of ${dialect.typeOf(from)}`,
      ),
    ];
  });
}

/** A table that would have more columns than it may. */
export function tooWide(
  { columnLimit }: Dialect,
  parts: readonly TablePart[],
): { readonly table: string; readonly count: number } | undefined {
  const wide = parts.find(
    ({ columns }) => columns.size() > columnLimit && columns.current().length > columnLimit,
  );
  return wide && { table: wide.table, count: wide.columns.current().length };
}
