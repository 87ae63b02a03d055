import { PyArithmeticError, PyValueError } from '../time/python-error.ts';
import { bind } from './python-call.ts';
import { float, int, isInt, PyBytes, type PyFloat, PyFunction, PyTuple } from './python-types.ts';

function method(
  name: string,
  body: (...args: unknown[]) => unknown,
  parameters: readonly string[] = [],
): PyFunction {
  return new PyFunction(name, (args, keywords) => body(...bind(name, parameters, args, keywords)));
}

function ratio(value: number): PyTuple {
  if (Number.isNaN(value)) throw new PyValueError('cannot convert NaN to integer ratio');
  if (!Number.isFinite(value))
    throw new PyArithmeticError('cannot convert Infinity to integer ratio', 'OverflowError');
  let [numerator, denominator] = [value, 1n];
  while (!Number.isInteger(numerator)) {
    numerator *= 2;
    denominator *= 2n;
  }
  return new PyTuple([int(BigInt(numerator)), int(denominator)]);
}

/** Attributes of int, bool and float; JavaScript's undefined where there is none. */
export function numberMethod(value: number | bigint | boolean | PyFloat, name: string): unknown {
  if (typeof value === 'boolean' || isInt(value)) {
    const whole = BigInt(value);
    const size = whole < 0n ? -whole : whole;
    switch (name) {
      case 'real':
      case 'numerator':
        return int(whole);
      case 'imag':
        return 0;
      case 'denominator':
        return 1;
      case 'conjugate':
        return method(name, () => int(whole));
      case 'bit_length':
        return method(name, () => (size === 0n ? 0 : size.toString(2).length));
      case 'bit_count':
        return method(name, () => size.toString(2).replaceAll('0', '').length);
      case 'as_integer_ratio':
        return method(name, () => new PyTuple([int(whole), 1]));
      case 'to_bytes':
        return method(name, (length, order) => bytesOf(size, length, order), ['length?', 'byteorder?']);
      default:
        return undefined;
    }
  }
  const number = Number(value);
  switch (name) {
    case 'real':
      return value;
    case 'imag':
      return float(0);
    case 'conjugate':
      return method(name, () => value);
    case 'is_integer':
      return method(name, () => Number.isInteger(number));
    case 'as_integer_ratio':
      return method(name, () => ratio(number));
    default:
      return undefined;
  }
}

function bytesOf(size: bigint, length: unknown, order: unknown): PyBytes {
  const count = typeof length === 'number' ? length : 1;
  const hex = size.toString(16).padStart(count * 2, '0');
  if (hex.length > count * 2) throw new PyArithmeticError('int too big to convert', 'OverflowError');
  const bytes = Buffer.from(hex, 'hex');
  return new PyBytes(order === 'little' ? bytes.reverse() : bytes);
}
