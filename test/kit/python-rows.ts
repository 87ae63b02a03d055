import { readFileSync } from 'node:fs';

/** An expression that Jinja and Python both know, and what Python 3.11 prints for it, or the class of its error. */
export type PythonRow = readonly [expression: string, wanted: unknown];

/** The rows of a file, by what they have in common. */
export function pythonRows(
  path: string,
  groupOf: (expression: string) => string,
): readonly (readonly [group: string, rows: readonly PythonRow[]])[] {
  const groups = new Map<string, PythonRow[]>();
  for (const row of JSON.parse(readFileSync(path, 'utf8')) as readonly PythonRow[]) {
    const group = groupOf(row[0]);
    groups.set(group, [...(groups.get(group) ?? []), row]);
  }
  return [...groups];
}
