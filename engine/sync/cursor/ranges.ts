import type { CursorValues } from './cursor-values.ts';
import { larger } from './cursor-values.ts';

/** What has been read: everything from `start` to `end`, both included. */
export interface Range<V> {
  readonly start: V;
  readonly end: V;
  /** The highest cursor value of its records; undefined when there were none. */
  readonly mostRecent: V | undefined;
}

/** Sorted, and joined where they overlap or touch. */
export function mergeRanges<V, G>(values: CursorValues<V, G>, ranges: readonly Range<V>[]): Range<V>[] {
  const sorted = [...ranges].sort((a, b) => values.compare(a.start, b.start) || values.compare(a.end, b.end));
  const merged: Range<V>[] = [];
  for (const range of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && values.compare(values.next(last.end), range.start) >= 0) {
      merged[merged.length - 1] = {
        start: last.start,
        end: larger(values, last.end, range.end),
        mostRecent: laterOf(values, range.mostRecent, last.mostRecent),
      };
    } else {
      merged.push(range);
    }
  }
  return merged;
}

function laterOf<V, G>(values: CursorValues<V, G>, a: V | undefined, b: V | undefined): V | undefined {
  if (a === undefined || values.isNothing(a)) return b;
  if (b === undefined || values.isNothing(b)) return a;
  return larger(values, a, b);
}

/**
 * The point up to which nothing is missing: the highest record before the first gap, or the start when there was none.
 */
export function completeUntil<V, G>(values: CursorValues<V, G>, ranges: readonly Range<V>[]): V | undefined {
  const first = mergeRanges(values, ranges)[0];
  if (first === undefined) return undefined;
  return first.mostRecent === undefined || values.isNothing(first.mostRecent)
    ? first.start
    : first.mostRecent;
}
