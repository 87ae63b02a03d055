import * as z from 'zod';
import { pyTruth } from '../../template/python-values.ts';
import { parsePythonFloat } from '../../util/python/python-number.ts';
import type { Evaluate, Template } from '../fields.ts';
import { type Checked, checked, checkedTemplate, type Wanted } from './checked-template.ts';

export interface WholeNumberOptions {
  readonly min?: number;
  /** Take what Python's int() takes: texts with a number, and numbers without their fraction. Default false. */
  readonly truncates?: boolean;
}

/** A whole number, or a template that gives one. */
export function wholeNumber(options: WholeNumberOptions = {}) {
  return numberOr({ read: (value) => readNumber(value, options), expected: expectedOf(options) });
}

/** The same, and undefined where the template gives nothing: null, an empty text, zero. */
export function wholeNumberOrNothing(options: WholeNumberOptions = {}) {
  return numberOr<number | undefined>({
    read: (value) => (pyTruth(value ?? null) ? readNumber(value, options) : { value: undefined }),
    expected: expectedOf(options),
  });
}

/** The same, and undefined where the template finds nothing: null or an empty text. */
export function wholeNumberOrEmpty(options: WholeNumberOptions = {}) {
  return numberOr<number | undefined>({
    read: (value) => (value === null || value === '' ? { value: undefined } : readNumber(value, options)),
    expected: expectedOf(options),
  });
}

function numberOr<T>(wanted: Wanted<T>) {
  return z.union([
    z
      .number()
      .refine((value) => wanted.read(value) !== undefined, { error: `${wanted.expected} is expected` })
      .transform((value): Checked<T> => checked(constant(value), wanted)),
    checkedTemplate(wanted),
  ]);
}

function constant(value: number): Template {
  const evaluate: Evaluate = () => value;
  return Object.assign(() => evaluate, { text: String(value) });
}

function expectedOf({ min }: WholeNumberOptions): string {
  return min === undefined ? 'a whole number' : `a whole number of at least ${min}`;
}

function readNumber(
  value: unknown,
  { min = Number.NEGATIVE_INFINITY, truncates = false }: WholeNumberOptions,
): { readonly value: number } | undefined {
  const number = truncates ? truncated(value) : toNumber(value);
  return Number.isSafeInteger(number) && number >= min ? { value: number } : undefined;
}

/** True and False are numbers in Python. */
function toNumber(value: unknown): number {
  return typeof value === 'number' || typeof value === 'boolean' ? Number(value) : Number.NaN;
}

function truncated(value: unknown): number {
  const number = typeof value === 'string' ? (parsePythonFloat(value) ?? Number.NaN) : toNumber(value);
  return Math.trunc(number);
}
