import { parsePythonInteger } from '../util/python/python-number.ts';
import { isLeap, isoWeekOne } from './calendar.ts';
import {
  type DateTimeFields,
  dateOf,
  datetimeOf,
  PyDate,
  type PyDateTime,
  PyTimezone,
  utc,
} from './datetime.ts';
import { PyValueError } from './python-error.ts';
import { timedeltaOf } from './timedelta.ts';

function integer(text: string): number {
  const value = parsePythonInteger(text);
  if (value === undefined) throw new PyValueError(`invalid literal for int() with base 10: b'${text}'`);
  return Number(value);
}

interface DatePart {
  readonly date: Pick<DateTimeFields, 'year' | 'month' | 'day'>;
  readonly end: number;
}

/** What is laid out as a calendar date, also one that no calendar has. Throws PyValueError for another layout. */
function commonDate(text: string): DatePart {
  if (text.length < 4) throw new PyValueError('ISO string too short');
  const year = integer(text.slice(0, 4));
  if (text.length === 4) return { date: { year, month: 1, day: 1 }, end: 4 };
  const dashed = text[4] === '-';
  const monthAt = dashed ? 5 : 4;
  if (text.length - monthAt < 2) throw new PyValueError('Invalid common month');
  const month = integer(text.slice(monthAt, monthAt + 2));
  let at = monthAt + 2;
  if (at >= text.length) {
    if (!dashed) throw new PyValueError('Invalid ISO format');
    return { date: { year, month, day: 1 }, end: at };
  }
  if (dashed) {
    if (text[at] !== '-') throw new PyValueError('Invalid separator in ISO string');
    at += 1;
  }
  if (text.length - at < 2) throw new PyValueError('Invalid common day');
  return { date: { year, month, day: integer(text.slice(at, at + 2)) }, end: at + 2 };
}

function uncommonDate(text: string): DatePart {
  if (text.length < 4) throw new PyValueError('ISO string too short');
  const year = integer(text.slice(0, 4));
  const dashed = text[4] === '-';
  let at = dashed ? 5 : 4;
  if (text[at] === 'W') {
    const week = integer(text.slice(at + 1, at + 3));
    at += 3;
    let day = 1;
    if (text.length > at) {
      if ((text[at] === '-') !== dashed) throw new PyValueError('Inconsistent use of dash separator');
      at += dashed ? 1 : 0;
      day = integer(text.slice(at, at + 1));
      at += 1;
    }
    if (week < 1 || week > 53) throw new PyValueError(`Invalid week: ${week}`);
    if (day < 1 || day > 7) throw new PyValueError(`Invalid weekday: ${day}`);
    dateOf(year, 1, 4);
    return { date: new PyDate(isoWeekOne(year) + (week - 1) * 7 + day - 1).fields, end: at };
  }
  if (text.length - at < 3) throw new PyValueError('Invalid ordinal day');
  const ordinal = integer(text.slice(at, at + 3));
  if (ordinal < 1 || ordinal > 365 + (isLeap(year) ? 1 : 0)) {
    throw new PyValueError(`Invalid ordinal day ${ordinal} for year ${year}`);
  }
  return { date: new PyDate(dateOf(year, 1, 1).days + ordinal - 1).fields, end: at + 3 };
}

interface TimePart extends Pick<DateTimeFields, 'hour' | 'minute' | 'second' | 'microsecond'> {
  readonly zone: PyTimezone | null;
}

const midnight: TimePart = { hour: 0, minute: 0, second: 0, microsecond: 0, zone: null };

function offset(text: string): PyTimezone {
  if (text === 'Z' || text === 'z') return utc;
  if (![3, 5, 6].includes(text.length)) {
    throw new PyValueError('Time zone offset must be 1, 3, 5 or 6 characters');
  }
  const sign = text[0] === '-' ? -1 : text[0] === '+' ? 1 : undefined;
  if (sign === undefined) throw new PyValueError('Time zone offset requires sign');
  const hours = integer(text.slice(1, 3));
  const minutes = text.length === 3 ? 0 : integer(text.slice(text[3] === ':' ? 4 : 3));
  if (minutes > 59) throw new PyValueError('Invalid minutes in time zone offset');
  if (hours > 23) throw new PyValueError('Invalid hours in time zone offset');
  return hours === 0 && minutes === 0 ? utc : new PyTimezone(sign * (hours * 3600 + minutes * 60));
}

function time(text: string): TimePart {
  if (text.length < 2) throw new PyValueError('ISO time too short');
  const parts = [0, 0, 0, 0];
  let zone: PyTimezone | null = null;
  let at = 0;
  let coloned = false;
  for (let index = 0; at < text.length && index < 5; index++) {
    if ('-+Zz'.includes(text[at] ?? '?')) {
      zone = offset(text.slice(at));
      at = text.length;
      break;
    }
    if (index === 1 && text[at] === ':') {
      coloned = true;
      at += 1;
    } else if (index === 2 && coloned) {
      if (text[at] !== ':') throw new PyValueError('Inconsistent use of colon separator');
      at += 1;
    }
    if (index < 3) {
      parts[index] = integer(text.slice(at, at + 2));
      at += 2;
    } else if (index === 3) {
      const fraction = /^[.,]([0-9]+)/.exec(text.slice(at));
      if (fraction === null) continue;
      parts[3] = Number((fraction[1] ?? '').slice(0, 6).padEnd(6, '0'));
      at += fraction[0].length;
    }
  }
  if (at < text.length) throw new PyValueError('Unused components in ISO string');
  const [hour = 0, minute = 0, second = 0, microsecond = 0] = parts;
  if (hour === 24 && (minute !== 0 || second !== 0 || microsecond !== 0)) {
    throw new PyValueError('Hour may only be 24 at 24:00:00.000');
  }
  return { hour, minute, second, microsecond, zone };
}

/** dateutil's isoparse: calendar, week and ordinal dates, any one separator, 24:00; naive without an offset. */
export function isoparse(text: string): PyDateTime {
  if (/\P{ASCII}/u.test(text)) {
    throw new PyValueError('ISO-8601 strings should contain only ASCII characters');
  }
  const { date, end } = datePart(text);
  const { zone, ...clockTime } = text.length <= end ? midnight : time(text.slice(end + 1));
  const nextDay = clockTime.hour === 24;
  const made = datetimeOf({ ...date, ...clockTime, hour: nextDay ? 0 : clockTime.hour }, zone);
  return nextDay ? made.add(timedeltaOf({ days: 1 })) : made;
}

/** Only the layout decides between the two forms; a month out of range is found when the date is built. */
function datePart(text: string): DatePart {
  try {
    return commonDate(text);
  } catch (error) {
    if (error instanceof PyValueError) return uncommonDate(text);
    throw error;
  }
}
