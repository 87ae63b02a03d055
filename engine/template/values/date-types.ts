import {
  compareDatetimes,
  dateOf,
  datetimeOf,
  PyDate,
  PyDateTime,
  PyTimezone,
  subtractDatetimes,
  utc,
} from '../../time/datetime.ts';
import { addDuration, shiftDate, subtractDuration } from '../../time/duration.ts';
import { strftime } from '../../time/strftime.ts';
import { PyTime } from '../../time/time-of-day.ts';
import { PyTimedelta } from '../../time/timedelta.ts';
import { isDuration } from './duration-types.ts';
import { holds } from './number.ts';
import type { PyType } from './python.ts';

const datetimeKey = (value: PyDateTime) => `d${value.epochMicroseconds}${value.zone === null ? 'naive' : ''}`;

function sameMoment(a: PyDateTime, b: PyDateTime): boolean {
  return (a.zone === null) === (b.zone === null) && a.epochMs === b.epochMs && a.micro === b.micro;
}

const firstDay = { year: 1, month: 1, day: 1 };
const lastDay = { year: 9999, month: 12, day: 31 };
const firstMoment = { hour: 0, minute: 0, second: 0, microsecond: 0 };
const lastMoment = { hour: 23, minute: 59, second: 59, microsecond: 999_999 };
/** The day on which a time without one is computed. */
const anyDay = { year: 1900, month: 1, day: 1 };

/** What a datetime and a time have in common. */
function clockAttribute({ fields, zone }: PyDateTime | PyTime, name: string): unknown {
  switch (name) {
    case 'hour':
    case 'minute':
    case 'second':
    case 'microsecond':
      return fields[name];
    case 'fold':
      return 0;
    case 'tzinfo':
      return zone;
    case 'resolution':
      return new PyTimedelta(1n);
    default:
      return undefined;
  }
}

export const datetimeType: PyType<PyDateTime> = {
  name: 'datetime.datetime',
  hash: datetimeKey,
  equals: (self, other) => other instanceof PyDateTime && sameMoment(self, other),
  compare: (operator, self, other) =>
    other instanceof PyDateTime ? holds(operator, compareDatetimes(self, other)) : undefined,
  str: (self) => self.toString(),
  repr: (self) => self.repr(),
  format: strftime,
  attribute(self, name) {
    switch (name) {
      case 'year':
      case 'month':
      case 'day':
        return self.fields[name];
      case 'min':
        return datetimeOf({ ...firstDay, ...firstMoment }, null);
      case 'max':
        return datetimeOf({ ...lastDay, ...lastMoment }, null);
      default:
        return clockAttribute(self, name);
    }
  },
  binary(operator, self, other) {
    if (operator === '-' && other instanceof PyDateTime) return subtractDatetimes(self, other);
    if (!isDuration(other)) return undefined;
    if (operator === '+') return addDuration(self, other);
    return operator === '-' ? subtractDuration(self, other) : undefined;
  },
  json: (self) => self.isoformat(),
};

export const dateType: PyType<PyDate> = {
  name: 'datetime.date',
  hash: (self) => `D${self.days}`,
  equals: (self, other) => other instanceof PyDate && self.days === other.days,
  compare: (operator, self, other) =>
    other instanceof PyDate ? holds(operator, self.days - other.days) : undefined,
  str: (self) => self.toString(),
  repr: (self) => self.repr(),
  format: strftime,
  attribute(self, name) {
    switch (name) {
      case 'year':
      case 'month':
      case 'day':
        return self.fields[name];
      case 'min':
        return dateOf(1, 1, 1);
      case 'max':
        return dateOf(9999, 12, 31);
      case 'resolution':
        return new PyTimedelta(86_400_000_000n);
      default:
        return undefined;
    }
  },
  binary(operator, self, other) {
    if (operator === '-' && other instanceof PyDate)
      return new PyTimedelta(BigInt(self.days - other.days) * 86_400_000_000n);
    if (!isDuration(other)) return undefined;
    if (operator === '+') return shiftDate(self, other, 1);
    return operator === '-' ? shiftDate(self, other, -1) : undefined;
  },
  json: (self) => self.isoformat(),
};

export const timeType: PyType<PyTime> = {
  name: 'datetime.time',
  hash: (self) => `T${datetimeKey(self.moment)}`,
  equals: (self, other) => other instanceof PyTime && sameMoment(self.moment, other.moment),
  compare: (operator, self, other) =>
    other instanceof PyTime ? holds(operator, compareDatetimes(self.moment, other.moment)) : undefined,
  str: (self) => self.toString(),
  repr: (self) => self.repr(),
  format: (self, spec) => strftime(self.moment, spec),
  attribute(self, name) {
    switch (name) {
      case 'min':
        return new PyTime(datetimeOf({ ...anyDay, ...firstMoment }, null));
      case 'max':
        return new PyTime(datetimeOf({ ...anyDay, ...lastMoment }, null));
      default:
        return clockAttribute(self, name);
    }
  },
  json: (self) => self.isoformat(),
};

export const timezoneType: PyType<PyTimezone> = {
  name: 'datetime.timezone',
  hash: (self) => `z${self.offsetSeconds}`,
  equals: (self, other) => other instanceof PyTimezone && self.offsetSeconds === other.offsetSeconds,
  str: (self) => self.label,
  repr: (self) => self.repr,
  attribute(self, name) {
    if (name === 'utc') return utc;
    return name === 'zone' && self.repr === '<UTC>' ? 'UTC' : undefined;
  },
};
