import { IANAZone } from 'luxon';
import { dateOf, datetimeFromMs, PyDate, PyDateTime, pytzUtc } from '../../time/datetime.ts';
import { formatDatetime, parseDatetime } from '../../time/datetime-format.ts';
import { parseDuration } from '../../time/duration.ts';
import { isoparse } from '../../time/isoparse.ts';
import { PyArithmeticError, PyLookupError, PyTypeError, PyValueError } from '../../time/python-error.ts';
import { strftime } from '../../time/strftime.ts';
import { strptime } from '../../time/strptime.ts';
import { timedeltaOf } from '../../time/timedelta.ts';
import { nodeCrypto } from '../../util/bytes/node-crypto.ts';
import { formatOf, restOf } from '../methods/method-parts.ts';
import { PyBytes } from '../values/bytes.ts';
import { float, int, isInt, isWhole, numberOf, PyFloat } from '../values/number.ts';
import type { Ordering, Python } from '../values/python.ts';
import { textOf } from '../values/text.ts';
import { Undefined } from '../values/undefined.ts';
import type { Builtins } from './builtin.ts';
import { quotePlus } from './url-quote.ts';

type Args = readonly unknown[];

const nowIn = (py: Python) => datetimeFromMs(py.environment.now());

/** isoparse, in UTC; a time without an offset is UTC. */
function toDatetime(value: unknown, py: Python): PyDateTime {
  if (value instanceof PyBytes) return toDatetime(Buffer.from(value.bytes).toString('latin1'), py);
  const text = textOf(value);
  if (text === undefined) {
    if (value instanceof Undefined) return value.fail();
    // dateutil looks at the length before the type, so a short list is a bad date and a long one a bad type.
    if ((py.length(value) ?? 4) < 4) throw new PyValueError('ISO string too short');
    throw new PyTypeError(`Parser must be a string or character stream, not ${py.typeName(value)}`);
  }
  const parsed = isoparse(text);
  return parsed.zone === null ? parsed.withZone(pytzUtc) : parsed.inZone(pytzUtc);
}

function timestamp([value]: Args, py: Python): unknown {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (isInt(value)) return value;
  if (typeof value === 'number' || value instanceof PyFloat) {
    const number = Number(value);
    if (Number.isNaN(number)) throw new PyValueError('cannot convert float NaN to integer');
    if (!Number.isFinite(number))
      throw new PyArithmeticError('cannot convert float infinity to integer', 'OverflowError');
    return int(BigInt(Math.trunc(number)));
  }
  return float(toDatetime(value, py).timestamp());
}

/** The largest or the smallest of the arguments, or of the items of a single one. */
function extreme(operator: Ordering, given: unknown, py: Python): unknown {
  const args = restOf(given);
  const [only] = args;
  if (args.length === 0) throw new PyTypeError('expected at least 1 argument, got 0');
  const items = args.length === 1 ? [...py.iterate(only)] : args;
  if (items.length === 0) throw new PyValueError('the argument is an empty sequence');
  return items.reduce((best, item) => (py.compare(operator, item, best) ? item : best));
}

function dayDelta([days, format = '%Y-%m-%dT%H:%M:%S.%f%z']: Args, py: Python): string {
  const count = numberOf(days);
  if (count === undefined) {
    throw new PyTypeError(`unsupported type for timedelta days component: ${py.typeName(days)}`);
  }
  return strftime(nowIn(py).add(timedeltaOf({ days: Number(count) })), formatOf(format, py));
}

/** The input is read before anything is said about the format; a format to read by that is empty is none. */
function reformat([value, format, inputFormat]: Args, py: Python): string {
  if (value instanceof PyDateTime) return strftime(value, formatOf(format, py));
  const read = toMoment(value, py.truth(inputFormat) ? inputFormat : undefined, py);
  return formatDatetime(read.zone === null ? read.withZone(pytzUtc) : read, formatOf(format, py));
}

function toMoment(value: unknown, inputFormat: unknown, py: Python): PyDateTime {
  if (isWhole(value))
    return parseDatetime(value, inputFormat === undefined ? '%s' : formatOf(inputFormat, py));
  return inputFormat === undefined
    ? toDatetime(value, py)
    : strptime(py.text(value), formatOf(inputFormat, py));
}

/** Today's date in a zone, by its IANA name in any case; pytz's words for unknown ones. */
function todayIn([zone]: Args, py: Python): PyDate {
  const name = textOf(zone);
  if (name === undefined) {
    throw new PyLookupError(zone instanceof Undefined ? 'Undefined' : py.str(zone), 'UnknownTimeZoneError');
  }
  if (!/^[A-Za-z]/.test(name) || !IANAZone.isValidZone(name))
    throw new PyLookupError(`'${name}'`, 'UnknownTimeZoneError');
  const now = py.environment.now();
  const local = new Date(now + IANAZone.create(name).offset(now) * 60_000);
  return dateOf(local.getUTCFullYear(), local.getUTCMonth() + 1, local.getUTCDate());
}

function duration([value]: Args, py: Python): unknown {
  const text = textOf(value);
  if (text === undefined) throw new PyTypeError(`Expecting a string ${py.typeName(value)}`);
  return parseDuration(text);
}

function snakeCase([value]: Args, py: Python): string {
  const text = textOf(value);
  if (text === undefined)
    throw new PyTypeError(`expected string or bytes-like object, got '${py.typeName(value)}'`);
  return text.replace(/(?<!^)(?=[A-Z])/g, '_').toLowerCase();
}

function sanitize([value]: Args): string {
  const text = textOf(value);
  if (text !== undefined) return quotePlus(text);
  if (value instanceof PyBytes) return quotePlus(value.bytes);
  throw new PyTypeError('quote_from_bytes() expected bytes');
}

/** The functions that the manifest language adds. */
export const macros: Builtins = {
  now_utc: { parameters: [], run: (_args, py) => nowIn(py) },
  today_utc: { parameters: [], run: (_args, py) => new PyDate(nowIn(py).days) },
  today_with_timezone: { parameters: ['timezone'], run: todayIn },
  timestamp: { parameters: ['dt'], run: timestamp },
  max: { parameters: ['*args'], run: ([args], py) => extreme('>', args, py) },
  min: { parameters: ['*args'], run: ([args], py) => extreme('<', args, py) },
  day_delta: { parameters: ['num_days', 'format?'], run: dayDelta },
  duration: { parameters: ['datestring'], run: duration },
  format_datetime: { parameters: ['dt', 'format', 'input_format?'], run: reformat },
  str_to_datetime: { parameters: ['s'], run: ([text], py) => toDatetime(text, py) },
  sanitize_url: { parameters: ['value'], run: sanitize },
  camel_case_to_snake_case: { parameters: ['value'], run: snakeCase },
  generate_uuid: { parameters: [], run: () => nodeCrypto().randomUUID() },
};
