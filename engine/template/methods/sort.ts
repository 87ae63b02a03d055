import { costs } from '../values/budget.ts';
import type { Python } from '../values/python.ts';

/** A stable sort by Python's order; throws TypeError where there is none. */
export function sortValues<T>(
  items: readonly T[],
  key: (item: T) => unknown,
  reverse: boolean,
  py: Python,
): T[] {
  // Comparing numbers costs nothing elsewhere; here each is compared some times with others.
  py.spend(items.length * (costs.look + 2 * Math.ceil(Math.log2(items.length + 1))));
  const keyed = items.map((item) => ({ item, key: key(item) }));
  keyed.sort((a, b) => {
    const [left, right] = reverse ? [b, a] : [a, b];
    if (py.compare('<', left.key, right.key)) return -1;
    return py.compare('<', right.key, left.key) ? 1 : 0;
  });
  return keyed.map(({ item }) => item);
}
