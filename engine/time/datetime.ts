import { civilFromDays, daysFromCivil, daysInMonth, maxYear, minYear, pad } from './calendar.ts';
import { PyArithmeticError, PyTypeError, PyValueError } from './python-error.ts';
import { floorDivide, floorModulo, microsecondsToSeconds, PyTimedelta } from './timedelta.ts';

/** A fixed offset from UTC. Zones of places are resolved to one before they get here. */
export class PyTimezone {
  readonly offsetSeconds: number;
  readonly label: string;
  readonly repr: string;
  constructor(offsetSeconds: number, label?: string, repr?: string) {
    this.offsetSeconds = offsetSeconds;
    this.label = label ?? (offsetSeconds === 0 ? 'UTC' : `UTC${isoOffset(offsetSeconds)}`);
    this.repr =
      repr ??
      (offsetSeconds === 0 ? 'datetime.timezone.utc' : `datetime.timezone(${timedeltaRepr(offsetSeconds)})`);
  }
}

function timedeltaRepr(seconds: number): string {
  return new PyTimedelta(BigInt(seconds) * 1_000_000n).repr();
}

export const utc = new PyTimezone(0);
/** pytz's UTC prints differently in lists. */
export const pytzUtc = new PyTimezone(0, 'UTC', '<UTC>');

/** "+05:30", with seconds only where there are some. */
export function isoOffset(offsetSeconds: number, separator = ':'): string {
  const size = Math.abs(offsetSeconds);
  const seconds = size % 60;
  const tail = seconds === 0 ? '' : separator + pad(seconds, 2);
  const minutes = pad(Math.floor(size / 60) % 60, 2);
  return `${offsetSeconds < 0 ? '-' : '+'}${pad(Math.floor(size / 3600), 2)}${separator}${minutes}${tail}`;
}

export interface DateTimeFields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
}

const dayMs = 86_400_000;
const firstMs = daysFromCivil(minYear, 1, 1) * dayMs;
const lastMs = (daysFromCivil(maxYear, 12, 31) + 1) * dayMs - 1;

/** Python's datetime.datetime: wall time to the microsecond, and an offset (null: naive). */
export class PyDateTime {
  /** The wall time as if it were UTC, in milliseconds since the epoch. */
  readonly wallMs: number;
  /** Microseconds within the millisecond, 0 to 999. */
  readonly micro: number;
  readonly zone: PyTimezone | null;
  #fields: DateTimeFields | undefined;
  constructor(wallMs: number, micro: number, zone: PyTimezone | null) {
    if (wallMs < firstMs || wallMs > lastMs) {
      throw new PyArithmeticError('date value out of range', 'OverflowError');
    }
    this.wallMs = wallMs;
    this.micro = micro;
    this.zone = zone;
  }

  get days(): number {
    return Math.floor(this.wallMs / dayMs);
  }

  /** Each directive of a format asks for one of them. */
  get fields(): DateTimeFields {
    this.#fields ??= this.#split();
    return this.#fields;
  }

  #split(): DateTimeFields {
    const days = this.days;
    const rest = this.wallMs - days * dayMs;
    return {
      ...civilFromDays(days),
      hour: Math.floor(rest / 3_600_000),
      minute: Math.floor(rest / 60_000) % 60,
      second: Math.floor(rest / 1000) % 60,
      microsecond: (rest % 1000) * 1000 + this.micro,
    };
  }

  /** Milliseconds since the epoch; naive times count as UTC. */
  get epochMs(): number {
    return this.wallMs - (this.zone?.offsetSeconds ?? 0) * 1000;
  }

  get epochMicroseconds(): bigint {
    return BigInt(this.epochMs) * 1000n + BigInt(this.micro);
  }

  /** Seconds since the epoch as Python's float. */
  timestamp(): number {
    const microseconds = this.epochMs * 1000 + this.micro;
    // Big integers only where a double is not exact.
    return Number.isSafeInteger(microseconds)
      ? microseconds / 1e6
      : microsecondsToSeconds(this.epochMicroseconds);
  }

  inZone(zone: PyTimezone): PyDateTime {
    return new PyDateTime(this.epochMs + zone.offsetSeconds * 1000, this.micro, zone);
  }

  withZone(zone: PyTimezone | null): PyDateTime {
    return new PyDateTime(this.wallMs, this.micro, zone);
  }

  add(delta: PyTimedelta): PyDateTime {
    const micro = BigInt(this.micro) + delta.microseconds;
    const ms = this.wallMs + Number(floorDivide(micro, 1000n));
    return new PyDateTime(ms, Number(floorModulo(micro, 1000n)), this.zone);
  }

  isoformat(separator = 'T', timespec = 'auto'): string {
    const f = this.fields;
    const date = `${pad(f.year, 4)}-${pad(f.month, 2)}-${pad(f.day, 2)}`;
    return `${date}${separator}${isoTime(f, timespec)}${this.zone === null ? '' : isoOffset(this.zone.offsetSeconds)}`;
  }

  /** str(): isoformat with a space, microseconds omitted when 0. */
  toString(): string {
    return this.isoformat(' ');
  }

  repr(): string {
    const f = this.fields;
    const parts: (number | string)[] = [f.year, f.month, f.day, f.hour, f.minute];
    if (f.second !== 0 || f.microsecond !== 0) parts.push(f.second);
    if (f.microsecond !== 0) parts.push(f.microsecond);
    if (this.zone !== null) parts.push(`tzinfo=${this.zone.repr}`);
    return `datetime.datetime(${parts.join(', ')})`;
  }
}

function isoTime(f: DateTimeFields, timespec: string): string {
  const hour = pad(f.hour, 2);
  const minutes = `${hour}:${pad(f.minute, 2)}`;
  const seconds = `${minutes}:${pad(f.second, 2)}`;
  switch (timespec) {
    case 'auto':
      return f.microsecond === 0 ? seconds : `${seconds}.${pad(f.microsecond, 6)}`;
    case 'hours':
      return hour;
    case 'minutes':
      return minutes;
    case 'seconds':
      return seconds;
    case 'milliseconds':
      return `${seconds}.${pad(Math.floor(f.microsecond / 1000), 3)}`;
    case 'microseconds':
      return `${seconds}.${pad(f.microsecond, 6)}`;
    default:
      throw new PyValueError('Unknown timespec value');
  }
}

/** Python's datetime.date. */
export class PyDate {
  /** Days since 1970-01-01. */
  readonly days: number;
  constructor(days: number) {
    if (days * dayMs < firstMs || days * dayMs > lastMs) {
      throw new PyArithmeticError('date value out of range', 'OverflowError');
    }
    this.days = days;
  }

  get fields(): DateTimeFields {
    return { ...civilFromDays(this.days), hour: 0, minute: 0, second: 0, microsecond: 0 };
  }

  isoformat(): string {
    const { year, month, day } = civilFromDays(this.days);
    return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
  }

  toString(): string {
    return this.isoformat();
  }

  repr(): string {
    const { year, month, day } = civilFromDays(this.days);
    return `datetime.date(${year}, ${month}, ${day})`;
  }
}

/** Builds a date; throws ValueError with Python's words when a field is out of range. */
export function dateOf(year: number, month: number, day: number): PyDate {
  if (year < minYear || year > maxYear) throw new PyValueError(`year ${year} is out of range`);
  if (month < 1 || month > 12) throw new PyValueError('month must be in 1..12');
  if (day < 1 || day > daysInMonth(year, month)) throw new PyValueError('day is out of range for month');
  return new PyDate(daysFromCivil(year, month, day));
}

/** Builds a datetime from its fields; throws ValueError with Python's words when one is out of range. */
export function datetimeOf(f: DateTimeFields, zone: PyTimezone | null): PyDateTime {
  const { days } = dateOf(f.year, f.month, f.day);
  if (f.hour < 0 || f.hour > 23) throw new PyValueError('hour must be in 0..23');
  if (f.minute < 0 || f.minute > 59) throw new PyValueError('minute must be in 0..59');
  if (f.second < 0 || f.second > 59) throw new PyValueError('second must be in 0..59');
  if (f.microsecond < 0 || f.microsecond > 999_999)
    throw new PyValueError('microsecond must be in 0..999999');
  const ms =
    days * dayMs +
    f.hour * 3_600_000 +
    f.minute * 60_000 +
    f.second * 1000 +
    Math.floor(f.microsecond / 1000);
  return new PyDateTime(ms, f.microsecond % 1000, zone);
}

export function datetimeFromMs(ms: number, zone: PyTimezone = utc): PyDateTime {
  return new PyDateTime(Math.floor(ms) + zone.offsetSeconds * 1000, 0, zone);
}

export function datetimeFromMicroseconds(microseconds: bigint, zone: PyTimezone = utc): PyDateTime {
  const ms = Number(floorDivide(microseconds, 1000n));
  return new PyDateTime(ms + zone.offsetSeconds * 1000, Number(floorModulo(microseconds, 1000n)), zone);
}

/** Negative, 0 or positive; throws TypeError when only one of them has an offset. */
export function compareDatetimes(a: PyDateTime, b: PyDateTime): number {
  if ((a.zone === null) !== (b.zone === null)) {
    throw new PyTypeError("can't compare offset-naive and offset-aware datetimes");
  }
  return a.epochMs - b.epochMs || a.micro - b.micro;
}

export function subtractDatetimes(a: PyDateTime, b: PyDateTime): PyTimedelta {
  if ((a.zone === null) !== (b.zone === null)) {
    throw new PyTypeError("can't subtract offset-naive and offset-aware datetimes");
  }
  return new PyTimedelta(a.epochMicroseconds - b.epochMicroseconds);
}
