import { type Civil, civilFromDays, daysInMonth } from './calendar.ts';
import { dateOf, datetimeOf, PyDate, type PyDateTime } from './datetime.ts';
import { parseDurationDate } from './isodate.ts';
import { PyTypeError, PyValueError } from './python-error.ts';
import { PyTimedelta, timedeltaOf } from './timedelta.ts';

/** isodate's Duration: years and months, which have no fixed length, and the rest. */
export class PyDuration {
  readonly years: number;
  readonly months: number;
  readonly rest: PyTimedelta;
  constructor(years: number, months: number, rest: PyTimedelta) {
    this.years = years;
    this.months = months;
    this.rest = rest;
  }

  toString(): string {
    const years = this.years === 0 ? [] : [`${Math.trunc(this.years)} years`];
    const months =
      this.months === 0 ? [] : [`${Math.trunc(this.months)} ${this.months <= 1 ? 'month' : 'months'}`];
    return [...years, ...months, this.rest.toString()].join(', ');
  }

  repr(): string {
    const { days, secondsOfDay, microsecondsOfSecond } = this.rest;
    return `isodate.duration.Duration(${days}, ${secondsOfDay}, ${microsecondsOfSecond}, years=${Math.trunc(this.years)}, months=${Math.trunc(this.months)})`;
  }
}

const number = '[0-9]+(?:[,.][0-9]+)?';
const period = new RegExp(
  `^([+-])?P(?=[0-9A-Za-z_])(?:(${number})Y)?(?:(${number})M)?(?:(${number})W)?(?:(${number})D)?` +
    `(?:T(?:(${number})H)?(?:(${number})M)?(?:(${number})S)?)?\n?$`,
);

/** ISO 8601 durations as isodate 0.6 reads them; throws ISO8601Error. */
export function parseDuration(text: string): PyTimedelta | PyDuration {
  const match = period.exec(text);
  if (match === null) {
    const { years, months, rest } = parseDurationDate(text);
    return new PyDuration(years, months, rest);
  }
  const part = (index: number) => Number((match[index] ?? '0').replace(',', '.'));
  const rest = timedeltaOf({
    weeks: part(4),
    days: part(5),
    hours: part(6),
    minutes: part(7),
    seconds: part(8),
  });
  const sign = match[1] === '-' ? -1 : 1;
  const signed = sign === -1 ? new PyTimedelta(-rest.microseconds) : rest;
  const [years, months] = [part(2), part(3)];
  if (years === 0 && months === 0) return signed;
  return new PyDuration(sign * years || 0, sign * months || 0, signed);
}

function shiftMonths({ year, month, day }: Civil, duration: PyDuration, sign: 1 | -1): Civil {
  if (!Number.isInteger(duration.years) || !Number.isInteger(duration.months)) {
    throw new PyValueError('fractional years or months not supported for date calculations');
  }
  const total = month - 1 + sign * duration.months;
  const newYear = year + sign * duration.years + Math.floor(total / 12);
  const newMonth = (((total % 12) + 12) % 12) + 1;
  return { year: newYear, month: newMonth, day: Math.min(day, daysInMonth(newYear, newMonth)) };
}

function shift(datetime: PyDateTime, duration: PyTimedelta | PyDuration, sign: 1 | -1): PyDateTime {
  if (duration instanceof PyTimedelta) {
    return datetime.add(sign === 1 ? duration : new PyTimedelta(-duration.microseconds));
  }
  const f = datetime.fields;
  const moved = datetimeOf({ ...f, ...shiftMonths(f, duration, sign) }, datetime.zone);
  return shift(moved, duration.rest, sign);
}

/** datetime + duration; months clamp to the end of the month. */
export function addDuration(datetime: PyDateTime, duration: PyTimedelta | PyDuration): PyDateTime {
  return shift(datetime, duration, 1);
}

export function subtractDuration(datetime: PyDateTime, duration: PyTimedelta | PyDuration): PyDateTime {
  return shift(datetime, duration, -1);
}

/** date ± duration: only the whole days of the timedelta count. */
export function shiftDate(date: PyDate, duration: PyTimedelta | PyDuration, sign: 1 | -1): PyDate {
  if (duration instanceof PyTimedelta) {
    return new PyDate(date.days + sign * duration.days);
  }
  const { year, month, day } = shiftMonths(civilFromDays(date.days), duration, sign);
  return shiftDate(dateOf(year, month, day), duration.rest, sign);
}

export function negateDuration(duration: PyDuration): PyDuration {
  return new PyDuration(
    -duration.years || 0,
    -duration.months || 0,
    new PyTimedelta(-duration.rest.microseconds),
  );
}

export function addDurations(a: PyDuration, b: PyTimedelta | PyDuration, sign: 1 | -1): PyDuration {
  const rest = b instanceof PyDuration ? b.rest : b;
  const factor = BigInt(sign);
  return new PyDuration(
    a.years + (b instanceof PyDuration ? sign * b.years : 0),
    a.months + (b instanceof PyDuration ? sign * b.months : 0),
    new PyTimedelta(a.rest.microseconds + factor * rest.microseconds),
  );
}

export function multiplyDuration(duration: PyDuration, factor: number): PyDuration {
  if (!Number.isInteger(factor)) throw new PyTypeError('a Duration is multiplied by integers only');
  return new PyDuration(
    duration.years * factor,
    duration.months * factor,
    new PyTimedelta(duration.rest.microseconds * BigInt(factor)),
  );
}
