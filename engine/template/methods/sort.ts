import type { Python } from '../values/python.ts';

/** A stable sort by Python's order; throws TypeError where there is none. */
export function sortValues<T>(
  items: readonly T[],
  key: (item: T) => unknown,
  reverse: boolean,
  py: Python,
): T[] {
  py.spend(items.length);
  const keyed = items.map((item) => ({ item, key: key(item) }));
  keyed.sort((a, b) => {
    const [left, right] = reverse ? [b, a] : [a, b];
    if (py.compare('<', left.key, right.key)) return -1;
    return py.compare('<', right.key, left.key) ? 1 : 0;
  });
  return keyed.map(({ item }) => item);
}
