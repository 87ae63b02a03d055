import { PyLookupError, PyTypeError, PyValueError } from '../../time/python-error.ts';
import { costs } from '../values/budget.ts';
import {
  type Dict,
  dictDelete,
  dictEntries,
  dictGet,
  dictHas,
  dictKeys,
  dictOf,
  dictSet,
  orNone,
} from '../values/dict.ts';
import { isMapping, mappingEntries, missingKey, type PyHeaders, type PyMapping } from '../values/mapping.ts';
import type { Methods, Python } from '../values/python.ts';
import { PyTuple } from '../values/tuple.ts';
import { Undefined } from '../values/undefined.ts';
import { PyView } from '../values/view.ts';
import { done, keywordsOf, restOf } from './method-parts.ts';

/** What dict() and dict.update() take: a mapping, or pairs. */
export function entriesOf(source: unknown, py: Python): readonly (readonly [unknown, unknown])[] {
  if (isMapping(source)) return mappingEntries(source);
  if (source instanceof Undefined) return source.fail();
  return Array.from(py.iterate(source), (pair, index) => {
    const items = [...py.iterate(pair)];
    if (items.length !== 2) {
      throw new PyValueError(
        `dictionary update sequence element #${index} has length ${items.length}; 2 is required`,
      );
    }
    return [items[0], items[1]] as const;
  });
}

/** All entries, which are listed and paid for. */
function allOf(dict: Dict, py: Python): readonly (readonly [unknown, unknown])[] {
  const entries = dictEntries(dict);
  py.spend(entries.length * costs.entry);
  return entries;
}

function update(self: Dict, others: readonly unknown[], fields: unknown, py: Python): null {
  if (others.length > 1) throw new PyTypeError(`update expected at most 1 argument, got ${others.length}`);
  const entries = others.flatMap((other) => entriesOf(other, py));
  py.spend(entries.length * costs.entry);
  for (const [key, value] of [...entries, ...Object.entries(keywordsOf(fields))])
    dictSet(self, key, value, py);
  return null;
}

export const dictMethods: Methods<Dict> = {
  clear: [[], (self, _args, py) => done(allOf(self, py).map(([key]) => dictDelete(self, key, py)))],
  copy: [[], (self, _args, py) => dictOf(allOf(self, py), py)],
  get: [
    ['key', 'default?', '/'],
    (self, [key, fallback], py) =>
      dictHas(self, key, py) ? orNone(dictGet(self, key, py)) : orNone(fallback),
  ],
  items: [[], (self) => itemsOf(() => dictEntries(self))],
  keys: [[], (self) => new PyView('dict_keys', () => dictKeys(self))],
  values: [
    [],
    (self) => new PyView('dict_values', () => dictEntries(self).map(([, value]) => orNone(value))),
  ],
  pop: [
    ['key', 'default?', '/'],
    (self, [key, fallback], py) => {
      if (!dictHas(self, key, py)) return fallback === undefined ? missingKey(py.repr(key)) : fallback;
      const value = dictGet(self, key, py);
      dictDelete(self, key, py);
      return value;
    },
  ],
  popitem: [
    [],
    (self, _args, py) => {
      const last = allOf(self, py).at(-1);
      if (last === undefined) throw new PyLookupError("'popitem(): dictionary is empty'", 'KeyError');
      dictDelete(self, last[0], py);
      return new PyTuple([...last]);
    },
  ],
  setdefault: [
    ['key', 'default?', '/'],
    (self, [key, fallback], py) => {
      if (!dictHas(self, key, py)) {
        py.spend(costs.entry);
        dictSet(self, key, orNone(fallback), py);
      }
      return dictGet(self, key, py);
    },
  ],
  fromkeys: [
    ['keys', 'value?', '/'],
    (_self, [keys, value], py) =>
      dictOf(
        Array.from(py.iterate(keys), (key) => {
          py.spend(costs.entry);
          return [key, orNone(value)] as const;
        }),
        py,
      ),
  ],
  update: [['*others', '**fields'], (self, [others, fields], py) => update(self, restOf(others), fields, py)],
};

/** Names that are a method on every dict, whatever its keys. */
export const dictMethodNames: ReadonlySet<string> = new Set(Object.keys(dictMethods));

function itemsOf(entries: () => readonly (readonly [unknown, unknown])[]): PyView {
  return new PyView('dict_items', () => entries().map((entry) => new PyTuple([...entry])));
}

export const mappingMethods: Methods<PyMapping> = {
  get: [
    ['key', 'default?'],
    (self, [key, fallback], py) => (self.has(key, py) ? self.get(key, py) : orNone(fallback)),
  ],
  items: [[], (self) => itemsOf(() => self.entries())],
  keys: [[], (self) => new PyView('dict_keys', () => self.entries().map(([key]) => key))],
  values: [[], (self) => new PyView('dict_values', () => self.entries().map(([, value]) => value))],
};

export const headersMethods: Methods<PyHeaders> = {
  ...mappingMethods,
  copy: [['*args'], (self) => self],
};
