import { dayOfYear, isoCalendar, weekday } from '../time/calendar.ts';
import { datetimeOf, PyDate, PyDateTime, PyTimezone } from '../time/datetime.ts';
import { PyTypeError } from '../time/python-error.ts';
import { combine, PyTime } from '../time/time-of-day.ts';
import { typeName } from './python-type-name.ts';
import { PyNamedTuple } from './python-types.ts';

const timeNames = ['year', 'mon', 'mday', 'hour', 'min', 'sec', 'wday', 'yday', 'isdst'].map(
  (name) => `tm_${name}`,
);

/** time.struct_time; `isDst` is -1 where nobody knows. */
export function structTime(value: PyDateTime | PyDate, isDst: number): PyNamedTuple {
  const { days, fields: f } = value;
  const items = [f.year, f.month, f.day, f.hour, f.minute, f.second, weekday(days), dayOfYear(days), isDst];
  return new PyNamedTuple('time.struct_time', timeNames, items);
}

export function isoCalendarDate(days: number): PyNamedTuple {
  const iso = isoCalendar(days);
  return new PyNamedTuple(
    'datetime.IsoCalendarDate',
    ['year', 'week', 'weekday'],
    [iso.year, iso.week, iso.weekday],
  );
}

/** datetime.combine(); a zone that is given replaces that of the time. */
export function combined(date: unknown, time: unknown, zone: unknown): PyDateTime {
  if (!(date instanceof PyDate || date instanceof PyDateTime))
    throw new PyTypeError(`combine() argument 1 must be datetime.date, not ${typeName(date)}`);
  if (!(time instanceof PyTime))
    throw new PyTypeError(`combine() argument 2 must be datetime.time, not ${typeName(time)}`);
  const made = combine(date, time);
  return zone === undefined ? made : made.withZone(toZone(zone));
}

export function toZone(zone: unknown): PyTimezone | null {
  if (zone === null || zone instanceof PyTimezone) return zone;
  throw new PyTypeError(`tzinfo argument must be None or of a tzinfo subclass, not type '${typeName(zone)}'`);
}

/** time.min and time.max */
export function extremeTime(isLast: boolean): PyTime {
  const fields = isLast
    ? { hour: 23, minute: 59, second: 59, microsecond: 999_999 }
    : { hour: 0, minute: 0, second: 0, microsecond: 0 };
  return new PyTime(datetimeOf({ year: 1900, month: 1, day: 1, ...fields }, null));
}
