import { costs } from './budget.ts';
import type { PyType } from './python.ts';
import { showItems } from './sequence.ts';
import { PySet, setOf, subtractSets } from './set.ts';
import { unhashable } from './unhashable.ts';

/** A live view of a dict: keys(), values() or items(). */
export class PyView implements Iterable<unknown> {
  readonly kind: 'dict_keys' | 'dict_values' | 'dict_items';
  readonly read: () => readonly unknown[];
  constructor(kind: 'dict_keys' | 'dict_values' | 'dict_items', read: () => readonly unknown[]) {
    this.kind = kind;
    this.read = read;
  }
  [Symbol.iterator](): Iterator<unknown> {
    return this.read()[Symbol.iterator]();
  }
}

export const viewType: PyType<PyView> = {
  name: 'dict_view',
  length: (self) => self.read().length,
  iterate: (self) => self.read(),
  contains(self, item, py) {
    if (self.kind === 'dict_keys') py.hash(item);
    const items = self.read();
    py.spend(items.length * costs.item);
    return items.some((each) => py.equals(each, item));
  },
  hash: unhashable('dict_view'),
  equals(self, other, py) {
    if (!(other instanceof PyView) || self.kind === 'dict_values') return false;
    return py.equals(setOf(self, py), setOf(other, py));
  },
  repr: (self, py) => `${self.kind}([${showItems(self.read(), py)}])`,
  isContainer: true,
  compare(operator, self, other, py) {
    const right = other instanceof PyView ? setOf(other, py) : other;
    if (!(right instanceof PySet) || self.kind === 'dict_values') return undefined;
    return py.compare(operator, setOf(self, py), right);
  },
  /** Unlike a set it can be lessened by anything that has items. */
  binary: (operator, self, other, py) =>
    py.isIterable(other)
      ? subtractSets(operator, setOf(self, py), other instanceof PySet ? other : setOf(py.iterate(other), py))
      : undefined,
  /** A set minus a view. */
  reflected: (operator, self, other, py) =>
    other instanceof PySet ? subtractSets(operator, other, setOf(self, py)) : undefined,
};
