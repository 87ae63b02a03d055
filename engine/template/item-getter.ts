import { parsePythonInteger } from '../util/python/python-number.ts';
import { getItem } from './attributes.ts';
import { pyStr } from './python-text.ts';
import { int, Undefined } from './python-types.ts';

/**
 * Looks up the item or attribute at a path such as `a.b.0`, part by part. `after` is applied to the result; `fallback`
 * replaces undefined parts.
 */
export function itemGetter(
  attribute: unknown,
  after?: (value: unknown) => unknown,
  fallback?: unknown,
): (value: unknown) => unknown {
  const parts =
    attribute === undefined || attribute === null
      ? []
      : typeof attribute === 'number'
        ? [attribute]
        : pyStr(attribute)
            .split('.')
            .map((part) => (/^\d+$/.test(part) ? indexOrText(part) : part));
  return (value) => {
    let current = value;
    for (const part of parts) {
      current = getItem(current, part);
      if (fallback !== undefined && fallback !== null && current instanceof Undefined) current = fallback;
    }
    return after === undefined ? current : after(current);
  };
}

function indexOrText(digits: string): number | bigint | string {
  const index = parsePythonInteger(digits);
  return index === undefined ? digits : int(index);
}
