import { asciiDigits } from '../util/python-number.ts';
import { type Civil, civilFromDays, daysFromCivil, isoWeekOne, weekday } from './calendar.ts';
import { datetimeOf, type PyDateTime, PyTimezone } from './datetime.ts';
import { dayNames, monthNames } from './names.ts';
import { PythonError, PyValueError } from './python-error.ts';

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

const readers = new Map<string, Reader>();

function readerOf(format: string): Reader {
  const known = readers.get(format);
  if (known !== undefined) return known;
  const letters: string[] = [];
  const made = { expression: new RegExp(`^${source(format, format, letters)}`, 'iu'), letters };
  if (readers.size > 1000) readers.clear();
  readers.set(format, made);
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
        const shown = letter === '\\' ? '\\' : letter;
        throw new PyValueError(`'${shown}' is a bad directive in format '${whole}'`);
      }
      if (letters.includes(letter)) {
        throw new PythonError(`redefinition of group name '${letter}'`, 'error');
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

/** Python's datetime.strptime; naive unless the format has %z. Throws ValueError. */
export function strptime(text: string, format: string): PyDateTime {
  const { expression, letters } = readerOf(format);
  const match = expression.exec(text);
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
    throw new PyValueError(
      'offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24).',
    );
  }
  return new PyTimezone(
    seconds,
    name?.toLowerCase() === 'utc' || name?.toLowerCase() === 'gmt' ? name.toUpperCase() : undefined,
  );
}

function hourFrom(found: Record<string, string>, number: (letter: string) => number | undefined): number {
  const twelve = number('I');
  // In Python the later of %H and %I would win, but nobody writes both.
  if (twelve === undefined) return number('H') ?? 0;
  const half = found.p?.toLowerCase();
  if (half === 'pm') return twelve === 12 ? 12 : twelve + 12;
  return half === 'am' || half === undefined || half === '' ? (twelve === 12 ? 0 : twelve) : twelve;
}

function dateFrom(found: Record<string, string>, number: (letter: string) => number | undefined): Civil {
  const year = yearFrom(number);
  const day = weekdayFrom(found, number);
  const isoDate = isoDateFrom(number, year, day);
  if (isoDate !== undefined) return isoDate;
  const base = year ?? 1900;
  const dayOfYear = number('j') ?? dayOfYearFrom(found, number, year, day);
  // %j and week numbers count from January 1 of the year; they win over month and day.
  if (dayOfYear !== undefined) return civilFromDays(daysFromCivil(base, 1, 1) + dayOfYear - 1);
  return { year: base, month: monthFrom(found, number) ?? 1, day: number('d') ?? 1 };
}

function yearFrom(number: (letter: string) => number | undefined): number | undefined {
  const year = number('Y');
  const short = number('y');
  if (year !== undefined || short === undefined) return year;
  return short + (short <= 68 ? 2000 : 1900);
}

function monthFrom(
  found: Record<string, string>,
  number: (letter: string) => number | undefined,
): number | undefined {
  const month = number('m');
  if (month !== undefined) return month;
  if (found.B !== undefined) return position(monthNames, found.B) + 1;
  return found.b === undefined ? undefined : position(abbreviated(monthNames), found.b) + 1;
}

/** `%G` and `%V` go together, with a weekday; Python refuses everything else, in these words. */
function isoDateFrom(
  number: (letter: string) => number | undefined,
  year: number | undefined,
  day: number | undefined,
): Civil | undefined {
  const isoYear = number('G');
  const week = number('V');
  if (isoYear === undefined) {
    if (week === undefined) return undefined;
    throw new PyValueError(
      year === undefined || day === undefined
        ? "ISO week directive '%V' must be used with the ISO year directive '%G' and a weekday directive ('%A', '%a', '%w', or '%u')."
        : "ISO week directive '%V' is incompatible with the year directive '%Y'. Use the ISO year '%G' instead.",
    );
  }
  if (number('j') !== undefined) {
    throw new PyValueError(
      "Day of the year directive '%j' is not compatible with ISO year directive '%G'. Use '%Y' instead.",
    );
  }
  if (week === undefined || day === undefined) {
    throw new PyValueError(
      "ISO year directive '%G' must be used with the ISO week directive '%V' and a weekday directive ('%A', '%a', '%w', or '%u').",
    );
  }
  const hasWeek = week >= 1 && (week < 53 || isoWeekOne(isoYear) + 52 * 7 < isoWeekOne(isoYear + 1));
  if (!hasWeek) throw new PyValueError(`Invalid week: ${week}`);
  return civilFromDays(isoWeekOne(isoYear) + (week - 1) * 7 + day);
}

/** A week of the year and a weekday: `%U` counts weeks from Sundays, `%W` from Mondays. */
function dayOfYearFrom(
  found: Record<string, string>,
  number: (letter: string) => number | undefined,
  year: number | undefined,
  day: number | undefined,
): number | undefined {
  const week = number('U') ?? number('W');
  if (day === undefined || week === undefined || year === undefined) return undefined;
  return dayOfWeekNumber(year, week, day, found.U === undefined);
}

function weekdayFrom(found: Record<string, string>, number: (letter: string) => number | undefined) {
  if (found.A !== undefined) return position(dayNames, found.A);
  if (found.a !== undefined) return position(abbreviated(dayNames), found.a);
  const sundayFirst = number('w');
  if (sundayFirst !== undefined) return sundayFirst === 0 ? 6 : sundayFirst - 1;
  const mondayFirst = number('u');
  return mondayFirst === undefined ? undefined : mondayFirst - 1;
}

function dayOfWeekNumber(year: number, week: number, day: number, startsMonday: boolean): number {
  const first = weekday(daysFromCivil(year, 1, 1));
  const firstDay = startsMonday ? first : (first + 1) % 7;
  const dayInWeek = startsMonday ? day : (day + 1) % 7;
  const weekZero = (7 - firstDay) % 7;
  return week === 0 ? 1 + dayInWeek - firstDay : 1 + weekZero + 7 * (week - 1) + dayInWeek;
}
