import { pad, weekday } from '../../time/calendar.ts';
import {
  dateOf,
  datetimeFromMicroseconds,
  datetimeOf,
  PyDate,
  PyDateTime,
  PyTimezone,
  utc,
} from '../../time/datetime.ts';
import { isoparse } from '../../time/isoparse.ts';
import { PyArithmeticError, PyTypeError, PyValueError } from '../../time/python-error.ts';
import { strftime } from '../../time/strftime.ts';
import { strptime } from '../../time/strptime.ts';
import { PyTime } from '../../time/time-of-day.ts';
import { PyTimedelta, roundHalfEven } from '../../time/timedelta.ts';
import { float, numberOf } from '../values/number.ts';
import type { Methods, Python } from '../values/python.ts';
import { textLength } from '../values/text.ts';
import { formatOf } from './method-parts.ts';
import { combined, isoCalendarDate, knowsDst, structTime, toZone } from './time-tuples.ts';

const units = ['year', 'month', 'day', 'hour', 'minute', 'second', 'microsecond'] as const;
const optional = (names: readonly string[]) => names.map((name) => `${name}?`);

const ordinalOfEpoch = 719_163;
const offsetOf = (zone: PyTimezone | null) =>
  zone === null ? null : new PyTimedelta(BigInt(zone.offsetSeconds) * 1_000_000n);

/** A C int, as the fields of dates and times are. */
function fieldOf(value: unknown, py: Python): number {
  const field = py.index(value);
  if (Math.trunc(field / 2 ** 31) !== 0)
    throw new PyArithmeticError('signed integer is out of range', 'OverflowError');
  return field;
}

/** The fields of a moment, some of them replaced by those that were given, from the year on. */
function replacedFields(value: PyDateTime | PyDate, given: readonly unknown[], py: Python) {
  const fields = { ...value.fields };
  for (const [index, unit] of units.entries()) {
    if (given[index] !== undefined) fields[unit] = fieldOf(given[index], py);
  }
  return fields;
}

function replaced(value: PyDateTime, given: readonly unknown[], py: Python): PyDateTime {
  const zone = given[units.length];
  return datetimeOf(replacedFields(value, given, py), zone === undefined ? value.zone : toZone(zone, py));
}

/** What date and datetime have in common. */
const commonMethods: Methods<PyDateTime | PyDate> = {
  strftime: [['format'], (self, [format], py) => strftime(self, formatOf(format, py))],
  weekday: [[], (self) => weekday(self.days)],
  isoweekday: [[], (self) => weekday(self.days) + 1],
  toordinal: [[], (self) => self.days + ordinalOfEpoch],
  isocalendar: [[], (self) => isoCalendarDate(self.days)],
  ctime: [[], (self) => strftime(self, '%a %b %e %H:%M:%S ') + pad(self.fields.year, 4)],
};

export const dateMethods: Methods<PyDate> = {
  ...commonMethods,
  timetuple: [[], (self) => structTime(self, -1)],
  replace: [
    optional(units.slice(0, 3)),
    (self, given, py) => {
      const { year, month, day } = replacedFields(self, given, py);
      return dateOf(year, month, day);
    },
  ],
  isoformat: [[], (self) => self.isoformat()],
  fromisoformat: [['text', '/'], (_self, [text], py) => new PyDate(isoparse(py.text(text)).days)],
  fromordinal: [['ordinal', '/'], (_self, [ordinal], py) => new PyDate(py.index(ordinal) - ordinalOfEpoch)],
  fromtimestamp: [
    ['timestamp', '/'],
    (_self, [seconds], py) => new PyDate(fromTimestamp(seconds, null, py).days),
  ],
};

function fromTimestamp(seconds: unknown, zone: unknown, py: Python): PyDateTime {
  const number = numberOf(seconds);
  if (number === undefined)
    throw new PyTypeError(`'${py.typeName(seconds)}' object cannot be interpreted as an integer`);
  const micro = typeof number === 'bigint' ? number * 1_000_000n : BigInt(roundHalfEven(number * 1e6));
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

const fromNow = (zone: unknown, py: Python) => fromTimestamp(py.environment.now() / 1000, zone, py);

function oneCharacter(text: string): string {
  if (textLength(text) === 1) return text;
  throw new PyTypeError('isoformat() argument 1 must be a unicode character, not str');
}

/** Class methods such as now() can be reached from any datetime. */
export const datetimeMethods: Methods<PyDateTime> = {
  ...commonMethods,
  timetuple: [[], (self) => structTime(self, knowsDst(self.zone) ? 0 : -1)],
  replace: [[...optional(units), 'tzinfo?', '*', 'fold?'], replaced],
  tzname: [[], (self) => self.zone?.label ?? null],
  utcoffset: [[], (self) => offsetOf(self.zone)],
  dst: [[], (self) => (knowsDst(self.zone) ? new PyTimedelta(0n) : null)],
  date: [[], (self) => new PyDate(self.days)],
  time: [[], (self) => new PyTime(self.withZone(null))],
  timetz: [[], (self) => new PyTime(self)],
  combine: [['date', 'time', 'tzinfo?'], (_self, args, py) => combined(args, py)],
  timestamp: [[], (self) => float(self.timestamp())],
  isoformat: [
    ['sep?', 'timespec?'],
    (self, [separator = 'T', timespec = 'auto'], py) =>
      self.isoformat(oneCharacter(py.text(separator)), py.text(timespec)),
  ],
  astimezone: [['tz?'], (self, [zone]) => self.inZone(zone instanceof PyTimezone ? zone : utc)],
  utctimetuple: [[], (self) => structTime(self.inZone(utc), 0)],
  strptime: [
    ['text', 'format', '/'],
    (_self, [text, format], py) => strptime(py.text(text), py.text(format)),
  ],
  fromisoformat: [['text', '/'], (_self, [text], py) => fromIso(py.text(text))],
  fromtimestamp: [['timestamp', 'tz?'], (_self, [seconds, zone], py) => fromTimestamp(seconds, zone, py)],
  utcfromtimestamp: [['timestamp', '/'], (_self, [seconds], py) => fromTimestamp(seconds, null, py)],
  fromordinal: [
    ['ordinal', '/'],
    (_self, [ordinal], py) => new PyDateTime((py.index(ordinal) - ordinalOfEpoch) * 86_400_000, 0, null),
  ],
  now: [['tz?'], (_self, [zone], py) => fromNow(zone, py)],
  utcnow: [[], (_self, _args, py) => fromNow(null, py)],
  today: [[], (_self, _args, py) => fromNow(null, py)],
};

/** Of the methods of datetimes, those that have to do with time. */
export const timeMethods: Methods<PyTime> = {
  isoformat: [['timespec?'], (self, [timespec = 'auto'], py) => self.isoformat(py.text(timespec))],
  fromisoformat: [['text', '/'], (_self, [text], py) => new PyTime(fromIso(`1900-01-01T${py.text(text)}`))],
  replace: [
    [...optional(units.slice(3)), 'tzinfo?', '*', 'fold?'],
    (self, given, py) => new PyTime(replaced(self.moment, [undefined, undefined, undefined, ...given], py)),
  ],
  strftime: [['format'], (self, [format], py) => strftime(self.moment, formatOf(format, py))],
  tzname: [[], (self) => self.zone?.label ?? null],
  utcoffset: [[], (self) => offsetOf(self.zone)],
  dst: [[], (self) => (knowsDst(self.zone) ? new PyTimedelta(0n) : null)],
};

export const timezoneMethods: Methods<PyTimezone> = {
  tzname: [['dt', '/'], (self) => self.label],
  utcoffset: [['dt', '/'], (self) => offsetOf(self)],
  dst: [['dt', '/'], () => null],
};
