import { PyLookupError } from '../time/python-error.ts';
import { done, type Methods, methodOf } from './method-table.ts';
import { hashKey } from './python-hash.ts';
import { isSubset, iterate } from './python-logic.ts';
import { pyRepr } from './python-text.ts';
import { PySet } from './python-types.ts';

const members = (other: unknown) => (other instanceof PySet ? other : new PySet(iterate(other)));
const keep = (self: PySet, test: (key: string) => boolean) =>
  new PySet([...self.members].filter(([key]) => test(key)).map(([, item]) => item));
const assign = (self: PySet, made: PySet) => {
  self.members.clear();
  for (const [key, item] of made.members) self.members.set(key, item);
  return null;
};

function unionOf(self: PySet, others: readonly unknown[]): PySet {
  return new PySet([self, ...others].flatMap((each) => [...iterate(each)]));
}

function intersectionOf(self: PySet, others: readonly unknown[]): PySet {
  const sets = others.map(members);
  return keep(self, (key) => sets.every((set) => set.members.has(key)));
}

export function differenceOf(self: PySet, others: readonly unknown[]): PySet {
  const sets = others.map(members);
  return keep(self, (key) => !sets.some((set) => set.members.has(key)));
}

function symmetricDifference(self: PySet, other: unknown): PySet {
  const set = members(other);
  return unionOf(differenceOf(self, [set]), [differenceOf(set, [self])]);
}

const setMethods: Methods<PySet> = {
  add: [['item', '/'], (self, item) => done(self.add(item))],
  clear: [[], (self) => done(self.members.clear())],
  copy: [[], (self) => new PySet(self.members.values())],
  difference: [['*others'], (self, others) => differenceOf(self, others as unknown[])],
  difference_update: [['*others'], (self, others) => assign(self, differenceOf(self, others as unknown[]))],
  discard: [['item', '/'], (self, item) => done(self.members.delete(hashKey(item)))],
  intersection: [['*others'], (self, others) => intersectionOf(self, others as unknown[])],
  intersection_update: [
    ['*others'],
    (self, others) => assign(self, intersectionOf(self, others as unknown[])),
  ],
  isdisjoint: [['other', '/'], (self, other) => intersectionOf(self, [other]).members.size === 0],
  issubset: [['other', '/'], (self, other) => isSubset(self, members(other))],
  issuperset: [['other', '/'], (self, other) => isSubset(members(other), self)],
  pop: [
    [],
    (self) => {
      const first = self.members.entries().next().value;
      if (first === undefined) throw new PyLookupError("'pop from an empty set'", 'KeyError');
      self.members.delete(first[0]);
      return first[1];
    },
  ],
  remove: [
    ['item', '/'],
    (self, item) => {
      if (!self.members.delete(hashKey(item))) throw new PyLookupError(pyRepr(item), 'KeyError');
      return null;
    },
  ],
  symmetric_difference: [['other', '/'], symmetricDifference],
  union: [['*others'], (self, others) => unionOf(self, others as unknown[])],
  update: [['*others'], (self, others) => assign(self, unionOf(self, others as unknown[]))],
};

export const setMethod = (self: PySet, name: string) => methodOf(setMethods, 'set', self, name);
