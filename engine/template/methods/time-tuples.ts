import { dayOfYear, isoCalendar, weekday } from '../../time/calendar.ts';
import { PyDate, PyDateTime, PyTimezone } from '../../time/datetime.ts';
import { PyTypeError } from '../../time/python-error.ts';
import { combine, PyTime } from '../../time/time-of-day.ts';
import type { Python } from '../values/python.ts';
import { PyNamedTuple } from '../values/tuple.ts';

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
export function combined([date, time, zone]: readonly unknown[], py: Python): PyDateTime {
  if (!(date instanceof PyDate || date instanceof PyDateTime))
    throw new PyTypeError(`combine() argument 1 must be datetime.date, not ${py.typeName(date)}`);
  if (!(time instanceof PyTime))
    throw new PyTypeError(`combine() argument 2 must be datetime.time, not ${py.typeName(time)}`);
  const made = combine(date, time);
  return zone === undefined ? made : made.withZone(toZone(zone, py));
}

export function toZone(zone: unknown, py: Python): PyTimezone | null {
  if (zone === null || zone instanceof PyTimezone) return zone;
  throw new PyTypeError(
    `tzinfo argument must be None or of a tzinfo subclass, not type '${py.typeName(zone)}'`,
  );
}

/** pytz's UTC says that there is no daylight saving time; Python's own zones say nothing of it. */
export const knowsDst = (zone: PyTimezone | null) => zone?.repr === '<UTC>';
