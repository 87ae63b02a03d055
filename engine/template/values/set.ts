import { containerNames } from './hidden-names.ts';
import { holds } from './number.ts';
import type { BinaryOperator, Ordering, PyType, Python } from './python.ts';
import { showItems } from './sequence.ts';
import { unhashable } from './unhashable.ts';

export class PySet {
  /** The members by their hashes, in the order in which they came. */
  readonly members: Map<string, unknown>;
  constructor(members: Map<string, unknown>) {
    this.members = members;
  }
}

export function setOf(items: Iterable<unknown>, py: Pick<Python, 'hash'>): PySet {
  const set = new PySet(new Map());
  for (const item of items) addMember(set, item, py);
  return set;
}

export function addMember({ members }: PySet, item: unknown, py: Pick<Python, 'hash'>): void {
  const hash = py.hash(item);
  if (!members.has(hash)) members.set(hash, item);
}

export function isSubset(a: PySet, b: PySet): boolean {
  return [...a.members.keys()].every((hash) => b.members.has(hash));
}

/** The members of a set whose hashes pass. */
export function keepMembers({ members }: PySet, test: (hash: string) => boolean): PySet {
  return new PySet(new Map([...members].filter(([hash]) => test(hash))));
}

function compare(operator: Ordering, self: PySet, other: PySet): boolean {
  const isProper = self.members.size !== other.members.size;
  const isWithin = operator.startsWith('<') ? isSubset(self, other) : isSubset(other, self);
  return isWithin && (isProper || holds(operator, 0));
}

/** a - b, of sets and of the keys and items of dicts; JavaScript's undefined for other values. */
export function subtractSets(operator: BinaryOperator, self: PySet, other: unknown): PySet | undefined {
  if (operator !== '-' || !(other instanceof PySet)) return undefined;
  return keepMembers(self, (hash) => !other.members.has(hash));
}

export const setType: PyType<PySet> = {
  name: 'set',
  length: (self) => self.members.size,
  iterate: (self) => self.members.values(),
  contains: (self, item, py) => self.members.has(py.hash(item)),
  hash: unhashable('set'),
  equals: (self, other) =>
    other instanceof PySet && self.members.size === other.members.size && isSubset(self, other),
  compare: (operator, self, other) => (other instanceof PySet ? compare(operator, self, other) : undefined),
  repr: (self, py) => (self.members.size === 0 ? 'set()' : `{${showItems([...self.members.values()], py)}}`),
  isContainer: true,
  hidden: containerNames,
  binary: subtractSets,
  json: (self, py) => [...self.members.values()].map((item) => py.json(item)),
};
