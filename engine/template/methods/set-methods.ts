import { PyLookupError } from '../../time/python-error.ts';
import { missingKey } from '../values/mapping.ts';
import type { Methods, Python } from '../values/python.ts';
import { addMember, isSubset, keepMembers, PySet, setOf } from '../values/set.ts';
import type { PyView } from '../values/view.ts';
import { done, restOf } from './method-parts.ts';

function asSet(value: unknown, py: Python): PySet {
  return value instanceof PySet ? value : setOf(py.iterate(value), py);
}

function assign(self: PySet, made: PySet): null {
  self.members.clear();
  for (const [hash, item] of made.members) self.members.set(hash, item);
  return null;
}

function unionOf(self: PySet, others: unknown, py: Python): PySet {
  return setOf(
    [self, ...restOf(others)].flatMap((each) => [...py.iterate(each)]),
    py,
  );
}

function intersectionOf(self: PySet, others: unknown, py: Python): PySet {
  const sets = restOf(others).map((other) => asSet(other, py));
  return keepMembers(self, (hash) => sets.every((set) => set.members.has(hash)));
}

function differenceOf(self: PySet, others: unknown, py: Python): PySet {
  const sets = restOf(others).map((other) => asSet(other, py));
  return keepMembers(self, (hash) => !sets.some((set) => set.members.has(hash)));
}

function symmetricDifference(self: PySet, other: unknown, py: Python): PySet {
  const set = asSet(other, py);
  return unionOf(differenceOf(self, [set], py), [differenceOf(set, [self], py)], py);
}

export const setMethods: Methods<PySet> = {
  add: [['item', '/'], (self, [item], py) => done(addMember(self, item, py))],
  clear: [[], (self) => done(self.members.clear())],
  copy: [[], (self) => new PySet(new Map(self.members))],
  difference: [['*others'], (self, [others], py) => differenceOf(self, others, py)],
  difference_update: [['*others'], (self, [others], py) => assign(self, differenceOf(self, others, py))],
  discard: [['item', '/'], (self, [item], py) => done(self.members.delete(py.hash(item)))],
  intersection: [['*others'], (self, [others], py) => intersectionOf(self, others, py)],
  intersection_update: [['*others'], (self, [others], py) => assign(self, intersectionOf(self, others, py))],
  isdisjoint: [['other', '/'], (self, [other], py) => intersectionOf(self, [other], py).members.size === 0],
  issubset: [['other', '/'], (self, [other], py) => isSubset(self, asSet(other, py))],
  issuperset: [['other', '/'], (self, [other], py) => isSubset(asSet(other, py), self)],
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
    (self, [item], py) => (self.members.delete(py.hash(item)) ? null : missingKey(py.repr(item))),
  ],
  symmetric_difference: [['other', '/'], (self, [other], py) => symmetricDifference(self, other, py)],
  symmetric_difference_update: [
    ['other', '/'],
    (self, [other], py) => assign(self, symmetricDifference(self, other, py)),
  ],
  union: [['*others'], (self, [others], py) => unionOf(self, others, py)],
  update: [['*others'], (self, [others], py) => assign(self, unionOf(self, others, py))],
};

/** Of the methods of sets, the views of dicts have the one that other values ask for. */
export const viewMethods: Methods<PyView> = {
  isdisjoint: [
    ['other', '/'],
    (self, [other], py) => intersectionOf(setOf(self, py), [other], py).members.size === 0,
  ],
};
