import { pad, weekday } from '../time/calendar.ts';
import {
  dateOf,
  datetimeFromMicroseconds,
  datetimeOf,
  PyDate,
  PyDateTime,
  PyTimezone,
  utc,
} from '../time/datetime.ts';
import { isoparse } from '../time/isoparse.ts';
import { PyArithmeticError, PyTypeError, PyValueError } from '../time/python-error.ts';
import { strftime } from '../time/strftime.ts';
import { strptime } from '../time/strptime.ts';
import { PyTime } from '../time/time-of-day.ts';
import { PyTimedelta } from '../time/timedelta.ts';
import { builtinMethod as method } from './builtin-method.ts';
import { needText } from './need-text.ts';
import { indexOf } from './python-call.ts';
import { numberOf } from './python-logic.ts';
import { typeName } from './python-type-name.ts';
import { float } from './python-types.ts';
import { combined, extremeTime, isoCalendarDate, structTime, toZone } from './time-attributes.ts';

const units = ['year', 'month', 'day', 'hour', 'minute', 'second', 'microsecond'] as const;

const ordinalOfEpoch = 719_163;
const offsetOf = (zone: PyTimezone | null) =>
  zone === null ? null : new PyTimedelta(BigInt(zone.offsetSeconds) * 1_000_000n);

/** A C int, as the fields of dates and times are. */
function fieldOf(value: unknown): number {
  const field = indexOf(value);
  if (Math.trunc(field / 2 ** 31) !== 0)
    throw new PyArithmeticError('signed integer is out of range', 'OverflowError');
  return field;
}

function replaced(value: PyDateTime | PyDate, args: readonly unknown[]): PyDateTime | PyDate {
  const fields = { ...value.fields };
  units.forEach((unit, index) => {
    if (args[index] !== undefined) fields[unit] = fieldOf(args[index]);
  });
  if (value instanceof PyDate) return dateOf(fields.year, fields.month, fields.day);
  return datetimeOf(fields, args[7] === undefined ? value.zone : toZone(args[7]));
}

/** What date and datetime have in common; JavaScript's undefined where there is no such attribute. */
function dateAttribute(value: PyDateTime | PyDate, name: string): unknown {
  const { fields, days } = value;
  switch (name) {
    case 'year':
    case 'month':
    case 'day':
      return fields[name];
    case 'strftime':
      return method(name, ['format'], (format) => strftime(value, needText(format)));
    case 'weekday':
      return method(name, [], () => weekday(days));
    case 'isoweekday':
      return method(name, [], () => weekday(days) + 1);
    case 'toordinal':
      return method(name, [], () => days + ordinalOfEpoch);
    case 'isocalendar':
      return method(name, [], () => isoCalendarDate(days));
    case 'ctime':
      return method(name, [], () => strftime(value, '%a %b %e %H:%M:%S ') + pad(fields.year, 4));
    case 'timetuple':
      return method(name, [], () =>
        structTime(value, value instanceof PyDateTime && knowsDst(value.zone) ? 0 : -1),
      );
    case 'replace':
      return value instanceof PyDate
        ? method(name, ['year?', 'month?', 'day?'], (...args) => replaced(value, args))
        : method(name, [...units.map((unit) => `${unit}?`), 'tzinfo?', '*', 'fold?'], (...args) =>
            replaced(value, args),
          );
    default:
      return undefined;
  }
}

export function dateAttributes(value: PyDate, name: string): unknown {
  switch (name) {
    case 'isoformat':
      return method(name, [], () => value.isoformat());
    case 'fromisoformat':
      return method(name, ['text', '/'], (text) => new PyDate(isoparse(needText(text)).days));
    case 'fromordinal':
      return method(name, ['ordinal', '/'], (ordinal) => new PyDate(indexOf(ordinal) - ordinalOfEpoch));
    case 'fromtimestamp':
      return method(name, ['timestamp', '/'], (seconds) => new PyDate(fromTimestamp(seconds, null).days));
    case 'min':
      return dateOf(1, 1, 1);
    case 'max':
      return dateOf(9999, 12, 31);
    case 'resolution':
      return new PyTimedelta(86_400_000_000n);
    default:
      return dateAttribute(value, name);
  }
}

function fromTimestamp(seconds: unknown, zone: unknown): PyDateTime {
  const number = numberOf(seconds);
  if (number === undefined)
    throw new PyTypeError(`'${typeName(seconds)}' object cannot be interpreted as an integer`);
  const micro = typeof number === 'bigint' ? number * 1_000_000n : BigInt(Math.round(number * 1e6));
  const made = datetimeFromMicroseconds(micro, zone instanceof PyTimezone ? zone : utc);
  return zone instanceof PyTimezone ? made : made.withZone(null);
}

/** Python 3.11's fromisoformat(); isoparse() takes a little more. */
function fromIso(text: string): PyDateTime {
  try {
    return isoparse(text);
  } catch {
    throw new PyValueError(`Invalid isoformat string: '${text}'`);
  }
}

/** `now` is in milliseconds: datetime.now() and its like can be reached from any datetime. */
export function datetimeAttributes(value: PyDateTime, name: string, now: () => number): unknown {
  const { fields } = value;
  switch (name) {
    case 'hour':
    case 'minute':
    case 'second':
    case 'microsecond':
      return fields[name];
    case 'fold':
      return 0;
    case 'tzinfo':
      return value.zone;
    case 'tzname':
      return method(name, [], () => value.zone?.label ?? null);
    case 'utcoffset':
      return method(name, [], () => offsetOf(value.zone));
    case 'dst':
      return method(name, [], () => (knowsDst(value.zone) ? new PyTimedelta(0n) : null));
    case 'date':
      return method(name, [], () => new PyDate(value.days));
    case 'time':
      return method(name, [], () => new PyTime(value.withZone(null)));
    case 'timetz':
      return method(name, [], () => new PyTime(value));
    case 'combine':
      return method(name, ['date', 'time', 'tzinfo?'], combined);
    case 'timestamp':
      return method(name, [], () => float(value.timestamp()));
    case 'isoformat':
      return method(name, ['sep?', 'timespec?'], (separator, timespec) =>
        value.isoformat(
          separator === undefined ? 'T' : needText(separator),
          timespec === undefined ? 'auto' : needText(timespec),
        ),
      );
    case 'astimezone':
      return method(name, ['tz?'], (zone) => value.inZone(zone instanceof PyTimezone ? zone : utc));
    case 'utctimetuple':
      return method(name, [], () => structTime(value.inZone(utc), 0));
    case 'strptime':
      return method(name, ['text', 'format', '/'], (text, format) =>
        strptime(needText(text), needText(format)),
      );
    case 'fromisoformat':
      return method(name, ['text', '/'], (text) => fromIso(needText(text)));
    case 'fromtimestamp':
      return method(name, ['timestamp', 'tz?'], fromTimestamp);
    case 'utcfromtimestamp':
      return method(name, ['timestamp', '/'], (seconds) => fromTimestamp(seconds, null));
    case 'fromordinal':
      return method(
        name,
        ['ordinal', '/'],
        (ordinal) => new PyDateTime((indexOf(ordinal) - ordinalOfEpoch) * 86_400_000, 0, null),
      );
    case 'now':
      return method(name, ['tz?'], (zone) => fromTimestamp(now() / 1000, zone));
    case 'utcnow':
    case 'today':
      return method(name, [], () => fromTimestamp(now() / 1000, null));
    case 'min':
      return datetimeOf({ ...dateOf(1, 1, 1).fields }, null);
    case 'max':
      return datetimeOf(
        { ...dateOf(9999, 12, 31).fields, hour: 23, minute: 59, second: 59, microsecond: 999_999 },
        null,
      );
    case 'resolution':
      return new PyTimedelta(1n);
    default:
      return dateAttribute(value, name);
  }
}

/** pytz's UTC says that there is no daylight saving time; Python's own zones say nothing of it. */
const knowsDst = (zone: PyTimezone | null) => zone?.repr === '<UTC>';

const timeUnits = units.slice(3);

/** Attributes of datetime.time: those of a datetime that have to do with time. */
export function timeAttributes(value: PyTime, name: string): unknown {
  switch (name) {
    case 'min':
    case 'max':
      return extremeTime(name === 'max');
    case 'isoformat':
      return method(name, ['timespec?'], (timespec) =>
        value.isoformat(timespec === undefined ? 'auto' : needText(timespec)),
      );
    case 'fromisoformat':
      return method(name, ['text', '/'], (text) => new PyTime(fromIso(`1900-01-01T${needText(text)}`)));
    case 'replace':
      return method(
        name,
        [...timeUnits.map((unit) => `${unit}?`), 'tzinfo?', '*', 'fold?'],
        (...args) =>
          new PyTime(replaced(value.moment, [undefined, undefined, undefined, ...args]) as PyDateTime),
      );
    case 'hour':
    case 'minute':
    case 'second':
    case 'microsecond':
    case 'fold':
    case 'tzinfo':
    case 'strftime':
    case 'tzname':
    case 'utcoffset':
    case 'dst':
    case 'resolution':
      return datetimeAttributes(value.moment, name, Date.now);
    default:
      return undefined;
  }
}

export function timezoneAttributes(value: PyTimezone, name: string): unknown {
  switch (name) {
    case 'zone':
      return value.repr === '<UTC>' ? 'UTC' : undefined;
    case 'utc':
      return utc;
    case 'tzname':
      return method(name, ['dt', '/'], () => value.label);
    case 'utcoffset':
      return method(name, ['dt', '/'], () => offsetOf(value));
    case 'dst':
      return method(name, ['dt', '/'], () => null);
    default:
      return undefined;
  }
}
