import { PyTypeError } from '../../time/python-error.ts';
import type { CursorValues } from './cursor-values.ts';

type Count = number | bigint;

/** Cursor values that only ever grow: identifiers, sequence numbers. */
export const countValues: CursorValues<Count, Count> = Object.freeze({
  parse(value: unknown) {
    if (typeof value === 'number' || typeof value === 'bigint') return value;
    throw new PyTypeError(`'${String(value)}' is not a number, so it cannot be a count`);
  },
  format: (value: Count) => value,
  compare: (a: Count, b: Count) => (a < b ? -1 : a > b ? 1 : 0),
  add: (value: Count, gap: Count) => sum(value, gap),
  subtract: (value: Count, gap: Count) => sum(value, -gap),
  next: (value: Count) => sum(value, 1),
  isNothing: (value: Count) => Number(value) === 0,
  rank: (value: unknown) => (typeof value === 'number' && !Number.isNaN(value) ? value : undefined),
  textOrdersLikeValue: false,
  zero: 0,
});

function sum(a: Count, b: Count): Count {
  if (typeof a === 'number' && typeof b === 'number') {
    const result = a + b;
    if (Number.isSafeInteger(result) || !Number.isInteger(result) || !Number.isFinite(result)) return result;
  }
  if (typeof a === 'number' && !Number.isInteger(a)) return a + Number(b);
  if (typeof b === 'number' && !Number.isInteger(b)) return Number(a) + b;
  return BigInt(a) + BigInt(b);
}
