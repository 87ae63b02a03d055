import { PyDate, PyDateTime, PyTimezone } from '../time/datetime.ts';
import { PyDuration } from '../time/duration.ts';
import { PyTypeError } from '../time/python-error.ts';
import { PyTime } from '../time/time-of-day.ts';
import { PyTimedelta } from '../time/timedelta.ts';
import { isPlainObject } from '../util/json/json.ts';
import { bytesMethod } from './bytes-methods.ts';
import { dictMethod, dictMethodNames, listMethod, mappingMethod, tupleMethod } from './container-methods.ts';
import {
  dateAttributes,
  datetimeAttributes,
  timeAttributes,
  timezoneAttributes,
} from './datetime-attributes.ts';
import { isUnsafeName } from './dunder.ts';
import { durationAttributes, timedeltaAttributes } from './duration-attributes.ts';
import { markupMethod } from './markup.ts';
import type { Method } from './method-table.ts';
import { numberMethod } from './number-methods.ts';
import { dictGet, dictHas, isDict } from './python-dict.ts';
import { PyMapping } from './python-mappings.ts';
import { pyRepr } from './python-text.ts';
import { typeName } from './python-type-name.ts';
import {
  PyBytes,
  PyFloat,
  PyFunction,
  PyGroup,
  PyMarkup,
  PyNamedTuple,
  PyNamespace,
  PyObject,
  PySet,
  PyTuple,
  PyView,
  Undefined,
} from './python-types.ts';
import { PySlice, sliceItems } from './sequence-slice.ts';
import { setMethod } from './set-methods.ts';
import { callStringMethod, hasStringMethod, textItem } from './string-methods.ts';

let clockOfDatetimes: () => number = Date.now;

/** The clock behind `now_utc().now()`, set for the duration of an evaluation. */
export function withNow<T>(now: () => number, evaluate: () => T): T {
  const before = clockOfDatetimes;
  clockOfDatetimes = now;
  try {
    return evaluate();
  } finally {
    clockOfDatetimes = before;
  }
}

/** getattr(value, name) for public names; JavaScript's undefined where there is none. */
function publicAttribute(value: unknown, name: string): unknown {
  if (typeof value === 'string')
    return bound(
      'str',
      name,
      hasStringMethod(name) ? (args, keywords) => callStringMethod(value, name, args, keywords) : undefined,
    );
  if (value === null || value === undefined) return undefined;
  if (isPlainObject(value)) return bound('dict', name, dictMethod(value, name));
  if (Array.isArray(value)) return bound('list', name, listMethod(value, name));
  if (value instanceof PyMapping) return fieldOrMethod(value, name);
  if (isDict(value)) return bound('dict', name, dictMethod(value, name));
  if (
    typeof value === 'number' ||
    typeof value === 'bigint' ||
    typeof value === 'boolean' ||
    value instanceof PyFloat
  ) {
    return numberMethod(value, name);
  }
  if (value instanceof PyMarkup) return markupMethod(value, name);
  if (value instanceof PyDateTime) return datetimeAttributes(value, name, clockOfDatetimes);
  if (value instanceof PyDate) return dateAttributes(value, name);
  if (value instanceof PyTime) return timeAttributes(value, name);
  if (value instanceof PyTimedelta) return timedeltaAttributes(value, name);
  if (value instanceof PyDuration) return durationAttributes(value, name);
  if (value instanceof PyTimezone) return timezoneAttributes(value, name);
  if (value instanceof PyGroup && (name === 'grouper' || name === 'list')) return value[name];
  if (value instanceof PyNamedTuple && value.names.includes(name))
    return value.items[value.names.indexOf(name)];
  if (value instanceof PyTuple) return bound('tuple', name, tupleMethod(value, name));
  if (value instanceof PySet) return bound('set', name, setMethod(value, name));
  if (value instanceof PyBytes) return bound('bytes', name, bytesMethod(value, name));
  if (value instanceof PyObject) return value.attribute(name);
  if (value instanceof PyNamespace) return value.fields.get(name);
  if (value instanceof PyFunction)
    return Object.hasOwn(value.attributes, name) ? value.attributes[name] : undefined;
  if (value instanceof PyView && name === 'isdisjoint') {
    return bound('set', name, setMethod(new PySet(value.read()), name));
  }
  return undefined;
}

function fieldOrMethod(value: PyMapping, name: string): unknown {
  const field = value.field(name);
  if (field !== undefined) return field;
  return bound('Mapping', name, mappingMethod(value, name));
}

function bound(kind: string, name: string, method: Method | undefined): PyFunction | undefined {
  return method && new PyFunction(name, method, `<built-in method ${name} of ${kind} object>`);
}

const notFound = Symbol('not found');

/** value[key] without falling back to attributes; a TypeError or LookupError of Python's means "not found". */
function itemOf(value: unknown, key: unknown): unknown {
  if (typeof key === 'string' && isPlainObject(value)) {
    return Object.hasOwn(value, key) ? (value[key] === undefined ? null : value[key]) : notFound;
  }
  if (value instanceof Undefined) return value.fail();
  try {
    if (value instanceof PyMapping) return value.has(key) ? value.get(key) : notFound;
    if (isDict(value)) return dictHas(value, key) ? dictGet(value, key) : notFound;
    if (Array.isArray(value)) return sequenceItem(value, key, (items) => items);
    if (value instanceof PyTuple) return sequenceItem(value.items, key, (items) => new PyTuple(items));
    if (typeof value === 'string') return textItem(value, key) ?? notFound;
    if (value instanceof PyMarkup) {
      const text = textItem(value.text, key);
      return text === undefined ? notFound : new PyMarkup(text);
    }
    if (value instanceof PyBytes) {
      return sequenceItem([...value.bytes], key, (items) => new PyBytes(Uint8Array.from(items as number[])));
    }
  } catch (error) {
    if (error instanceof PyTypeError) return notFound;
    throw error;
  }
  return notFound;
}

function sequenceItem(items: readonly unknown[], key: unknown, wrap: (items: unknown[]) => unknown): unknown {
  if (key instanceof PySlice) return wrap(sliceItems(items, key));
  const position = typeof key === 'boolean' ? Number(key) : typeof key === 'bigint' ? Number(key) : key;
  if (typeof position !== 'number' || !Number.isInteger(position)) return notFound;
  const at = position < 0 ? position + items.length : position;
  return at >= 0 && at < items.length ? items[at] : notFound;
}

/** value.name in Jinja: a field of a plain record wins only where no method of dict has its name. */
export function getAttribute(value: unknown, name: string): unknown {
  // What nearly every lookup is: a key of a plain record that is not the name of a method.
  if (
    isPlainObject(value) &&
    !dictMethodNames.has(name) &&
    Object.hasOwn(value, name) &&
    name.charCodeAt(0) !== 95
  ) {
    const item = value[name];
    return item === undefined ? null : item;
  }
  if (value instanceof Undefined) {
    return isUnsafeName(value, name) ? unsafe(value, name) : value.fail();
  }
  if (isUnsafeName(value, name)) return unsafe(value, name);
  const attribute = publicAttribute(value, name);
  if (attribute !== undefined) return attribute;
  const item = itemOf(value, name);
  return item === notFound ? missing(value, name) : item;
}

export function getItem(value: unknown, key: unknown): unknown {
  const item = itemOf(value, key);
  if (item !== notFound) return item;
  if (typeof key === 'string') {
    if (isUnsafeName(value, key)) return unsafe(value, key);
    const attribute = publicAttribute(value, key);
    if (attribute !== undefined) return attribute;
  }
  return missing(value, key);
}

/** value[from:to:step]; throws TypeError for what cannot be sliced. */
export function getSlice(value: unknown, slice: unknown): unknown {
  const item = itemOf(value, slice);
  if (item === notFound) throw new PyTypeError(`'${typeName(value)}' object is not subscriptable`);
  return item;
}

/** The `attr` filter and the like: attributes only, never keys. */
export function attributeOnly(value: unknown, name: string): unknown {
  if (value instanceof Undefined) return value.fail();
  if (isUnsafeName(value, name)) return unsafe(value, name);
  const attribute = publicAttribute(value, name);
  return attribute === undefined ? missing(value, name) : attribute;
}

function missing(value: unknown, key: unknown): Undefined {
  if (value === null) return new Undefined(`'None' has no attribute ${pyRepr(key)}`);
  if (typeof key !== 'string')
    return new Undefined(`${typeName(value)} object has no element ${safeRepr(key)}`);
  return new Undefined(`'${typeName(value)} object' has no attribute ${pyRepr(key)}`);
}

function safeRepr(key: unknown): string {
  return key instanceof PySlice ? 'slice' : pyRepr(key);
}

function unsafe(value: unknown, name: string): Undefined {
  return new Undefined(`access to attribute '${name}' of '${typeName(value)}' object is unsafe.`, true);
}
