import { PyArithmeticError, PyValueError } from '../../time/python-error.ts';

/** A float as an exact fraction; throws for what is no number. */
export function exactRatio(value: number): readonly [numerator: bigint, denominator: bigint] {
  if (Number.isNaN(value)) throw new PyValueError('cannot convert NaN to integer ratio');
  if (!Number.isFinite(value))
    throw new PyArithmeticError('cannot convert Infinity to integer ratio', 'OverflowError');
  let [numerator, denominator] = [value, 1n];
  while (!Number.isInteger(numerator)) {
    numerator *= 2;
    denominator *= 2n;
  }
  return [BigInt(numerator), denominator];
}
