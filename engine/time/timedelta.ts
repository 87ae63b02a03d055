import { pad } from './calendar.ts';
import { PyArithmeticError, PyValueError } from './python-error.ts';

const microsecondsPerDay = 86_400_000_000n;
const largest = 999_999_999n * microsecondsPerDay + microsecondsPerDay - 1n;

/** Python's datetime.timedelta: an exact number of microseconds. */
export class PyTimedelta {
  readonly microseconds: bigint;
  constructor(microseconds: bigint) {
    if (microseconds > largest || microseconds < -999_999_999n * microsecondsPerDay) {
      throw new PyArithmeticError('days out of range; must have magnitude <= 999999999', 'OverflowError');
    }
    this.microseconds = microseconds;
  }

  /** Whole days, rounded down; the rest is positive, as in Python. */
  get days(): number {
    return Number(floorDivide(this.microseconds, microsecondsPerDay));
  }

  /** Seconds of the day, 0 to 86399. */
  get secondsOfDay(): number {
    return Number(floorModulo(this.microseconds, microsecondsPerDay) / 1_000_000n);
  }

  get microsecondsOfSecond(): number {
    return Number(floorModulo(this.microseconds, 1_000_000n));
  }

  totalSeconds(): number {
    return microsecondsToSeconds(this.microseconds);
  }

  toString(): string {
    const { days, secondsOfDay: seconds, microsecondsOfSecond: micro } = this;
    const time = `${Math.floor(seconds / 3600)}:${pad(Math.floor(seconds / 60) % 60, 2)}:${pad(seconds % 60, 2)}`;
    const prefix = days === 0 ? '' : `${days} day${Math.abs(days) === 1 ? '' : 's'}, `;
    return prefix + time + (micro === 0 ? '' : `.${pad(micro, 6)}`);
  }

  repr(): string {
    const parts = [
      ...(this.days === 0 ? [] : [`days=${this.days}`]),
      ...(this.secondsOfDay === 0 ? [] : [`seconds=${this.secondsOfDay}`]),
      ...(this.microsecondsOfSecond === 0 ? [] : [`microseconds=${this.microsecondsOfSecond}`]),
    ];
    return `datetime.timedelta(${parts.join(', ') || '0'})`;
  }
}

/** Python's own precision: an exact fraction, rounded once. */
export function microsecondsToSeconds(microseconds: bigint): number {
  const size = microseconds < 0n ? -microseconds : microseconds;
  if (size < 9_007_199_254_740_992n) return Number(microseconds) / 1e6;
  const text = `${size / 1_000_000n}.${String(size % 1_000_000n).padStart(6, '0')}`;
  return microseconds < 0n ? -Number(text) : Number(text);
}

export function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

export function floorModulo(a: bigint, b: bigint): bigint {
  const rest = a % b;
  return rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest;
}

/** a / b to the nearest integer, halves to the even one. */
export function divideHalfEven(a: bigint, b: bigint): bigint {
  const quotient = floorDivide(a, b);
  const twice = 2n * (a - quotient * b);
  const [rest, whole] = b < 0n ? [-twice, -b] : [twice, b];
  return rest > whole || (rest === whole && quotient % 2n !== 0n) ? quotient + 1n : quotient;
}

/** Sums parts that may be fractional the way timedelta's constructor does: half-even to the microsecond. */
export function timedeltaOf(parts: {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly weeks?: number;
  readonly milliseconds?: number;
  readonly microseconds?: number;
}): PyTimedelta {
  const units: readonly (readonly [number, bigint])[] = [
    [parts.days ?? 0, microsecondsPerDay],
    [parts.hours ?? 0, 3_600_000_000n],
    [parts.minutes ?? 0, 60_000_000n],
    [parts.seconds ?? 0, 1_000_000n],
    [parts.weeks ?? 0, 7n * microsecondsPerDay],
    [parts.milliseconds ?? 0, 1000n],
    [parts.microseconds ?? 0, 1n],
  ];
  let whole = 0n;
  let fraction = 0;
  for (const [count, unit] of units) {
    if (count === 0) continue;
    if (Number.isNaN(count)) throw new PyValueError('cannot convert float NaN to integer');
    if (!Number.isFinite(count)) {
      throw new PyArithmeticError('cannot convert float infinity to integer', 'OverflowError');
    }
    const integer = Math.trunc(count);
    whole += BigInt(integer) * unit;
    fraction += (count - integer) * Number(unit);
  }
  // Half a microsecond goes to the even one of the whole sum, not of the fraction alone.
  const odd = Math.abs(fraction % 1) === 0.5 && whole % 2n !== 0n ? 1 : 0;
  return new PyTimedelta(whole + BigInt(roundHalfEven(fraction + odd) - odd));
}

export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
