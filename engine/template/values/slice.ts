import { PyTypeError, PyValueError } from '../../time/python-error.ts';
import { isInt } from './number.ts';
import type { PyType } from './python.ts';
import { unhashable } from './unhashable.ts';

/** A slice object, `[from:to:step]`, with None for what is left out. */
export class PySlice {
  readonly from: unknown;
  readonly to: unknown;
  readonly step: unknown;
  constructor(from: unknown, to: unknown, step: unknown) {
    this.from = from;
    this.to = to;
    this.step = step;
  }
}

export const sliceType: PyType<PySlice> = {
  name: 'slice',
  hash: unhashable('slice'),
  repr: () => 'slice',
};

function bound(value: unknown): number | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (isInt(value)) return Number(value);
  throw new PyTypeError('slice indices must be integers or None or have an __index__ method');
}

/** The items a slice picks, by Python's rules for negative, missing and too large bounds. */
export function sliceItems<T>(items: readonly T[], slice: PySlice): T[] {
  const step = bound(slice.step) ?? 1;
  if (step === 0) throw new PyValueError('slice step cannot be zero');
  const { length } = items;
  const clamp = (value: number | undefined, fallback: number): number => {
    if (value === undefined) return fallback;
    const at = value < 0 ? value + length : value;
    return step > 0 ? Math.min(Math.max(at, 0), length) : Math.min(Math.max(at, -1), length - 1);
  };
  const from = clamp(bound(slice.from), step > 0 ? 0 : length - 1);
  const to = clamp(bound(slice.to), step > 0 ? length : -1);
  if (step === 1) return items.slice(from, Math.max(from, to));
  const out: T[] = [];
  for (let at = from; step > 0 ? at < to : at > to; at += step) {
    const item = items[at];
    if (at in items) out.push(item as T);
  }
  return out;
}
