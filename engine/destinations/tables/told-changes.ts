import type { Dialect } from './dialect.ts';
import { reshaping } from './reshape.ts';
import type { TableChange } from './table-change.ts';

/** What changed in tables that were there, for people; a column called `except` is not worth a word. */
export function toldChanges(
  dialect: Dialect,
  { stream, parts, gathering }: TableChange,
  except: string,
): readonly string[] {
  if (gathering !== undefined || parts[0].seen === undefined) return [];
  return parts.flatMap(({ path, table, seen, columns }) => {
    const name = path === '' ? stream : table;
    const { added, widened } = reshaping(dialect, seen ?? columns, columns);
    return [
      ...(seen === undefined ? [`The lists in ${stream} have a new table ${table}.`] : []),
      ...added
        .filter((column) => column.name !== except)
        .map((column) => `The table of ${name} has a new column ${column.name} (${dialect.typeOf(column)}).`),
      ...widened.map(
        ({ from, to }) =>
          `The column ${to.name} of ${name} is ${dialect.typeOf(to)} now instead of ${dialect.typeOf(from)}.`,
      ),
    ];
  });
}
