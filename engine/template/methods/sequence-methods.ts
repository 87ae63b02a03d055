import { PyLookupError, PyValueError } from '../../time/python-error.ts';
import { checkItems, costs } from '../values/budget.ts';
import type { Methods, Python } from '../values/python.ts';
import type { PyTuple } from '../values/tuple.ts';
import { done } from './method-parts.ts';
import { sortValues } from './sort.ts';

const at = (items: readonly unknown[], position: number) =>
  position < 0 ? position + items.length : position;

/** Where an item stands; `bounds` are those of the search. Throws ValueError. */
function indexIn(
  items: readonly unknown[],
  item: unknown,
  [from, to]: readonly unknown[],
  message: string,
  py: Python,
): number {
  const start = from === undefined ? 0 : Math.max(at(items, py.index(from)), 0);
  const end = to === undefined ? items.length : at(items, py.index(to));
  for (let index = start; index < Math.min(end, items.length); index++) {
    py.spend(1);
    if (py.equals(items[index], item)) return index;
  }
  throw new PyValueError(message);
}

function countIn(items: readonly unknown[], item: unknown, py: Python): number {
  py.spend(items.length);
  return items.filter((each) => py.equals(each, item)).length;
}

function grow(list: unknown[], items: readonly unknown[], py: Python): void {
  checkItems(list.length + items.length);
  py.spend(items.length * costs.item);
  for (const item of items) list.push(item);
}

/** What it costs to move the items behind a place: memory moves by the block. */
const moved = (list: readonly unknown[], place: number) => Math.max(list.length - place, 0) >> 4;

export const listMethods: Methods<unknown[]> = {
  append: [['item', '/'], (self, [item], py) => done(grow(self, [item], py))],
  clear: [[], (self) => done(self.splice(0))],
  copy: [
    [],
    (self, _args, py) => {
      py.spend(self.length * costs.item);
      return [...self];
    },
  ],
  count: [['item', '/'], (self, [item], py) => countIn(self, item, py)],
  extend: [
    ['items', '/'],
    (self, [items], py) => {
      // The list itself may be what is added.
      grow(self, [...py.iterate(items)], py);
      return null;
    },
  ],
  index: [
    ['item', 'start?', 'stop?', '/'],
    (self, [item, ...bounds], py) => indexIn(self, item, bounds, `${py.repr(item)} is not in list`, py),
  ],
  insert: [
    ['index', 'item', '/'],
    (self, [index, item], py) => {
      const place = Math.max(at(self, py.index(index)), 0);
      checkItems(self.length + 1);
      py.spend(costs.item + moved(self, place));
      return done(self.splice(place, 0, item));
    },
  ],
  pop: [
    ['index?', '/'],
    (self, [index], py) => {
      if (self.length === 0) throw new PyLookupError('pop from empty list', 'IndexError');
      const position = index === undefined ? self.length - 1 : at(self, py.index(index));
      if (position < 0 || position >= self.length)
        throw new PyLookupError('pop index out of range', 'IndexError');
      py.spend(moved(self, position));
      return self.splice(position, 1)[0];
    },
  ],
  remove: [
    ['item', '/'],
    (self, [item], py) => done(self.splice(indexIn(self, item, [], 'list.remove(x): x not in list', py), 1)),
  ],
  reverse: [
    [],
    (self, _args, py) => {
      py.spend(self.length);
      return done(self.reverse());
    },
  ],
  sort: [
    ['*', 'key?', 'reverse?'],
    (self, [, reverse], py) => {
      const sorted = sortValues(self, (item) => item, reverse === true, py);
      for (const [index, item] of sorted.entries()) self[index] = item;
      return null;
    },
  ],
};

export const tupleMethods: Methods<PyTuple> = {
  count: [['item', '/'], (self, [item], py) => countIn(self.items, item, py)],
  index: [
    ['item', 'start?', 'stop?', '/'],
    (self, [item, ...bounds], py) => indexIn(self.items, item, bounds, 'tuple.index(x): x not in tuple', py),
  ],
};
