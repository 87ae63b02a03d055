import { holds } from './number.ts';
import type { Ordering, Python } from './python.ts';
import { PySlice, sliceItems } from './slice.ts';

/** items[key], the picked items of a slice wrapped; JavaScript's undefined when there is no such item. */
export function sequenceItemOrSlice<T>(
  items: readonly T[],
  key: unknown,
  wrap: (items: T[]) => unknown,
): unknown {
  return key instanceof PySlice ? wrap(sliceItems(items, key)) : sequenceItem(items, key);
}

/** items[key]; JavaScript's undefined when there is no such item. */
export function sequenceItem(items: ArrayLike<unknown>, key: unknown): unknown {
  const position = typeof key === 'boolean' || typeof key === 'bigint' ? Number(key) : key;
  if (typeof position !== 'number' || !Number.isInteger(position)) return undefined;
  const at = position < 0 ? position + items.length : position;
  if (at < 0 || at >= items.length) return undefined;
  return items[at] === undefined ? null : items[at];
}

export function sameItems(a: readonly unknown[], b: readonly unknown[], py: Python): boolean {
  return a.length === b.length && a.every((item, index) => sameItem(item, b[index], py));
}

/** Two equal numbers cost nothing, but to go through a list of them does. */
function sameItem(a: unknown, b: unknown, py: Python): boolean {
  py.spend(1);
  return py.equals(a, b);
}

/** The first items that differ decide, and then the lengths. */
export function compareItems(
  operator: Ordering,
  a: readonly unknown[],
  b: readonly unknown[],
  py: Python,
): boolean {
  for (let index = 0; index < a.length && index < b.length; index++) {
    if (!sameItem(a[index], b[index], py)) return py.compare(operator, a[index], b[index]);
  }
  return holds(operator, a.length - b.length);
}

export function showItems(items: readonly unknown[], py: Python): string {
  return items.map((item) => py.repr(item)).join(', ');
}
