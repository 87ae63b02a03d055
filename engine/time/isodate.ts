import { daysFromCivil, isoCalendar } from './calendar.ts';
import { type DateTimeFields, dateOf, PyDate } from './datetime.ts';
import { PyValueError } from './python-error.ts';
import { type PyTimedelta, roundHalfEven, timedeltaOf } from './timedelta.ts';

function isoError(message: string): PyValueError {
  return new PyValueError(message, 'ISO8601Error');
}

/** Years and months have no fixed length; the rest has. */
export interface DurationParts {
  readonly years: number;
  readonly months: number;
  readonly rest: PyTimedelta;
}

/** `P0003-06-04T12:30:05`: a duration written as a date and a time. */
export function parseDurationDate(text: string): DurationParts {
  if (!text.startsWith('P')) throw isoError(`Unable to parse duration string '${text}'`);
  const [date, time, ...more] = text.slice(1).split('T');
  if (date === undefined || time === undefined || more.length > 0) {
    throw isoError(
      `ISO 8601 time designator 'T' missing. Unable to parse datetime string '${text.slice(1)}'`,
    );
  }
  const f = { ...parseDate(date).fields, ...parseTime(time) };
  const rest = timedeltaOf({
    days: f.day,
    hours: f.hour,
    minutes: f.minute,
    seconds: f.second,
    microseconds: f.microsecond,
  });
  return { years: f.year, months: f.month, rest };
}

/** Prefix matches, in isodate's order: whatever follows a complete match is ignored. */
const dateForms: readonly (readonly [RegExp, (part: (index: number) => number) => PyDate])[] = [
  [/^(\d{4})-(\d\d)-(\d\d)/, (part) => dateOf(part(1), part(2) || 1, part(3))],
  [/^(\d{4})(\d\d)(\d\d)/, (part) => dateOf(part(1), part(2) || 1, part(3))],
  [/^(\d{4})-W(\d\d)-(\d)/, (part) => weekDate(part(1), part(2), part(3))],
  [/^(\d{4})W(\d\d)(\d)/, (part) => weekDate(part(1), part(2), part(3))],
  [/^(\d{4})-?(\d{3})/, (part) => new PyDate(dateOf(part(1), 1, 1).days + part(2) - 1)],
  [/^(\d{4})-?W(\d\d)/, (part) => weekDate(part(1), part(2), 1)],
  [/^(\d{4})-?(\d\d)/, (part) => dateOf(part(1), part(2) || 1, 1)],
  [/^(\d{4})/, (part) => dateOf(part(1), 1, 1)],
  [/^(\d\d)/, (part) => dateOf(part(1) * 100 + 1, 1, 1)],
];

function weekDate(year: number, week: number, day: number): PyDate {
  const first = dateOf(year, 1, 1).days;
  const iso = isoCalendar(daysFromCivil(year, 1, 1));
  return new PyDate(first + (week - (iso.week === 1 ? 1 : 0)) * 7 - iso.weekday + day);
}

function parseDate(text: string): PyDate {
  for (const [form, make] of dateForms) {
    const match = form.exec(text);
    if (match !== null) return make((index) => Number(match[index]));
  }
  throw isoError(`Unrecognised ISO 8601 date format: '${text}'`);
}

const timeForms = [
  /^T?(\d\d):(\d\d):(\d\d(?:[,.]\d+)?)/,
  /^T?(\d\d)(\d\d)(\d\d(?:[,.]\d+)?)/,
  /^T?(\d\d):(\d\d(?:[,.]\d+)?)/,
  /^T?(\d\d)(\d\d(?:[,.]\d+)?)/,
  /^T?(\d\d(?:[,.]\d+)?)/,
];

type Time = Pick<DateTimeFields, 'hour' | 'minute' | 'second' | 'microsecond'>;

function parseTime(text: string): Time {
  for (const form of timeForms) {
    const match = form.exec(text);
    if (match !== null) return timeOf(match.slice(1).map((part) => Number(part.replace(',', '.'))));
  }
  throw isoError(`Unrecognised ISO 8601 time format: '${text}'`);
}

/** The last part carries the fraction, whatever its unit. */
function timeOf(parts: readonly number[]): Time {
  const hours = parts[0] ?? 0;
  const hour = Math.trunc(hours);
  const minutes = parts[1] ?? (hours - hour) * 60;
  const minute = Math.trunc(minutes);
  const seconds = parts[2] ?? (minutes - minute) * 60;
  const second = Math.trunc(seconds);
  if (hour > 23) throw new PyValueError('hour must be in 0..23');
  if (minute > 59) throw new PyValueError('minute must be in 0..59');
  if (second > 59) throw new PyValueError('second must be in 0..59');
  return { hour, minute, second, microsecond: roundHalfEven((seconds - second) * 1e6) };
}
