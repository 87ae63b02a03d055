import { asciiDigits } from '../util/python/python-number.ts';
import { type Civil, civilFromDays, daysFromCivil, isoWeekOne, weekday } from './calendar.ts';
import { datetimeOf, type PyDateTime, PyTimezone } from './datetime.ts';
import { dayNames, monthNames } from './names.ts';
import { PythonError, PyValueError } from './python-error.ts';
import { PyTimedelta } from './timedelta.ts';

const abbreviated = (names: readonly string[]) => names.map((name) => name.slice(0, 3));
const anyOf = (names: readonly string[]) => [...names].sort((a, b) => b.length - a.length).join('|');
const digit = String.raw`\p{Nd}`;

/** What each directive accepts. A directive may occur only once in a format. */
const patterns: Readonly<Record<string, string>> = {
  d: `3[0-1]|[1-2]${digit}|0[1-9]|[1-9]| [1-9]`,
  f: '[0-9]{1,6}',
  H: `2[0-3]|[0-1]${digit}|${digit}`,
  I: '1[0-2]|0[1-9]|[1-9]',
  G: `${digit}{4}`,
  j: `36[0-6]|3[0-5]${digit}|[1-2]${digit}{2}|0[1-9]${digit}|00[1-9]|[1-9]${digit}|0[1-9]|[1-9]`,
  m: '1[0-2]|0[1-9]|[1-9]',
  M: `[0-5]${digit}|${digit}`,
  S: `6[0-1]|[0-5]${digit}|${digit}`,
  U: `5[0-3]|[0-4]${digit}|${digit}`,
  W: `5[0-3]|[0-4]${digit}|${digit}`,
  w: '[0-6]',
  u: '[1-7]',
  V: `5[0-3]|0[1-9]|[1-4]${digit}|${digit}`,
  y: `${digit}{2}`,
  Y: `${digit}{4}`,
  z: String.raw`[+-]${digit}{2}:?[0-5]${digit}(?::?[0-5]${digit}(?:\.${digit}{1,6})?)?|Z`,
  A: anyOf(dayNames),
  a: anyOf(abbreviated(dayNames)),
  B: anyOf(monthNames),
  b: anyOf(abbreviated(monthNames)),
  p: 'am|pm',
  Z: 'utc|gmt',
};

const composite: Readonly<Record<string, string>> = {
  c: '%a %b %d %H:%M:%S %Y',
  x: '%m/%d/%y',
  X: '%H:%M:%S',
};

interface Reader {
  readonly expression: RegExp;
  readonly letters: readonly string[];
}

type Precision = 'microseconds' | 'any';
const readers = new Map<string, Reader>();

/** With `any` precision `%f` takes digits beyond the sixth as well, and the text has to match to its end. */
function readerOf(format: string, precision: Precision): Reader {
  const name = `${precision} ${format}`;
  const known = readers.get(name);
  if (known !== undefined) return known;
  const letters: string[] = [];
  const expression = source(format, format, letters);
  const repeated = letters.find((letter, index) => letters.indexOf(letter) < index);
  if (repeated !== undefined) throw new PythonError(`redefinition of group name '${repeated}'`, 'error');
  const whole =
    precision === 'any' ? `${expression.replace(`(${patterns.f})`, `(${patterns.f})[0-9]*`)}$` : expression;
  const made = { expression: new RegExp(`^${whole}`, 'iu'), letters };
  if (readers.size > 1000) readers.clear();
  readers.set(name, made);
  return made;
}

function source(format: string, whole: string, letters: string[]): string {
  return format
    .replace(/[\\.^$*+?(){}[\]|/]/g, '\\$&')
    .replace(/\s+/g, '\\s+')
    .replace(/%([\s\S]?)/g, (_, letter: string) => {
      if (letter === '') throw new PyValueError(`stray % in format '${whole}'`);
      if (letter === '%') return '%';
      const parts = composite[letter];
      if (parts !== undefined) return source(parts, whole, letters);
      const pattern = patterns[letter];
      if (pattern === undefined) {
        // Python's words for a backslash, which its own escaping has put there.
        const shown = letter === '\\' ? '%' : letter;
        throw new PyValueError(`'${shown}' is a bad directive in format '${whole}'`);
      }
      letters.push(letter);
      return `(${pattern})`;
    });
}

const integer = (text: string) => Number(asciiDigits(text));

/** "+05:30", "-0800", "+01:02:03.5", "Z": seconds east of UTC. */
function offsetSeconds(text: string): number {
  if (text === 'Z') return 0;
  const parts = /^([+-])(..)(:?)(..)(?:(:?)(..)(?:\..*)?)?$/u.exec(text);
  if (parts === null) return 0;
  if (parts[6] !== undefined && parts[3] !== parts[5]) {
    throw new PyValueError(`Inconsistent use of : in ${text}`);
  }
  const size = integer(parts[2] ?? '0') * 3600 + integer(parts[4] ?? '0') * 60 + integer(parts[6] ?? '0');
  return parts[1] === '-' ? -size : size;
}

const position = (names: readonly string[], text: string) =>
  names.findIndex((name) => name.toLowerCase() === text.toLowerCase());

/** Throws ValueError when no text can be read by a format. */
export function checkFormat(format: string): void {
  readerOf(format, 'microseconds');
}

/** As Python reads a text; where it cannot, digits of a second beyond the sixth are cut. */
function matchOf(text: string, format: string, { expression, letters }: Reader): RegExpExecArray | null {
  const match = expression.exec(text);
  if (match?.[0].length === text.length || !letters.includes('f')) return match;
  return readerOf(format, 'any').expression.exec(text) ?? match;
}

/**
 * Python's datetime.strptime, which also reads nanoseconds; naive unless the format has %z. Throws ValueError.
 */
export function strptime(text: string, format: string): PyDateTime {
  const reader = readerOf(format, 'microseconds');
  const { letters } = reader;
  const match = matchOf(text, format, reader);
  const found: Record<string, string> = {};
  letters.forEach((letter, index) => {
    found[letter] = match?.[index + 1] ?? '';
  });
  if (match === null || found.z === 'z') {
    throw new PyValueError(`time data '${text}' does not match format '${format}'`);
  }
  if (match[0].length !== text.length) {
    throw new PyValueError(`unconverted data remains: ${text.slice(match[0].length)}`);
  }
  const number = (letter: string) => (found[letter] === undefined ? undefined : integer(found[letter]));
  const date = dateFrom(found, number);
  return datetimeOf(
    {
      ...date,
      hour: hourFrom(found, number),
      minute: number('M') ?? 0,
      second: number('S') ?? 0,
      microsecond: Number((found.f ?? '0').padEnd(6, '0')),
    },
    found.z === undefined ? null : zoneFrom(found.z, found.Z),
  );
}

function zoneFrom(offset: string, name: string | undefined): PyTimezone {
  const seconds = offsetSeconds(offset);
  if (Math.abs(seconds) >= 86_400) {
    const delta = new PyTimedelta(BigInt(seconds) * 1_000_000n).repr();
    throw new PyValueError(
      `offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not ${delta}.`,
    );
  }
  return new PyTimezone(seconds, name);
}

type Numbers = (letter: string) => number | undefined;

/** Of several directives for one thing, the last of the format. */
function lastOf(found: Record<string, string>, letters: string): string | undefined {
  return Object.keys(found).findLast((letter) => letters.includes(letter));
}

function hourFrom(found: Record<string, string>, number: Numbers): number {
  const letter = lastOf(found, 'HI');
  if (letter === undefined) return 0;
  const hour = number(letter) ?? 0;
  if (letter === 'H') return hour;
  if (found.p?.toLowerCase() === 'pm') return hour === 12 ? 12 : hour + 12;
  return hour === 12 ? 0 : hour;
}

function dateFrom(found: Record<string, string>, number: Numbers): Civil {
  const year = yearFrom(found, number);
  const day = weekdayFrom(found, number);
  const [isoYear, isoWeek, julian] = [number('G'), number('V'), number('j')];
  const weekLetter = lastOf(found, 'UW');
  if (year === undefined && isoYear !== undefined) {
    if (isoWeek === undefined || day === undefined) throw new PyValueError(isoYearAlone);
    if (julian !== undefined) throw new PyValueError(isoYearWithDay);
  } else if (weekLetter === undefined && isoWeek !== undefined) {
    throw new PyValueError(day === undefined ? isoWeekAlone : isoWeekWithYear);
  }
  const [month, dayOfMonth] = [monthFrom(found, number) ?? 1, number('d') ?? 1];
  // The default year has no February 29, so that one is counted in a year that has.
  const base = year ?? (month === 2 && dayOfMonth === 29 ? 1904 : 1900);
  const first = daysFromCivil(base, 1, 1);
  // Days and weeks of the year win over month and day.
  if (julian !== undefined) return civilFromDays(first + julian - 1);
  if (day !== undefined && weekLetter !== undefined) {
    const week = number(weekLetter) ?? 0;
    return civilFromDays(first + dayOfWeekNumber(base, week, day, weekLetter === 'W') - 1);
  }
  if (day !== undefined && isoYear !== undefined && isoWeek !== undefined)
    return civilFromDays(isoWeekOne(isoYear) + (isoWeek - 1) * 7 + day);
  return { year: year ?? 1900, month, day: dayOfMonth };
}

const isoYearAlone =
  "ISO year directive '%G' must be used with the ISO week directive '%V' and a weekday directive ('%A', '%a', '%w', or '%u').";
const isoYearWithDay =
  "Day of the year directive '%j' is not compatible with ISO year directive '%G'. Use '%Y' instead.";
const isoWeekAlone =
  "ISO week directive '%V' must be used with the ISO year directive '%G' and a weekday directive ('%A', '%a', '%w', or '%u').";
const isoWeekWithYear =
  "ISO week directive '%V' is incompatible with the year directive '%Y'. Use the ISO year '%G' instead.";

function yearFrom(found: Record<string, string>, number: Numbers): number | undefined {
  const letter = lastOf(found, 'yY');
  if (letter === undefined) return undefined;
  const year = number(letter) ?? 0;
  if (letter === 'Y') return year;
  return year + (year <= 68 ? 2000 : 1900);
}

function monthFrom(found: Record<string, string>, number: Numbers): number | undefined {
  const letter = lastOf(found, 'mBb');
  if (letter === undefined || letter === 'm') return number('m');
  return position(letter === 'B' ? monthNames : abbreviated(monthNames), found[letter] ?? '') + 1;
}

/** Monday is 0. */
function weekdayFrom(found: Record<string, string>, number: Numbers): number | undefined {
  const letter = lastOf(found, 'Aawu');
  if (letter === undefined) return undefined;
  if (letter === 'A' || letter === 'a')
    return position(letter === 'A' ? dayNames : abbreviated(dayNames), found[letter] ?? '');
  return ((number(letter) ?? 0) + 6) % 7;
}

/** `%U` counts weeks from Sundays, `%W` from Mondays. */
function dayOfWeekNumber(year: number, week: number, day: number, startsMonday: boolean): number {
  const first = weekday(daysFromCivil(year, 1, 1));
  const firstDay = startsMonday ? first : (first + 1) % 7;
  const dayInWeek = startsMonday ? day : (day + 1) % 7;
  const weekZero = (7 - firstDay) % 7;
  return week === 0 ? 1 + dayInWeek - firstDay : 1 + weekZero + 7 * (week - 1) + dayInWeek;
}
