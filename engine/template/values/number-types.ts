import { formatFloat, formatInteger, parseSpec } from './format-spec.ts';
import {
  compareNumbers,
  float,
  floatRepr,
  int,
  integerText,
  isWhole,
  numberKey,
  numberOf,
  PyFloat,
} from './number.ts';
import { floats, integers, toFloat } from './number-operators.ts';
import type { BinaryOperator, Ordering, PyType } from './python.ts';

function compare(operator: Ordering, self: unknown, other: unknown): boolean | undefined {
  const [a, b] = [numberOf(self), numberOf(other)];
  return a === undefined || b === undefined ? undefined : compareNumbers(operator, a, b);
}

function equals(self: unknown, other: unknown): boolean {
  const [a, b] = [numberOf(self), numberOf(other)];
  // biome-ignore lint/suspicious/noDoubleEquals: an int and a bigint of the same value are equal
  return a !== undefined && b !== undefined && a == b;
}

/** Ints stay exact; whatever meets a float becomes one. */
function binary(operator: BinaryOperator, self: unknown, other: unknown): unknown {
  const [a, b] = [numberOf(self), numberOf(other)];
  if (a === undefined || b === undefined) return undefined;
  return isWhole(self) && isWhole(other)
    ? integers(operator, BigInt(a), BigInt(b))
    : floats(operator, toFloat(a), toFloat(b));
}

export const intType: PyType<number | bigint> = {
  name: 'int',
  truth: (self) => self !== 0 && self !== 0n,
  hash: numberKey,
  equals,
  compare,
  repr: integerText,
  format: (self, spec) => formatInteger(self, parseSpec(spec, 'int')),
  attribute: wholeAttribute,
  binary,
  signed: (sign, self) => int(sign === '-' ? -BigInt(self) : BigInt(self)),
  json: (self) => self,
};

export const boolType: PyType<boolean> = {
  name: 'bool',
  truth: (self) => self,
  hash: (self) => numberKey(self ? 1 : 0),
  equals,
  compare,
  repr: (self) => (self ? 'True' : 'False'),
  format: (self, spec) => formatInteger(self ? 1 : 0, parseSpec(spec, 'bool')),
  attribute: wholeAttribute,
  binary,
  signed: (sign, self) => (self ? (sign === '-' ? -1 : 1) : 0),
  json: (self) => self,
};

export const floatType: PyType<number | PyFloat> = {
  name: 'float',
  truth: (self) => Number(self) !== 0,
  hash: (self) => numberKey(Number(self)),
  equals,
  compare,
  repr: (self) => floatRepr(Number(self)),
  format: (self, spec) => formatFloat(Number(self), parseSpec(spec, 'float')),
  attribute(self, name) {
    if (name === 'real') return self;
    return name === 'imag' ? float(0) : undefined;
  },
  binary,
  signed: (sign, self) => float(sign === '-' ? -Number(self) : Number(self)),
  json: (self) => (self instanceof PyFloat ? (Number.isFinite(self.value) ? self.value : null) : self),
};

function wholeAttribute(self: number | bigint | boolean, name: string): unknown {
  switch (name) {
    case 'real':
    case 'numerator':
      return int(BigInt(self));
    case 'imag':
      return 0;
    case 'denominator':
      return 1;
    default:
      return undefined;
  }
}
