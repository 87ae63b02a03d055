import { costs } from './budget.ts';
import { containerNames } from './hidden-names.ts';
import { addItems, repeatItems } from './list.ts';
import { isWhole } from './number.ts';
import type { PyType } from './python.ts';
import { compareItems, sameItems, sequenceItemOrSlice, showItems } from './sequence.ts';

export class PyTuple {
  readonly items: readonly unknown[];
  constructor(items: readonly unknown[]) {
    this.items = items;
  }
}

export const tupleType: PyType<PyTuple> = {
  name: 'tuple',
  length: (self) => self.items.length,
  iterate: (self) => self.items,
  // With lengths instead of quotes, which would double at every level.
  hash(self, py) {
    const hashes = self.items.map((item) => py.hash(item)).map((hash) => `${hash.length}:${hash}`);
    py.spend(hashes.reduce((sum, { length }) => sum + length, hashes.length * costs.look));
    return `t${hashes.join('')}`;
  },
  equals: (self, other, py) => other instanceof PyTuple && sameItems(self.items, other.items, py),
  compare: (operator, self, other, py) =>
    other instanceof PyTuple ? compareItems(operator, self.items, other.items, py) : undefined,
  repr: (self, py) => `(${showItems(self.items, py)}${self.items.length === 1 ? ',' : ''})`,
  isContainer: true,
  hidden: containerNames,
  item: (self, key) => sequenceItemOrSlice(self.items, key, (items) => new PyTuple(items)),
  binary(operator, self, other) {
    if (operator === '+' && other instanceof PyTuple) return new PyTuple(addItems(self.items, other.items));
    return operator === '*' && isWhole(other) ? new PyTuple(repeatItems(self.items, other)) : undefined;
  },
  reflected: (operator, self, other) =>
    operator === '*' && isWhole(other) ? new PyTuple(repeatItems(self.items, other)) : undefined,
  json: (self, py) => self.items.map((item) => py.json(item)),
};

/** What groupby yields: a pair whose parts are also `.grouper` and `.list`. */
export class PyGroup extends PyTuple {
  readonly grouper: unknown;
  readonly list: readonly unknown[];
  constructor(grouper: unknown, list: readonly unknown[]) {
    super([grouper, list]);
    this.grouper = grouper;
    this.list = list;
  }
}

export const groupType: PyType<PyGroup> = {
  ...tupleType,
  attribute: (self, name) => (name === 'grouper' || name === 'list' ? self[name] : undefined),
};

/** A tuple whose items have names as well, and which shows them: time.struct_time and its like. */
export class PyNamedTuple extends PyTuple {
  readonly kind: string;
  readonly names: readonly string[];
  constructor(kind: string, names: readonly string[], items: readonly unknown[]) {
    super(items);
    this.kind = kind;
    this.names = names;
  }
}

export const namedTupleType: PyType<PyNamedTuple> = {
  ...tupleType,
  attribute: (self, name) => self.items[self.names.indexOf(name)],
  repr({ kind, names, items }, py) {
    return `${kind}(${names.map((name, index) => `${name}=${py.repr(items[index])}`).join(', ')})`;
  },
};
