import { checkItems } from './budget.ts';
import { containerNames } from './hidden-names.ts';
import { isWhole } from './number.ts';
import type { PyType } from './python.ts';
import { compareItems, sameItems, sequenceItemOrSlice, showItems } from './sequence.ts';
import { repetitions } from './text.ts';
import { unhashable } from './unhashable.ts';

export function repeatItems(items: readonly unknown[], count: number | bigint | boolean): unknown[] {
  const times = repetitions(items.length, count);
  checkItems(items.length * times);
  const made: unknown[] = [];
  for (let round = 0; round < times; round++) for (const item of items) made.push(item);
  return made;
}

/** a + b */
export function addItems(a: readonly unknown[], b: readonly unknown[]): unknown[] {
  checkItems(a.length + b.length);
  return [...a, ...b];
}

export const listType: PyType<readonly unknown[]> = {
  name: 'list',
  length: (self) => self.length,
  iterate: (self) => self,
  hash: unhashable('list'),
  equals: (self, other, py) => Array.isArray(other) && sameItems(self, other, py),
  compare: (operator, self, other, py) =>
    Array.isArray(other) ? compareItems(operator, self, other, py) : undefined,
  repr: (self, py) => `[${showItems(self, py)}]`,
  isContainer: true,
  hidden: containerNames,
  item: (self, key) => sequenceItemOrSlice(self, key, (items) => items),
  binary(operator, self, other) {
    if (operator === '+' && Array.isArray(other)) return addItems(self, other);
    return operator === '*' && isWhole(other) ? repeatItems(self, other) : undefined;
  },
  reflected: (operator, self, other) =>
    operator === '*' && isWhole(other) ? repeatItems(self, other) : undefined,
  json: (self, py) => self.map((item) => py.json(item)),
};
