import { displayWidth } from '../error/display-width.ts';

export interface TextTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Below a line of its own. */
  readonly last?: readonly string[];
  /** Of each column; numbers stand at the right. */
  readonly isRight: readonly boolean[];
}

/** A table for people, with a line below its head. Ends with a line feed. */
export function textTable({ head, rows, last, isRight }: TextTable): string {
  const all = [head, ...rows, ...(last === undefined ? [] : [last])];
  const widths = head.map((_, column) => Math.max(...all.map((row) => displayWidth(row[column] ?? ''))));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => {
        const room = ' '.repeat(Math.max(0, (widths[column] ?? 0) - displayWidth(cell)));
        return isRight[column] === true ? room + cell : cell + room;
      })
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [line(head), rule, ...rows.map(line), ...(last === undefined ? [] : [rule, line(last)]), ''].join(
    '\n',
  );
}
