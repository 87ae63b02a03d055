import { limits } from '../values/budget.ts';
import type { Environment, Python } from '../values/python.ts';
import { createPython } from './python.ts';

function unavailable(): never {
  throw new Error('outside of templates there is no clock, no chance, no filter and no test');
}

const nothing: Environment = Object.freeze({
  now: unavailable,
  random: unavailable,
  filter: unavailable,
  test: unavailable,
  work: limits.work,
});

/** For values that are looked at outside of any template. */
export function outside(): Python {
  return createPython(nothing);
}

/** str(value) */
export function pyStr(value: unknown): string {
  return typeof value === 'string' ? value : outside().str(value);
}

/** repr(value) */
export function pyRepr(value: unknown): string {
  return outside().repr(value);
}

/** bool(value) */
export function pyTruth(value: unknown): boolean {
  return typeof value === 'boolean' ? value : outside().truth(value);
}

/** a == b; never throws. */
export function pyEquals(a: unknown, b: unknown): boolean {
  return a === b || outside().equals(a, b);
}

/** iter(value); throws TypeError. */
export function iterate(value: unknown): Iterable<unknown> {
  return outside().iterate(value);
}

/**
 * A value as it is kept in a record: tuples and sets become arrays, floats numbers, times ISO text. Plain values stay
 * themselves.
 */
export function toJson(value: unknown): unknown {
  return typeof value !== 'object' || value === null ? value : outside().json(value);
}
