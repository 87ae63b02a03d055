import { parsePythonInteger } from '../../util/python/python-number.ts';
import { int } from '../values/number.ts';
import type { Python } from '../values/python.ts';
import { Undefined } from '../values/undefined.ts';

interface Options {
  /** Applied to the result. */
  readonly after?: ((value: unknown) => unknown) | undefined;
  /** Replaces undefined parts; None and JavaScript's undefined replace nothing. */
  readonly fallback?: unknown;
}

/** Looks up the item or attribute at a path such as `a.b.0`, part by part. */
export function itemGetter(
  attribute: unknown,
  py: Python,
  { after, fallback }: Options = {},
): (value: unknown) => unknown {
  const parts = partsOf(attribute, py);
  return (value) => {
    let current = value;
    for (const part of parts) {
      current = py.getItem(current, part);
      if (fallback !== undefined && fallback !== null && current instanceof Undefined) current = fallback;
    }
    return after === undefined ? current : after(current);
  };
}

function partsOf(attribute: unknown, py: Python): readonly unknown[] {
  if (attribute === undefined || attribute === null) return [];
  if (typeof attribute === 'number') return [attribute];
  return py
    .str(attribute)
    .split('.')
    .map((part) => (/^\d+$/.test(part) ? indexOrText(part) : part));
}

function indexOrText(digits: string): number | bigint | string {
  const index = parsePythonInteger(digits);
  return index === undefined ? digits : int(index);
}
