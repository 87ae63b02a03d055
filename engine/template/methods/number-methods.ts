import { PyArithmeticError, PyValueError } from '../../time/python-error.ts';
import { PyBytes } from '../values/bytes.ts';
import { exactRatio } from '../values/exact-ratio.ts';
import { floatRepr, int, type PyFloat } from '../values/number.ts';
import type { Methods, Python } from '../values/python.ts';
import { PyTuple } from '../values/tuple.ts';

type Whole = number | bigint | boolean;

const sizeOf = (self: Whole) => (BigInt(self) < 0n ? -BigInt(self) : BigInt(self));

/** Methods of int and bool. */
export const intMethods: Methods<Whole> = {
  conjugate: [[], (self) => int(BigInt(self))],
  bit_length: [[], (self) => (sizeOf(self) === 0n ? 0 : sizeOf(self).toString(2).length)],
  bit_count: [[], (self) => sizeOf(self).toString(2).replaceAll('0', '').length],
  as_integer_ratio: [[], (self) => new PyTuple([int(BigInt(self)), 1])],
  to_bytes: [
    ['length?', 'byteorder?', '*', 'signed?'],
    (self, [length, order], py) => bytesOf(BigInt(self), length, order, py),
  ],
};

export const floatMethods: Methods<number | PyFloat> = {
  conjugate: [[], (self) => self],
  is_integer: [[], (self) => Number.isInteger(Number(self))],
  as_integer_ratio: [[], (self) => new PyTuple(exactRatio(Number(self)).map(int))],
  hex: [[], (self) => hexadecimal(Number(self))],
};

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

function bytesOf(size: bigint, length: unknown, order: unknown, py: Python): PyBytes {
  if (size < 0n) throw new PyArithmeticError("can't convert negative int to unsigned", 'OverflowError');
  const count = length === undefined ? 1 : py.index(length);
  if (count < 0) throw new PyValueError('length argument must be non-negative');
  if (order !== undefined && order !== 'little' && order !== 'big')
    throw new PyValueError("byteorder must be either 'little' or 'big'");
  const hex = (size === 0n ? '' : size.toString(16)).padStart(count * 2, '0');
  if (hex.length > count * 2) throw new PyArithmeticError('int too big to convert', 'OverflowError');
  const bytes = Buffer.from(hex, 'hex');
  return new PyBytes(order === 'little' ? bytes.reverse() : bytes);
}
