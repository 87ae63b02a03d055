import { pyCompare } from './python-order.ts';

/** A stable sort by Python's order; throws TypeError where there is none. */
export function sortValues<T>(items: readonly T[], key: (item: T) => unknown, reverse = false): T[] {
  const keyed = items.map((item) => ({ item, key: key(item) }));
  keyed.sort((a, b) => {
    const [left, right] = reverse ? [b, a] : [a, b];
    if (pyCompare('<', left.key, right.key)) return -1;
    return pyCompare('<', right.key, left.key) ? 1 : 0;
  });
  return keyed.map(({ item }) => item);
}
