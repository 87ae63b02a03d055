import { PyLookupError, PyTypeError, PyValueError } from '../time/python-error.ts';
import { done, type Method, type Methods, methodOf } from './method-table.ts';
import { indexOf } from './python-call.ts';
import {
  type Dict,
  dictDelete,
  dictEntries,
  dictGet,
  dictHas,
  dictKeys,
  dictOf,
  dictSet,
} from './python-dict.ts';
import { iterate, pyEquals } from './python-logic.ts';
import { isMapping, mappingEntries, PyHeaders, type PyMapping } from './python-mappings.ts';
import { pyRepr } from './python-text.ts';
import { type Keywords, PyTuple, PyView, Undefined } from './python-types.ts';
import { sortValues } from './sort.ts';

const at = (items: readonly unknown[], position: number) =>
  position < 0 ? position + items.length : position;

function indexIn(
  items: readonly unknown[],
  item: unknown,
  from: unknown,
  to: unknown,
  message: string,
): number {
  const start = from === undefined ? 0 : Math.max(at(items, indexOf(from)), 0);
  const end = to === undefined ? items.length : at(items, indexOf(to));
  for (let index = start; index < Math.min(end, items.length); index++)
    if (pyEquals(items[index], item)) return index;
  throw new PyValueError(message);
}

const countIn = (items: readonly unknown[], item: unknown) =>
  items.filter((each) => pyEquals(each, item)).length;

const listMethods: Methods<unknown[]> = {
  append: [['item', '/'], (self, item) => done(self.push(item))],
  clear: [[], (self) => done(self.splice(0))],
  copy: [[], (self) => [...self]],
  count: [['item', '/'], countIn],
  extend: [['items', '/'], (self, items) => done(self.push(...iterate(items)))],
  index: [
    ['item', 'start?', 'stop?', '/'],
    (self, item, from, to) => indexIn(self, item, from, to, `${pyRepr(item)} is not in list`),
  ],
  insert: [
    ['index', 'item', '/'],
    (self, index, item) => done(self.splice(Math.max(at(self, indexOf(index)), 0), 0, item)),
  ],
  pop: [
    ['index?', '/'],
    (self, index) => {
      if (self.length === 0) throw new PyLookupError('pop from empty list', 'IndexError');
      const position = index === undefined ? self.length - 1 : at(self, indexOf(index));
      if (position < 0 || position >= self.length)
        throw new PyLookupError('pop index out of range', 'IndexError');
      return self.splice(position, 1)[0];
    },
  ],
  remove: [
    ['item', '/'],
    (self, item) =>
      done(self.splice(indexIn(self, item, undefined, undefined, 'list.remove(x): x not in list'), 1)),
  ],
  reverse: [[], (self) => done(self.reverse())],
  sort: [
    ['*', 'key?', 'reverse?'],
    (self, _key, reverse) =>
      done(self.splice(0, self.length, ...sortValues(self, (item) => item, reverse === true))),
  ],
};

const tupleMethods: Methods<PyTuple> = {
  count: [['item', '/'], (self, item) => countIn(self.items, item)],
  index: [
    ['item', 'start?', 'stop?', '/'],
    (self, item, from, to) => indexIn(self.items, item, from, to, 'tuple.index(x): x not in tuple'),
  ],
};

const orNone = (value: unknown) => (value === undefined ? null : value);

function update(self: Dict, others: readonly unknown[], keywords: Keywords): null {
  for (const [key, value] of [...others.flatMap(entriesOf), ...Object.entries(keywords)])
    dictSet(self, key, value);
  return null;
}

/** What dict() and dict.update() take: a mapping, or pairs. */
export function entriesOf(source: unknown): readonly (readonly [unknown, unknown])[] {
  if (isMapping(source)) return mappingEntries(source);
  if (source instanceof Undefined) return source.fail();
  return [...iterate(source)].map((pair, index) => {
    const items = [...iterate(pair)];
    if (items.length !== 2) {
      throw new PyValueError(
        `dictionary update sequence element #${index} has length ${items.length}; 2 is required`,
      );
    }
    return [items[0], items[1]] as const;
  });
}

const dictMethods: Methods<Dict> = {
  clear: [[], (self) => done(dictKeys(self).map((key) => dictDelete(self, key)))],
  copy: [[], (self) => dictOf(dictEntries(self))],
  get: [
    ['key', 'default?', '/'],
    (self, key, fallback) => (dictHas(self, key) ? orNone(dictGet(self, key)) : orNone(fallback)),
  ],
  items: [
    [],
    (self) => new PyView('dict_items', () => dictEntries(self).map((entry) => new PyTuple([...entry]))),
  ],
  keys: [[], (self) => new PyView('dict_keys', () => dictKeys(self))],
  values: [
    [],
    (self) => new PyView('dict_values', () => dictEntries(self).map(([, value]) => orNone(value))),
  ],
  pop: [
    ['key', 'default?', '/'],
    (self, key, fallback) => {
      if (!dictHas(self, key)) {
        if (fallback === undefined) throw new PyLookupError(pyRepr(key), 'KeyError');
        return fallback;
      }
      const value = dictGet(self, key);
      dictDelete(self, key);
      return value;
    },
  ],
  popitem: [
    [],
    (self) => {
      const last = dictEntries(self).at(-1);
      if (last === undefined) throw new PyLookupError("'popitem(): dictionary is empty'", 'KeyError');
      dictDelete(self, last[0]);
      return new PyTuple([...last]);
    },
  ],
  setdefault: [
    ['key', 'default?', '/'],
    (self, key, fallback) => {
      if (!dictHas(self, key)) dictSet(self, key, orNone(fallback));
      return dictGet(self, key);
    },
  ],
  fromkeys: [
    ['keys', 'value?', '/'],
    (_self, keys, value) => dictOf([...iterate(keys)].map((key) => [key, orNone(value)])),
  ],
};

/** Names that are a method on every dict, whatever its keys. */
export const dictMethodNames: ReadonlySet<string> = new Set([...Object.keys(dictMethods), 'update']);

export function dictMethod(self: Dict, name: string): Method | undefined {
  if (name === 'update') {
    return (args, keywords) => {
      if (args.length > 1) throw new PyTypeError(`update expected at most 1 argument, got ${args.length}`);
      return update(self, args, keywords);
    };
  }
  return methodOf(dictMethods, 'dict', self, name);
}

const mappingMethods: Methods<PyMapping> = {
  get: [['key', 'default?'], (self, key, fallback) => (self.has(key) ? self.get(key) : orNone(fallback))],
  items: [
    [],
    (self) => new PyView('dict_items', () => self.entries().map((entry) => new PyTuple([...entry]))),
  ],
  keys: [[], (self) => new PyView('dict_keys', () => self.entries().map(([key]) => key))],
  values: [[], (self) => new PyView('dict_values', () => self.entries().map(([, value]) => value))],
};

export function mappingMethod(self: PyMapping, name: string): Method | undefined {
  if (self instanceof PyHeaders && name === 'copy') return () => self;
  return methodOf(mappingMethods, 'Mapping', self, name);
}

export const listMethod = (self: unknown[], name: string) => methodOf(listMethods, 'list', self, name);
export const tupleMethod = (self: PyTuple, name: string) => methodOf(tupleMethods, 'tuple', self, name);
