import type { Source } from './place.ts';

export interface Location {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units, as editors count. */
  readonly column: number;
  /** The line without its line break. */
  readonly text: string;
}

const lineStartsOf = new WeakMap<Source, readonly number[]>();

/** The line and column of an offset; undefined for a source without text. */
export function lineAt(source: Source, offset: number): Location | undefined {
  const { text } = source;
  if (text === undefined) return undefined;
  const starts = lineStarts(source, text);
  const at = Math.min(Math.max(offset, 0), text.length);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  const start = starts[low] ?? 0;
  const end = starts[low + 1] ?? text.length;
  return { line: low + 1, column: at - start + 1, text: text.slice(start, end).replace(/\r?\n$|\r$/, '') };
}

function lineStarts(source: Source, text: string): readonly number[] {
  const known = lineStartsOf.get(source);
  if (known) return known;
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  lineStartsOf.set(source, starts);
  return starts;
}
