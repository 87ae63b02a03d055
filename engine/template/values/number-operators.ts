import { PyArithmeticError } from '../../time/python-error.ts';
import { floorDivide, floorModulo } from '../../time/timedelta.ts';
import { PyComplex } from './complex.ts';
import { exactRatio } from './exact-ratio.ts';
import { bitsOf, float, int } from './number.ts';
import type { BinaryOperator } from './python.ts';

export function toFloat(value: number | bigint): number {
  const number = Number(value);
  if (typeof value === 'bigint' && !Number.isFinite(number)) {
    throw new PyArithmeticError('int too large to convert to float', 'OverflowError');
  }
  return number;
}

export function integers(operator: BinaryOperator, a: bigint, b: bigint): unknown {
  switch (operator) {
    case '+':
      return int(a + b);
    case '-':
      return int(a - b);
    case '*':
      if (bitsOf(a) + bitsOf(b) > mostBits) tooLarge();
      return int(a * b);
    case '/':
      return float(trueDivision(a, b));
    case '//':
      if (b === 0n) throw new PyArithmeticError('integer division or modulo by zero', 'ZeroDivisionError');
      return int(floorDivide(a, b));
    case '%':
      if (b === 0n) throw new PyArithmeticError('integer modulo by zero', 'ZeroDivisionError');
      return int(floorModulo(a, b));
    case '**':
      return integerPower(a, b);
  }
}

/** Decimal digits that a bit stands for. */
const digitsOfBit = Math.log10(2);

export function trueDivision(a: bigint, b: bigint): number {
  if (b === 0n) throw new PyArithmeticError('division by zero', 'ZeroDivisionError');
  const [x, y] = [Number(a), Number(b)];
  if (Number.isSafeInteger(x) && Number.isSafeInteger(y)) return x / y;
  // Wide enough that the quotient rounds once.
  const places = Math.max(Math.ceil((bitsOf(b) - bitsOf(a)) * digitsOfBit) + 41, 0);
  const result = Number(`${(a * 10n ** BigInt(places)) / b}e-${places}`);
  if (!Number.isFinite(result)) {
    throw new PyArithmeticError('integer division result too large for a float', 'OverflowError');
  }
  return result;
}

/** Numbers of cryptography have some thousands. */
const mostBits = 1_000_000;

function tooLarge(): never {
  throw new PyArithmeticError('the number would grow too large', 'OverflowError');
}

function integerPower(a: bigint, b: bigint): unknown {
  if (b < 0n) {
    if (a === 0n)
      throw new PyArithmeticError('0.0 cannot be raised to a negative power', 'ZeroDivisionError');
    return float(wholePower(toFloat(a), Number(b)) ?? toFloat(a) ** Number(b));
  }
  if ((a > 1n || a < -1n) && BigInt(a.toString(2).length) * b > mostBits) tooLarge();
  return int(a ** b);
}

export function floats(operator: BinaryOperator, a: number, b: number): unknown {
  switch (operator) {
    case '+':
      return float(a + b);
    case '-':
      return float(a - b);
    case '*':
      return float(a * b);
    case '/':
      if (b === 0) throw new PyArithmeticError('float division by zero', 'ZeroDivisionError');
      return float(a / b);
    case '//':
      if (b === 0) throw new PyArithmeticError('float floor division by zero', 'ZeroDivisionError');
      return float(floatQuotient(a, b));
    case '%':
      if (b === 0) throw new PyArithmeticError('float modulo', 'ZeroDivisionError');
      return float(floatModulo(a, b));
    case '**':
      return floatPower(a, b);
  }
}

/** `a // b` */
function floatQuotient(a: number, b: number): number {
  const exact = (a - floatModulo(a, b)) / b;
  return Math.floor(exact + 0.5) === 0 ? Math.floor(a / b) : Math.round(exact);
}

function floatModulo(a: number, b: number): number {
  const rest = a % b;
  if (rest === 0) return b < 0 ? -0 : 0;
  return rest < 0 !== b < 0 ? rest + b : rest;
}

/**
 * Powers by small whole numbers, computed exactly and rounded once, as C libraries do nearly always. JavaScript's own
 * are off in the last digit more often.
 */
function wholePower(a: number, b: number): number | undefined {
  if (!Number.isInteger(b) || Math.abs(b) > 32 || !Number.isFinite(a) || a === 0) return undefined;
  const estimate = Math.abs(a ** b);
  if (estimate < 1e-280 || estimate > 1e280 || Math.abs(a) > 1e100 || Math.abs(a) < 1e-100) return undefined;
  const [numerator, denominator] = exactRatio(a).map((part) => part ** BigInt(Math.abs(b))) as [
    bigint,
    bigint,
  ];
  return b < 0 ? trueDivision(denominator, numerator) : trueDivision(numerator, denominator);
}

function floatPower(a: number, b: number): unknown {
  if (a === 0 && b < 0)
    throw new PyArithmeticError('0.0 cannot be raised to a negative power', 'ZeroDivisionError');
  if (a === 1 || b === 0) return float(1);
  if (a < 0 && Number.isFinite(b) && !Number.isInteger(b)) {
    const size = (-a) ** b;
    return new PyComplex(size * Math.cos(Math.PI * b), size * Math.sin(Math.PI * b));
  }
  const result = wholePower(a, b) ?? a ** b;
  if (!Number.isFinite(result) && Number.isFinite(a) && Number.isFinite(b)) {
    throw new PyArithmeticError("(34, 'Numerical result out of range')", 'OverflowError');
  }
  return float(result);
}
