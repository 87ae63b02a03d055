import { dayOfYear, isoCalendar, pad, weekday } from '../time/calendar.ts';
import {
  dateOf,
  datetimeFromMicroseconds,
  datetimeOf,
  PyDate,
  PyDateTime,
  PyTimezone,
  utc,
} from '../time/datetime.ts';
import type { PyDuration } from '../time/duration.ts';
import { isoparse } from '../time/isoparse.ts';
import { PyTypeError, PyValueError } from '../time/python-error.ts';
import { strftime } from '../time/strftime.ts';
import { strptime } from '../time/strptime.ts';
import { PyTimedelta } from '../time/timedelta.ts';
import { needText } from './need-text.ts';
import { bind, indexOf } from './python-call.ts';
import { numberOf } from './python-logic.ts';
import { typeName } from './python-type-name.ts';
import { float, PyFunction, PyTuple } from './python-types.ts';

const units = ['year', 'month', 'day', 'hour', 'minute', 'second', 'microsecond'] as const;

function method(
  name: string,
  parameters: readonly string[],
  body: (...args: unknown[]) => unknown,
): PyFunction {
  return new PyFunction(
    name,
    (args, keywords) => body(...bind(name, parameters, args, keywords)),
    `<built-in method ${name} of datetime.datetime object>`,
  );
}

const ordinalOfEpoch = 719_163;
const offsetOf = (zone: PyTimezone | null) =>
  zone === null ? null : new PyTimedelta(BigInt(zone.offsetSeconds) * 1_000_000n);

function replaced(value: PyDateTime | PyDate, args: readonly unknown[]): PyDateTime | PyDate {
  const fields = { ...value.fields };
  units.forEach((unit, index) => {
    if (args[index] !== undefined) fields[unit] = indexOf(args[index]);
  });
  if (value instanceof PyDate) return dateOf(fields.year, fields.month, fields.day);
  const zone = args[7];
  if (zone !== undefined && zone !== null && !(zone instanceof PyTimezone)) {
    throw new PyTypeError(
      `tzinfo argument must be None or of a tzinfo subclass, not type '${typeName(zone)}'`,
    );
  }
  return datetimeOf(fields, zone === undefined ? value.zone : zone);
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
      return method(name, [], () => {
        const iso = isoCalendar(days);
        return new PyTuple([iso.year, iso.week, iso.weekday]);
      });
    case 'ctime':
      return method(name, [], () => strftime(value, '%a %b %e %H:%M:%S ') + pad(fields.year, 4));
    case 'timetuple':
      return method(
        name,
        [],
        () =>
          new PyTuple([
            fields.year,
            fields.month,
            fields.day,
            fields.hour,
            fields.minute,
            fields.second,
            weekday(days),
            dayOfYear(days),
            -1,
          ]),
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
      return method(name, [], () => (value.zone?.repr === '<UTC>' ? new PyTimedelta(0n) : null));
    case 'date':
      return method(name, [], () => new PyDate(value.days));
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
      return dateAttribute(value.inZone(utc), 'timetuple');
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

export function timedeltaAttributes(value: PyTimedelta, name: string): unknown {
  switch (name) {
    case 'days':
      return value.days;
    case 'seconds':
      return value.secondsOfDay;
    case 'microseconds':
      return value.microsecondsOfSecond;
    case 'total_seconds':
      return method(name, [], () => float(value.totalSeconds()));
    case 'resolution':
      return new PyTimedelta(1n);
    case 'min':
      return new PyTimedelta(-999_999_999n * 86_400_000_000n);
    case 'max':
      return new PyTimedelta(999_999_999n * 86_400_000_000n + 86_399_999_999n);
    default:
      return undefined;
  }
}

export function durationAttributes(value: PyDuration, name: string): unknown {
  switch (name) {
    case 'years':
      return value.years;
    case 'months':
      return value.months;
    case 'tdelta':
      return value.rest;
    default:
      return timedeltaAttributes(value.rest, name);
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
