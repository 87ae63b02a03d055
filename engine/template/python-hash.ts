import { PyDate, PyDateTime, PyTimezone } from '../time/datetime.ts';
import { PyDuration } from '../time/duration.ts';
import { PyTypeError } from '../time/python-error.ts';
import { PyTime } from '../time/time-of-day.ts';
import { PyTimedelta } from '../time/timedelta.ts';
import { isPlainObject } from '../util/json/json.ts';
import { typeName } from './python-type-name.ts';
import { PyBytes, PyComplex, PyFloat, PyMarkup, PySet, PyTuple, PyView } from './python-types.ts';

let identities = 0;
const identity = new WeakMap<object, number>();

/**
 * A text that is the same for values that are the same key in Python: 1, 1.0 and True. Throws TypeError for unhashable
 * values.
 */
export function hashKey(value: unknown): string {
  if (typeof value === 'string') return `s${value}`;
  if (typeof value === 'number' || typeof value === 'bigint') return `n${numberKey(value)}`;
  if (typeof value === 'boolean') return value ? 'n1' : 'n0';
  if (value === null || value === undefined) return 'none';
  if (value instanceof PyFloat) return `n${numberKey(value.value)}`;
  if (value instanceof PyTuple) return `t${JSON.stringify(value.items.map(hashKey))}`;
  if (value instanceof PyMarkup) return `s${value.text}`;
  if (value instanceof PyBytes) return `b${Buffer.from(value.bytes).toString('hex')}`;
  if (value instanceof PyDateTime) return `d${value.epochMicroseconds}${value.zone === null ? 'naive' : ''}`;
  if (value instanceof PyDate) return `D${value.days}`;
  if (value instanceof PyTime) return `T${hashKey(value.moment)}`;
  if (value instanceof PyTimedelta) return `i${value.microseconds}`;
  if (value instanceof PyDuration) return `p${value.years * 12 + value.months}/${value.rest.microseconds}`;
  if (value instanceof PyComplex)
    return value.imaginary === 0 ? `n${numberKey(value.real)}` : `c${value.real + 0},${value.imaginary + 0}`;
  if (value instanceof PyTimezone) return `z${value.offsetSeconds}`;
  if (Array.isArray(value) || isPlainObject(value) || value instanceof PySet || value instanceof PyView) {
    throw new PyTypeError(`unhashable type: '${typeName(value)}'`);
  }
  if (value instanceof Object && 'unhashable' in value) {
    throw new PyTypeError(`unhashable type: '${typeName(value)}'`);
  }
  const known = identity.get(Object(value));
  if (known !== undefined) return `o${known}`;
  identities += 1;
  identity.set(Object(value), identities);
  return `o${identities}`;
}

function numberKey(value: number | bigint): string {
  if (typeof value === 'bigint') return value.toString();
  return Number.isInteger(value) && !Number.isSafeInteger(value)
    ? BigInt(value).toString()
    : String(value + 0);
}
