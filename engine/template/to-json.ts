import { PyDate, PyDateTime } from '../time/datetime.ts';
import { PyTime } from '../time/time-of-day.ts';
import { isPlainObject } from '../util/json/json.ts';
import { setField } from '../util/json/set-field.ts';
import { dictEntries, isDict } from './python-dict.ts';
import { PyMapping } from './python-mappings.ts';
import { pyStr } from './python-text.ts';
import { PyBytes, PyFloat, PyMarkup, PySet, PyTuple, Undefined } from './python-types.ts';

/**
 * A value as it is kept in a record: tuples and sets become arrays, floats numbers, times ISO text. Plain values stay
 * themselves.
 */
export function toJson(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof PyFloat) return Number.isFinite(value.value) ? value.value : null;
  if (Array.isArray(value)) return value.map(toJson);
  if (value instanceof PyTuple) return value.items.map(toJson);
  if (value instanceof PySet) return [...value.members.values()].map(toJson);
  if (value instanceof PyDateTime || value instanceof PyDate || value instanceof PyTime)
    return value.isoformat();
  if (value instanceof PyBytes) return Buffer.from(value.bytes).toString('utf8');
  if (value instanceof PyMarkup) return value.text;
  if (value instanceof Undefined) return null;
  if (value instanceof PyMapping) return toJson(value.data());
  if (isPlainObject(value) || isDict(value)) {
    const object: Record<string, unknown> = {};
    for (const [key, item] of dictEntries(value)) setField(object, jsonKey(key), toJson(item));
    return object;
  }
  return pyStr(value);
}

/** A key as JSON writes it: `true`, `null`, `1`, `1.5`. */
export function jsonKey(key: unknown): string {
  if (typeof key === 'string') return key;
  if (typeof key === 'boolean') return key ? 'true' : 'false';
  return key === null ? 'null' : pyStr(key);
}
