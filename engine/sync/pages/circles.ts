import { lookOf, type RecordSet } from './record-set.ts';

/** So often the same records come in one look, and it is no accident. */
const repetitions = 3;

/**
 * Where all pages that were looked at up to this one have the same keys, nothing else will come. Before it they may: a page for
 * each day with the same things on it, of which each day says something else.
 */
const longestSameKeys = 16_384;

export interface Circles {
  /** Told of the pages that are looked into. Says how the paging goes in a circle, when it does. */
  seen(page: number, set: RecordSet): string | undefined;
}

/** Pages with the same records as others, which come under other tokens, in another order, or with a field that changes. */
export function createCircles(): Circles {
  let look = 0;
  let counts = new Map<string, number>();
  let keys: string | undefined;
  let haveSameKeys = true;

  return {
    seen(page, set) {
      if (lookOf(page) !== look) {
        look = lookOf(page);
        counts = new Map();
      }
      const records = set.records();
      const times = (counts.get(records) ?? 0) + 1;
      counts.set(records, times);
      if (times >= repetitions)
        return `the same records came on ${times} of the last pages, up to page ${page}`;
      haveSameKeys &&= keys === undefined || keys === set.keys();
      keys = set.keys();
      if (haveSameKeys && page > longestSameKeys)
        return `records with the same keys came on every page up to ${page}`;
      return undefined;
    },
  };
}
