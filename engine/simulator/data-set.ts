import type { CursorModel, Window } from './cursor-model.ts';

/** Where the records of one partition lie: a position for each. */
export type Positions = readonly number[];

/** Windows whose edges have a record each. */
const windowsWithEdges = 3;

/**
 * Positions for `count` records. The edges of the first windows have one each, so that whatever reads windows with a gap
 * or an overlap in between shows; the others lie evenly. With `isDense` they all lie in the first window, where pages are
 * to be had.
 */
export async function positionsIn(cursor: CursorModel, count: number, isDense: boolean): Promise<Positions> {
  const windows = await cursor.windows();
  const [first] = windows;
  const last = windows.at(-1);
  if (first === undefined || last === undefined || count === 0) return [];
  const whole: Window = isDense ? first : { start: first.start, end: last.end };
  const ends = isDense || cursor.kind === 'count' ? [] : edgesOf(windows).slice(0, Math.max(2, count - 1));
  const rest = Math.max(0, count - ends.length);
  const positions = [...ends, ...evenly(bounded(whole, count), rest)].slice(0, Math.max(count, ends.length));
  return positions.sort((a, b) => a - b);
}

function* pairs(windows: readonly Window[]): Generator<readonly [Window, Window | undefined]> {
  for (const [index, window] of windows.entries()) yield [window, windows[index + 1]];
}

/** Start and end of the first windows, and what lies between the end of one and the start of the next. */
function edgesOf(windows: readonly Window[]): number[] {
  const edges: number[] = [];
  for (const [window, next] of pairs(windows.slice(0, windowsWithEdges))) {
    edges.push(window.start);
    if (Number.isFinite(window.end)) edges.push(window.end);
    if (next !== undefined && next.start > window.end) edges.push(window.end + (next.start - window.end) / 2);
  }
  return [...new Set(edges)];
}

/** A count has no end: its records have the numbers after its start, each another. */
function bounded({ start, end }: Window, count: number): Window {
  const from = Number.isFinite(start) ? start : 0;
  return { start: from, end: Number.isFinite(end) ? end : from + count + 1 };
}

function evenly({ start, end }: Window, count: number): number[] {
  const step = (end - start) / (count + 1);
  return Array.from({ length: count }, (_, index) => start + step * (index + 1));
}
