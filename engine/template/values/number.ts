import { PyArithmeticError, PyTypeError, PyValueError } from '../../time/python-error.ts';
import type { Ordering } from './python.ts';

/** A float that looks like an int in JavaScript: 1.0, 1e300; or nan, inf. */
export class PyFloat {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
  valueOf(): number {
    return this.value;
  }
  toJSON(): number {
    return this.value;
  }
}

/** A float result: wrapped only when it would pass for an int. */
export function float(value: number): number | PyFloat {
  return Number.isInteger(value) || !Number.isFinite(value) ? new PyFloat(value) : value;
}

/** An int result: a number while it is exact. */
export function int(value: bigint): number | bigint {
  return value >= -9_007_199_254_740_991n && value <= 9_007_199_254_740_991n ? Number(value) : value;
}

export function isInt(value: unknown): value is number | bigint {
  return typeof value === 'number' ? Number.isInteger(value) : typeof value === 'bigint';
}

export function isFloat(value: unknown): value is number | PyFloat {
  return value instanceof PyFloat || (typeof value === 'number' && !Number.isInteger(value));
}

/** An int, or a bool, which is one. */
export function isWhole(value: unknown): value is number | bigint | boolean {
  return isInt(value) || typeof value === 'boolean';
}

/** A number as Python compares and counts it; JavaScript's undefined for anything else. */
export function numberOf(value: unknown): number | bigint | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value instanceof PyFloat ? value.value : undefined;
}

/** An index or count, by a value whose type is called `typeName` in the TypeError. */
export function indexOf(value: unknown, typeName: () => string): number {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'bigint' && BigInt.asIntN(64, value) !== value)
    throw new PyArithmeticError('Python int too large to convert to C ssize_t', 'OverflowError');
  if (isInt(value)) return Number(value);
  throw new PyTypeError(`'${typeName()}' object cannot be interpreted as an integer`);
}

const orderings: Readonly<Record<Ordering, (sign: number) => boolean>> = {
  '<': (sign) => sign < 0,
  '<=': (sign) => sign <= 0,
  '>': (sign) => sign > 0,
  '>=': (sign) => sign >= 0,
};

/** Is an ordering true of what compares as negative, zero or positive? Nothing is of NaN. */
export function holds(operator: Ordering, sign: number): boolean {
  return orderings[operator](sign);
}

export function compareNumbers(operator: Ordering, a: number | bigint, b: number | bigint): boolean {
  if (Number.isNaN(a) || Number.isNaN(b)) return false;
  return holds(operator, a < b ? -1 : a > b ? 1 : 0);
}

/** How many bits an int has, about. */
export function bitsOf(value: bigint): number {
  return BigInt.asIntN(64, value) === value ? 1 : value.toString(16).length * 4;
}

/** The same text for the same number, whether it is an int or a float. */
export function numberKey(value: number | bigint): string {
  // In hexadecimal, which is written at once; decimal digits of a large number take long.
  const isLarge = typeof value === 'bigint' || (Number.isInteger(value) && !Number.isSafeInteger(value));
  const large = isLarge ? BigInt(value) : 0n;
  if (isLarge && BigInt.asIntN(54, large) !== large) return `n0x${large.toString(16)}`;
  return `n${Number(value) + 0}`;
}

/** Bits of a number with 4301 digits, at least; what has more is not written out to count them. */
const longestPrinted = 14_300;

/** Python refuses to print (and to read) integers beyond 4300 digits. */
export function bigText(value: bigint): string {
  const text = bitsOf(value) > longestPrinted ? undefined : value.toString();
  if (text === undefined || text.length > 4301 || (text.length === 4301 && value > 0n)) {
    throw new PyValueError('Exceeds the limit (4300 digits) for integer string conversion');
  }
  return text;
}

export function integerText(value: number | bigint): string {
  return Number.isSafeInteger(value) ? String(Number(value) + 0) : bigText(BigInt(value));
}

/** repr(float): the shortest digits that read back as the same number, with an exponent below 1e-4 and from 1e16 on. */
export function floatRepr(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (value === Number.POSITIVE_INFINITY) return 'inf';
  if (value === Number.NEGATIVE_INFINITY) return '-inf';
  if (Object.is(value, -0)) return '-0.0';
  const [mantissa = '0', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    const size = String(Math.abs(exponent)).padStart(2, '0');
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${size}`;
  }
  // Between these, JavaScript writes no exponent either.
  return Number.isInteger(value) ? `${BigInt(value)}.0` : String(value);
}
