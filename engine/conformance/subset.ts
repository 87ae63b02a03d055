import { isObject } from '../util/json/json.ts';
import { toJsonText } from '../util/json/to-json-text.ts';
import { isEqual } from '../util/schema/schema-values.ts';

/** Where a value differs from what was expected of it. */
export interface Difference {
  /** Dotted, with indexes of lists: `data.0.id`. */
  readonly path: string;
  readonly expected: unknown;
  /** `undefined` where there is nothing. */
  readonly actual: unknown;
}

/**
 * Where a value lacks something of what is expected. Objects may have more fields; lists are of the same length, item by
 * item; null also expects that a field is not there. With `exact` nothing may be more.
 */
export function* differences(
  expected: unknown,
  actual: unknown,
  { exact = false, path = '' }: { readonly exact?: boolean; readonly path?: string } = {},
): Generator<Difference> {
  const below = (step: string | number) => (path === '' ? String(step) : `${path}.${step}`);
  if (isObject(expected) && isObject(actual)) {
    const names = exact ? new Set([...Object.keys(expected), ...Object.keys(actual)]) : Object.keys(expected);
    for (const name of names) yield* differences(expected[name], actual[name], { exact, path: below(name) });
  } else if (Array.isArray(expected) && Array.isArray(actual)) {
    const length = Math.max(expected.length, actual.length);
    for (let index = 0; index < length; index++)
      yield* differences(expected[index], actual[index], { exact, path: below(index) });
  } else if (!isSame(expected, actual)) yield { path, expected, actual };
}

export function fits(expected: unknown, actual: unknown, exact = false): boolean {
  return differences(expected, actual, { exact }).next().done === true;
}

function isSame(expected: unknown, actual: unknown): boolean {
  if (expected === null && actual === undefined) return true;
  // To the last digit: as numbers, large ones would be the same as their neighbours.
  if (isInteger(expected) && isInteger(actual)) return BigInt(expected) === BigInt(actual);
  return isEqual(expected, actual);
}

function isInteger(value: unknown): value is number | bigint {
  return typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value));
}

/** A value in one line, cut to a width at which two still stand side by side. */
export function shown(value: unknown, width = 60): string {
  if (value === undefined) return 'nothing';
  const text = toJsonText(value);
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
