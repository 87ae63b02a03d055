import * as z from 'zod';
import { pyStr } from '../../template/python-values.ts';
import { parsePythonFloat } from '../../util/python/python-number.ts';
import type { Evaluate, Template } from '../fields.ts';
import { type Checked, checked, checkedTemplate, type Wanted } from './checked-template.ts';

const expected = 'a number of seconds';

/** A number of seconds, at least `min`, or a template that gives one as Python's float() reads it. */
export function seconds({ min }: { readonly min?: number } = {}) {
  const number = min === undefined ? z.number() : z.number().min(min);
  return secondsOr(number, { read: readSeconds, expected });
}

/** The same, and 0 where the template finds nothing: null or an empty text. */
export function secondsOrEmpty() {
  return secondsOr(z.number(), {
    read: (value) => (value === null || value === '' ? { value: 0 } : readSeconds(value)),
    expected,
  });
}

function secondsOr(number: z.ZodNumber, wanted: Wanted<number>) {
  return z.union([
    number.transform((value): Checked<number> => checked(constant(value), wanted)),
    checkedTemplate(wanted),
  ]);
}

function constant(value: number): Template {
  const evaluate: Evaluate = () => value;
  return Object.assign(() => evaluate, { text: String(value) });
}

/** True and False are numbers in Python. */
function readSeconds(value: unknown): { readonly value: number } | undefined {
  const number = typeof value === 'boolean' ? Number(value) : parsePythonFloat(pyStr(value ?? null));
  return number !== undefined && Number.isFinite(number) ? { value: number } : undefined;
}
