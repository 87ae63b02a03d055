import { floatRepr, numberKey } from './number.ts';
import type { PyType } from './python.ts';

/** The result of a negative number to a fractional power. It can be printed and nothing else. */
export class PyComplex {
  readonly real: number;
  readonly imaginary: number;
  constructor(real: number, imaginary: number) {
    this.real = real;
    this.imaginary = imaginary;
  }
}

export const complexType: PyType<PyComplex> = {
  name: 'complex',
  truth: ({ real, imaginary }) => real !== 0 || imaginary !== 0,
  hash: ({ real, imaginary }) => (imaginary === 0 ? numberKey(real) : `c${real + 0},${imaginary + 0}`),
  equals: (self, other) =>
    other instanceof PyComplex && self.real === other.real && self.imaginary === other.imaginary,
  repr({ real, imaginary }) {
    const part = (value: number) => floatRepr(value).replace(/\.0$/, '');
    const sign = imaginary < 0 || Object.is(imaginary, -0) ? '' : '+';
    return Object.is(real, 0) ? `${part(imaginary)}j` : `(${part(real)}${sign}${part(imaginary)}j)`;
  },
};
