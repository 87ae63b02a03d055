import { isPlainObject } from '../../util/json/json.ts';
import { setField } from '../../util/json/set-field.ts';
import { costs } from './budget.ts';
import { containerNames } from './hidden-names.ts';
import type { PyType, Python } from './python.ts';
import { textOf } from './text.ts';
import { unhashable } from './unhashable.ts';

type Hasher = Pick<Python, 'hash'>;

/** A dict with keys that are not strings, or whose order a plain object would not keep ("10" before "2"). */
export class PyDict {
  /** Keys and values by the hashes of the keys. */
  readonly byHash = new Map<string, [key: unknown, value: unknown]>();
  entries(): [unknown, unknown][] {
    return [...this.byHash.values()];
  }
}

export type Dict = Record<string, unknown> | PyDict;

export function isDict(value: unknown): value is Dict {
  return value instanceof PyDict || isPlainObject(value);
}

/** Where a plain object keeps the keys that a template gave it and that are not strings. JSON does not see it. */
const others = Symbol('keys that are not strings');

function othersOf(dict: Record<string | symbol, unknown>): PyDict | undefined {
  const found = dict[others];
  return found instanceof PyDict ? found : undefined;
}

/** Where a key that is not text is kept; JavaScript's undefined when there is no such place yet. */
const placeOf = (dict: Dict): PyDict | undefined => (dict instanceof PyDict ? dict : othersOf(dict));

export function dictHas(dict: Dict, key: unknown, py: Hasher): boolean {
  const text = textOf(key);
  if (text !== undefined && !(dict instanceof PyDict)) return Object.hasOwn(dict, text);
  const hash = py.hash(key); // unhashable keys are a TypeError, others are only missing
  return placeOf(dict)?.byHash.has(hash) ?? false;
}

/** JavaScript's undefined when the key is missing. */
export function dictGet(dict: Dict, key: unknown, py: Hasher): unknown {
  const text = textOf(key);
  if (text !== undefined && !(dict instanceof PyDict))
    return Object.hasOwn(dict, text) ? orNone(dict[text]) : undefined;
  const hash = py.hash(key);
  return placeOf(dict)?.byHash.get(hash)?.[1];
}

/** An own key that holds JavaScript's undefined is None. */
export function orNone(value: unknown): unknown {
  return value === undefined ? null : value;
}

export function dictSet(dict: Dict, key: unknown, value: unknown, py: Hasher): void {
  const text = textOf(key);
  if (text !== undefined && !(dict instanceof PyDict)) setField(dict, text, value);
  else {
    const hash = py.hash(key);
    const place = placeOf(dict) ?? new PyDict();
    const known = place.byHash.get(hash);
    if (known === undefined) place.byHash.set(hash, [key, value]);
    else known[1] = value;
    if (place !== dict) Object.defineProperty(dict, others, { value: place, configurable: true });
  }
}

export function dictDelete(dict: Dict, key: unknown, py: Hasher): void {
  const text = textOf(key);
  if (text !== undefined && !(dict instanceof PyDict)) delete dict[text];
  else placeOf(dict)?.byHash.delete(py.hash(key));
}

export function dictKeys(dict: Dict): unknown[] {
  return dict instanceof PyDict || othersOf(dict) !== undefined
    ? dictEntries(dict).map(([key]) => key)
    : Object.keys(dict);
}

export function dictEntries(dict: Dict): (readonly [unknown, unknown])[] {
  if (dict instanceof PyDict) return dict.entries();
  const more = othersOf(dict);
  return more === undefined ? Object.entries(dict) : [...Object.entries(dict), ...more.entries()];
}

function dictSize(dict: Dict): number {
  return dict instanceof PyDict
    ? dict.byHash.size
    : Object.keys(dict).length + (othersOf(dict)?.byHash.size ?? 0);
}

const indexLike = /^(?:0|[1-9]\d{0,9})$/;

/** A dict of entries: a plain object unless that would lose the type of a key or the order of the keys. */
export function dictOf(entries: readonly (readonly [unknown, unknown])[], py: Hasher): Dict {
  if (entries.some(([key]) => typeof key !== 'string' || indexLike.test(key))) return pythonDict(entries, py);
  return plainObject(entries);
}

export function pythonDict(entries: Iterable<readonly [unknown, unknown]>, py: Hasher): PyDict {
  const dict = new PyDict();
  for (const [key, value] of entries) dictSet(dict, key, value, py);
  return dict;
}

function plainObject(entries: readonly (readonly [unknown, unknown])[]): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const [key, value] of entries) setField(object, String(key), value);
  return object;
}

/** Plain whenever all keys are strings, at the price of their order. What leaves the templates is plain. */
export function toPlainDict(dict: Dict): Dict {
  if (!(dict instanceof PyDict)) return dict;
  const entries = dict.entries();
  return entries.some(([key]) => typeof key !== 'string') ? dict : plainObject(entries);
}

export function sameDicts(a: Dict, b: Dict, py: Python): boolean {
  const [size, otherSize] = [dictSize(a), dictSize(b)];
  // They are counted by listing their keys.
  py.spend((size + otherSize) * costs.listed);
  return (
    size === otherSize &&
    dictEntries(a).every(([key, value]) => dictHas(b, key, py) && py.equals(value, dictGet(b, key, py)))
  );
}

export const dictType: PyType<Dict> = {
  name: 'dict',
  length: dictSize,
  iterate: dictKeys,
  contains: dictHas,
  hash: unhashable('dict'),
  // Other mappings know of dicts; a dict knows of none but dicts.
  equals: (self, other, py) => (isDict(other) ? sameDicts(self, other, py) : py.equals(other, self)),
  repr: (self, py) =>
    `{${dictEntries(self)
      .map(([key, item]) => `${py.repr(key)}: ${py.repr(item)}`)
      .join(', ')}}`,
  isContainer: true,
  hidden: containerNames,
  item: dictGet,
  json(self, py) {
    const object: Record<string, unknown> = {};
    for (const [key, item] of dictEntries(self)) setField(object, jsonKey(key, py), py.json(item));
    return object;
  },
};

/** A key as JSON writes it: `true`, `null`, `1`, `1.5`. */
export function jsonKey(key: unknown, py: Pick<Python, 'str'>): string {
  if (typeof key === 'string') return key;
  if (typeof key === 'boolean') return key ? 'true' : 'false';
  return key === null ? 'null' : py.str(key);
}
