import { isPlainObject } from '../util/json/json.ts';
import { setField } from '../util/json/set-field.ts';
import { hashKey } from './python-hash.ts';
import { PyMarkup } from './python-types.ts';

/** A dict with keys that are not strings, or whose order a plain object would not keep ("10" before "2"). */
export class PyDict {
  readonly unhashable = true;
  private readonly map = new Map<string, [unknown, unknown]>();
  constructor(entries: Iterable<readonly [unknown, unknown]> = []) {
    for (const [key, value] of entries) this.set(key, value);
  }
  get size(): number {
    return this.map.size;
  }
  has(key: unknown): boolean {
    return this.map.has(hashKey(key));
  }
  get(key: unknown): unknown {
    return this.map.get(hashKey(key))?.[1];
  }
  set(key: unknown, value: unknown): void {
    const hash = hashKey(key);
    const known = this.map.get(hash);
    if (known === undefined) this.map.set(hash, [key, value]);
    else known[1] = value;
  }
  delete(key: unknown): void {
    this.map.delete(hashKey(key));
  }
  entries(): [unknown, unknown][] {
    return [...this.map.values()];
  }
}

/** Keys that are not strings, of plain objects that a template gave some. */
const otherKeys = new WeakMap<Record<string, unknown>, PyDict>();
let hasOtherKeys = false;

const othersOf = (dict: Record<string, unknown>) => (hasOtherKeys ? otherKeys.get(dict) : undefined);

export type Dict = Record<string, unknown> | PyDict;

export function isDict(value: unknown): value is Dict {
  return value instanceof PyDict || isPlainObject(value);
}

function keyText(key: unknown): string | undefined {
  if (typeof key === 'string') return key;
  if (key instanceof PyMarkup) return key.text;
  hashKey(key); // unhashable keys are a TypeError, others are only missing
  return undefined;
}

export function dictHas(dict: Dict, key: unknown): boolean {
  if (dict instanceof PyDict) return dict.has(key);
  const text = keyText(key);
  return text === undefined ? (othersOf(dict)?.has(key) ?? false) : Object.hasOwn(dict, text);
}

/** JavaScript's undefined when the key is missing. */
export function dictGet(dict: Dict, key: unknown): unknown {
  if (dict instanceof PyDict) return dict.get(key);
  const text = keyText(key);
  if (text === undefined) return othersOf(dict)?.get(key);
  return Object.hasOwn(dict, text) ? orNone(dict[text]) : undefined;
}

/** An own key that holds JavaScript's undefined is None. */
function orNone(value: unknown): unknown {
  return value === undefined ? null : value;
}

export function dictSet(dict: Dict, key: unknown, value: unknown): void {
  if (dict instanceof PyDict) {
    dict.set(key, value);
    return;
  }
  const text = keyText(key);
  if (text === undefined) {
    hasOtherKeys = true;
    const others = otherKeys.get(dict) ?? new PyDict();
    otherKeys.set(dict, others);
    others.set(key, value);
  } else setField(dict, text, value);
}

export function dictDelete(dict: Dict, key: unknown): void {
  if (dict instanceof PyDict) dict.delete(key);
  else if (keyText(key) === undefined) othersOf(dict)?.delete(key);
  else delete dict[String(key)];
}

export function dictKeys(dict: Dict): unknown[] {
  return dict instanceof PyDict || othersOf(dict) !== undefined
    ? dictEntries(dict).map(([key]) => key)
    : Object.keys(dict);
}

export function dictEntries(dict: Dict): (readonly [unknown, unknown])[] {
  if (dict instanceof PyDict) return dict.entries();
  const others = othersOf(dict);
  return others === undefined ? Object.entries(dict) : [...Object.entries(dict), ...others.entries()];
}

export function dictSize(dict: Dict): number {
  return dict instanceof PyDict ? dict.size : Object.keys(dict).length + (othersOf(dict)?.size ?? 0);
}

const indexLike = /^(?:0|[1-9]\d{0,9})$/;

/** A dict of entries: a plain object unless that would lose the type of a key or the order of the keys. */
export function dictOf(entries: readonly (readonly [unknown, unknown])[]): Dict {
  if (entries.some(([key]) => typeof key !== 'string' || indexLike.test(key))) return new PyDict(entries);
  const object: Record<string, unknown> = {};
  for (const [key, value] of entries) setField(object, String(key), value);
  return object;
}

/** Plain whenever all keys are strings, at the price of their order. What leaves the templates is plain. */
export function toPlainDict(dict: Dict): Dict {
  if (!(dict instanceof PyDict)) return dict;
  const entries = dict.entries();
  if (entries.some(([key]) => typeof key !== 'string')) return dict;
  const object: Record<string, unknown> = {};
  for (const [key, value] of entries) setField(object, String(key), value);
  return object;
}
