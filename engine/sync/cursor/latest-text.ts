import type { CursorValues } from './cursor-values.ts';
import { createLatestValue } from './latest-value.ts';

/** The highest of the values of all partitions, compared as texts, which is what states contain. */
export interface LatestText {
  /** A raw value of a record; false when it cannot be read. */
  see(raw: unknown): boolean;
  /** A value that is already written as in states. */
  take(text: string): void;
  get(): string | undefined;
}

export function createLatestText<V, G>(values: CursorValues<V, G>, initial: string | undefined): LatestText {
  let latest = initial;
  let last: unknown;
  // For raw values whose order is that of their texts.
  const ordered = values.textOrdersLikeValue ? createLatestValue(values) : undefined;

  function take(text: string): void {
    if (latest === undefined || latest < text) latest = text;
  }

  return {
    see(raw) {
      if (raw === last && raw !== undefined) return true;
      if (ordered !== undefined && values.rank(raw) !== undefined) {
        ordered.see(raw);
      } else {
        try {
          take(String(values.format(values.parse(raw))));
        } catch {
          return false;
        }
      }
      last = raw;
      return true;
    },
    take,
    get() {
      const seen = ordered?.get();
      if (seen !== undefined) take(String(values.format(seen)));
      return latest;
    },
  };
}
