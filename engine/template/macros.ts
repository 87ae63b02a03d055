import { DateTime } from 'luxon';
import { dateOf, datetimeFromMs, PyDate, PyDateTime, pytzUtc } from '../time/datetime.ts';
import { formatDatetime, parseDatetime } from '../time/datetime-format.ts';
import { parseDuration } from '../time/duration.ts';
import { isoparse } from '../time/isoparse.ts';
import { PyArithmeticError, PyLookupError, PyTypeError, PyValueError } from '../time/python-error.ts';
import { strftime } from '../time/strftime.ts';
import { strptime } from '../time/strptime.ts';
import { timedeltaOf } from '../time/timedelta.ts';
import { nodeCrypto } from '../util/bytes/node-crypto.ts';
import type { Environment } from './environment.ts';
import { needText } from './need-text.ts';
import { bind } from './python-call.ts';
import { iterate, lengthOf, numberOf, pyTruth } from './python-logic.ts';
import { pyCompare } from './python-order.ts';
import { pyStr } from './python-text.ts';
import { typeName } from './python-type-name.ts';
import { float, int, isInt, PyBytes, PyFloat, PyFunction, textOf, Undefined } from './python-types.ts';
import { quotePlus } from './url-quote.ts';

function macro(
  name: string,
  parameters: readonly string[],
  body: (...args: unknown[]) => unknown,
): readonly [string, PyFunction] {
  return [name, new PyFunction(name, (args, keywords) => body(...bind(name, parameters, args, keywords)))];
}

/** isoparse, in UTC; a time without an offset is UTC. */
function toDatetime(value: unknown): PyDateTime {
  if (value instanceof PyBytes) return toDatetime(Buffer.from(value.bytes).toString('latin1'));
  const text = textOf(value);
  if (text === undefined) {
    if (value instanceof Undefined) return value.fail();
    // dateutil looks at the length before the type, so a short list is a bad date and a long one a bad type.
    if ((lengthOf(value) ?? 4) < 4) throw new PyValueError('ISO string too short');
    throw new PyTypeError(`Parser must be a string or character stream, not ${typeName(value)}`);
  }
  const parsed = isoparse(text);
  return parsed.zone === null ? parsed.withZone(pytzUtc) : parsed.inZone(pytzUtc);
}

function timestamp(value: unknown): unknown {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (isInt(value)) return value;
  if (typeof value === 'number' || value instanceof PyFloat) {
    const number = Number(value);
    if (Number.isNaN(number)) throw new PyValueError('cannot convert float NaN to integer');
    if (!Number.isFinite(number))
      throw new PyArithmeticError('cannot convert float infinity to integer', 'OverflowError');
    return int(BigInt(Math.trunc(number)));
  }
  return float(toDatetime(value).timestamp());
}

function extreme(name: string, operator: '<' | '>', args: readonly unknown[]): unknown {
  if (args.length === 0) throw new PyTypeError(`${name} expected at least 1 argument, got 0`);
  const [only] = args;
  const items = args.length === 1 ? [...iterate(only)] : args;
  if (items.length === 0) throw new PyValueError(`${name}() arg is an empty sequence`);
  return items.reduce((best, item) => (pyCompare(operator, item, best) ? item : best));
}

function dayDelta(now: number, days: unknown, format: unknown = '%Y-%m-%dT%H:%M:%S.%f%z'): string {
  const count = numberOf(days);
  if (count === undefined) {
    throw new PyTypeError(
      `unsupported type for timedelta days component: ${days instanceof Undefined ? 'Undefined' : typeName(days)}`,
    );
  }
  return strftime(datetimeFromMs(now).add(timedeltaOf({ days: Number(count) })), needText(format));
}

/** The input is read before anything is said about the format; a format to read by that is empty is none. */
function reformat(value: unknown, format: unknown, inputFormat: unknown): string {
  if (value instanceof PyDateTime) return strftime(value, needText(format));
  const read = toMoment(value, pyTruth(inputFormat) ? inputFormat : undefined);
  return formatDatetime(read.zone === null ? read.withZone(pytzUtc) : read, needText(format));
}

function toMoment(value: unknown, inputFormat: unknown): PyDateTime {
  if (typeof value === 'boolean' || isInt(value))
    return parseDatetime(value, inputFormat === undefined ? '%s' : needText(inputFormat));
  return inputFormat === undefined ? toDatetime(value) : strptime(needText(value), needText(inputFormat));
}

/** Today's date in a zone, by its IANA name in any case; pytz's words for unknown ones. */
function todayIn(now: number, zone: unknown): PyDate {
  const name = textOf(zone);
  if (name === undefined) {
    throw new PyLookupError(zone instanceof Undefined ? 'Undefined' : pyStr(zone), 'UnknownTimeZoneError');
  }
  const local = /^[A-Za-z]/.test(name)
    ? DateTime.fromMillis(now, { zone: name === 'utc' ? 'UTC' : name })
    : undefined;
  if (
    local === undefined ||
    !local.isValid ||
    /^(?:local|system|default)$/i.test(name) ||
    /^utc[+-]/i.test(name)
  ) {
    throw new PyLookupError(`'${name}'`, 'UnknownTimeZoneError');
  }
  return dateOf(local.year, local.month, local.day);
}

function duration(value: unknown): unknown {
  const text = textOf(value);
  if (text === undefined)
    throw new PyTypeError(`Expecting a string ${value instanceof Undefined ? 'Undefined' : typeName(value)}`);
  return parseDuration(text);
}

function snakeCase(value: unknown): string {
  const text = textOf(value);
  if (text === undefined)
    throw new PyTypeError(`expected string or bytes-like object, got '${typeName(value)}'`);
  return text.replace(/(?<!^)(?=[A-Z])/g, '_').toLowerCase();
}

function sanitize(value: unknown): string {
  const text = textOf(value);
  if (text !== undefined) return quotePlus(text);
  if (value instanceof PyBytes) return quotePlus(value.bytes);
  throw new PyTypeError('quote_from_bytes() expected bytes');
}

/** The functions that the manifest language adds, over one clock. */
export function macrosOf(environment: Environment): ReadonlyMap<string, unknown> {
  const { now } = environment;
  return new Map<string, unknown>([
    macro('now_utc', [], () => datetimeFromMs(now())),
    macro('today_utc', [], () => new PyDate(datetimeFromMs(now()).days)),
    macro('today_with_timezone', ['timezone'], (zone) => todayIn(now(), zone)),
    macro('timestamp', ['dt'], timestamp),
    macro('max', ['*args'], (args) => extreme('max', '>', args as unknown[])),
    macro('min', ['*args'], (args) => extreme('min', '<', args as unknown[])),
    macro('day_delta', ['num_days', 'format?'], (days, format) => dayDelta(now(), days, format)),
    macro('duration', ['datestring'], duration),
    macro('format_datetime', ['dt', 'format', 'input_format?'], reformat),
    macro('str_to_datetime', ['s'], toDatetime),
    macro('sanitize_url', ['value'], sanitize),
    macro('camel_case_to_snake_case', ['value'], snakeCase),
    macro('generate_uuid', [], () => nodeCrypto().randomUUID()),
  ]);
}
