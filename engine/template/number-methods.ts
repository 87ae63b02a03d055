import { PyArithmeticError } from '../time/python-error.ts';
import { exactRatio } from './exact-ratio.ts';
import { bind } from './python-call.ts';
import { floatRepr } from './python-text.ts';
import { float, int, isInt, PyBytes, type PyFloat, PyFunction, PyTuple } from './python-types.ts';

function method(
  name: string,
  body: (...args: unknown[]) => unknown,
  parameters: readonly string[] = [],
): PyFunction {
  return new PyFunction(name, (args, keywords) => body(...bind(name, parameters, args, keywords)));
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
        return method(name, (length, order) => bytesOf(whole, length, order), [
          'length?',
          'byteorder?',
          '*',
          'signed?',
        ]);
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
      return method(name, () => new PyTuple(exactRatio(number).map(int)));
    case 'hex':
      return method(name, () => hexadecimal(number));
    default:
      return undefined;
  }
}

/** float.hex(): the bits of the fraction, and a power of two. */
function hexadecimal(value: number): string {
  if (!Number.isFinite(value)) return floatRepr(value);
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  const whole = bits.getBigUint64(0);
  const sign = whole >> 63n === 0n ? '' : '-';
  const exponent = Number((whole >> 52n) & 0x7ffn);
  const fraction = (whole & 0xfffffffffffffn).toString(16).padStart(13, '0');
  if (value === 0) return `${sign}0x0.0p+0`;
  const power = Math.max(exponent, 1) - 1023;
  return `${sign}0x${exponent === 0 ? 0 : 1}.${fraction}p${power < 0 ? '' : '+'}${power}`;
}

function bytesOf(size: bigint, length: unknown, order: unknown): PyBytes {
  if (size < 0n) throw new PyArithmeticError("can't convert negative int to unsigned", 'OverflowError');
  const count = typeof length === 'number' ? length : 1;
  const hex = size.toString(16).padStart(count * 2, '0');
  if (hex.length > count * 2) throw new PyArithmeticError('int too big to convert', 'OverflowError');
  const bytes = Buffer.from(hex, 'hex');
  return new PyBytes(order === 'little' ? bytes.reverse() : bytes);
}
