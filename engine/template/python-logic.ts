import { PyDate, PyDateTime, PyTimezone } from '../time/datetime.ts';
import { PyDuration } from '../time/duration.ts';
import { PyTime } from '../time/time-of-day.ts';
import { PyTimedelta } from '../time/timedelta.ts';
import { type Dict, dictEntries, dictGet, dictHas, dictKeys, dictSize, isDict } from './python-dict.ts';
import { hashKey } from './python-hash.ts';
import { isMapping, PyMapping, PyRecord, PyStreamSlice } from './python-mappings.ts';
import { typeName } from './python-type-name.ts';
import {
  isInt,
  PyBytes,
  PyComplex,
  PyFloat,
  PyIterator,
  PyObject,
  PySet,
  PyTuple,
  PyView,
  textOf,
  typeError,
  Undefined,
} from './python-types.ts';

/** bool(value) */
export function pyTruth(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
      return value !== '';
    case 'boolean':
      return value;
    case 'number':
      return value !== 0;
    case 'bigint':
      return value !== 0n;
    case 'undefined':
      return false;
    default:
  }
  if (value === null || value instanceof Undefined) return false;
  if (value instanceof PyFloat) return value.value !== 0;
  if (value instanceof PyTimedelta) return value.microseconds !== 0n;
  if (value instanceof PyComplex) return value.real !== 0 || value.imaginary !== 0;
  if (value instanceof PyStreamSlice && Object.keys(value.extraFields).length > 0) return true;
  const length = lengthOf(value);
  return length === undefined || length > 0;
}

/** len(value); JavaScript's undefined where Python has none. */
export function lengthOf(value: unknown): number | undefined {
  const text = textOf(value);
  if (text !== undefined) return textLength(text);
  if (Array.isArray(value)) return value.length;
  if (value instanceof Undefined) return 0;
  if (value instanceof PyMapping) return value.entries().length;
  if (isDict(value)) return dictSize(value);
  if (value instanceof PyTuple) return value.items.length;
  if (value instanceof PySet) return value.members.size;
  if (value instanceof PyBytes) return value.bytes.length;
  if (value instanceof PyView) return value.read().length;
  if (value instanceof PyObject) return value.length?.();
  return undefined;
}

export const surrogate = /[\ud800-\udfff]/;

/** Python counts code points. */
export function textLength(text: string): number {
  return surrogate.test(text) ? [...text].length : text.length;
}

export function codePoints(text: string): readonly string[] {
  return surrogate.test(text) ? [...text] : text.split('');
}

/** iter(value); throws TypeError. */
export function iterate(value: unknown): Iterable<unknown> {
  if (Array.isArray(value)) return value;
  const text = textOf(value);
  if (text !== undefined) return codePoints(text);
  if (value instanceof PyTuple) return value.items;
  if (value instanceof PySet) return value.members.values();
  if (value instanceof PyIterator || value instanceof PyView) return value;
  if (value instanceof PyMapping) return value.entries().map(([key]) => key);
  if (isDict(value)) return dictKeys(value);
  if (value instanceof Undefined) return [];
  if (value instanceof PyBytes) return value.bytes;
  if (value instanceof PyObject && value.iterate !== undefined) return value.iterate();
  return typeError(`'${typeName(value)}' object is not iterable`);
}

/** A number as Python compares and counts it; JavaScript's undefined for anything else. */
export function numberOf(value: unknown): number | bigint | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value instanceof PyFloat ? value.value : undefined;
}

/** a == b; never throws. */
export function pyEquals(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  const aText = textOf(a);
  if (aText !== undefined) return aText === textOf(b);
  const aNumber = numberOf(a);
  if (aNumber !== undefined) {
    const bNumber = numberOf(b);
    // biome-ignore lint/suspicious/noDoubleEquals: an int and a bigint of the same value are equal
    return bNumber !== undefined && aNumber == bNumber;
  }
  if (a === null || a === undefined) return b === null || b === undefined;
  if (Array.isArray(a)) return Array.isArray(b) && sameItems(a, b);
  if (a instanceof PyTuple) return b instanceof PyTuple && sameItems(a.items, b.items);
  if (a instanceof Undefined) return b instanceof Undefined && a.isUnsafe === b.isUnsafe;
  if (isMapping(a)) return isMapping(b) && sameMappings(a, b);
  return sameObjects(a, b);
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => pyEquals(item, b[index]));
}

function sameMappings(a: Dict | PyMapping, b: Dict | PyMapping): boolean {
  // A Record equals nothing but a Record.
  if (a instanceof PyRecord !== b instanceof PyRecord) return false;
  return sameDicts(a instanceof PyMapping ? a.data() : a, b instanceof PyMapping ? b.data() : b);
}

function sameDicts(a: Dict, b: Dict): boolean {
  return (
    dictSize(a) === dictSize(b) &&
    dictEntries(a).every(([key, value]) => dictHas(b, key) && pyEquals(value, dictGet(b, key)))
  );
}

function sameObjects(a: unknown, b: unknown): boolean {
  if (a instanceof PyDateTime && b instanceof PyDateTime) {
    return (a.zone === null) === (b.zone === null) && a.epochMs === b.epochMs && a.micro === b.micro;
  }
  if (a instanceof PyTime) return b instanceof PyTime && sameObjects(a.moment, b.moment);
  if (a instanceof PyDate) return b instanceof PyDate && a.days === b.days;
  if (a instanceof PyTimedelta && b instanceof PyTimedelta) return a.microseconds === b.microseconds;
  if (a instanceof PyDuration || b instanceof PyDuration) return sameDurations(a, b);
  if (a instanceof PyTimezone) return b instanceof PyTimezone && a.offsetSeconds === b.offsetSeconds;
  if (a instanceof PySet) {
    return b instanceof PySet && a.members.size === b.members.size && isSubset(a, b);
  }
  if (a instanceof PyBytes) return b instanceof PyBytes && Buffer.compare(a.bytes, b.bytes) === 0;
  if (a instanceof PyView && b instanceof PyView && a.kind !== 'dict_values') {
    return sameObjects(new PySet(a.read()), new PySet(b.read()));
  }
  return a instanceof PyComplex && b instanceof PyComplex && a.real === b.real && a.imaginary === b.imaginary;
}

function sameDurations(a: unknown, b: unknown): boolean {
  const months = (value: unknown) => (value instanceof PyDuration ? value.years * 12 + value.months : 0);
  const rest = (value: unknown) =>
    value instanceof PyDuration ? value.rest : value instanceof PyTimedelta ? value : undefined;
  const [left, right] = [rest(a), rest(b)];
  return (
    left !== undefined &&
    right !== undefined &&
    months(a) === months(b) &&
    left.microseconds === right.microseconds
  );
}

export function isSubset(a: PySet, b: PySet): boolean {
  return [...a.members.keys()].every((key) => b.members.has(key));
}

/** item in container; throws TypeError. */
export function pyContains(container: unknown, item: unknown): boolean {
  const text = textOf(container);
  if (text !== undefined) {
    const part = textOf(item);
    if (part !== undefined) return text.includes(part);
    return typeError(`'in <string>' requires string as left operand, not ${typeName(item)}`);
  }
  if (container instanceof PyMapping) return container.has(item);
  if (isDict(container)) return dictHas(container, item);
  if (container instanceof PySet) {
    return container.members.has(new PySet([item]).members.keys().next().value ?? '');
  }
  if (container instanceof PyBytes) {
    if (item instanceof PyBytes) return Buffer.from(container.bytes).includes(Buffer.from(item.bytes));
    if (!isInt(item)) return typeError(`a bytes-like object is required, not '${typeName(item)}'`);
    return container.bytes.includes(Number(item));
  }
  if (
    !Array.isArray(container) &&
    !(container instanceof PyTuple) &&
    (container === null || typeof container !== 'object')
  ) {
    return typeError(`argument of type '${typeName(container)}' is not iterable`);
  }
  if (container instanceof PyView && container.kind === 'dict_keys') hashKey(item);
  for (const each of iterate(container)) if (pyEquals(each, item)) return true;
  return false;
}
