import { int, PyFloat, pyStr, pyTruth } from '../../template/python-values.ts';
import { isPlainObject, type JsonSchema } from '../../util/json/json.ts';
import { parsePythonFloat, parsePythonInteger } from '../../util/python/python-number.ts';

export type ScalarType = 'string' | 'number' | 'integer' | 'boolean';

/** A value as Python's str, float, int or bool would make it, or undefined when they cannot. */
export function cast(value: unknown, type: ScalarType): unknown {
  switch (type) {
    case 'string':
      return typeof value === 'string' ? value : pyStr(value);
    case 'number':
      return toNumber(value);
    case 'integer':
      return toInteger(value);
    case 'boolean':
      return typeof value === 'string' ? booleans.get(value.trim().toLowerCase()) : pyTruth(value);
  }
}

const booleans: ReadonlyMap<string, boolean> = new Map([
  ...['y', 'yes', 't', 'true', 'on', '1'].map((text) => [text, true] as const),
  ...['n', 'no', 'f', 'false', 'off', '0'].map((text) => [text, false] as const),
]);

function toNumber(value: unknown): unknown {
  if (typeof value === 'number' || value instanceof PyFloat) return value;
  if (typeof value === 'boolean' || typeof value === 'bigint') return Number(value);
  return typeof value === 'string' ? parsePythonFloat(value) : undefined;
}

function toInteger(value: unknown): unknown {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'number' || value instanceof PyFloat) {
    const whole = Math.trunc(Number(value));
    return Number.isFinite(whole) ? exact(whole) : undefined;
  }
  if (typeof value !== 'string') return undefined;
  const whole = parsePythonInteger(value);
  return whole === undefined ? undefined : int(whole);
}

function exact(whole: number): number | bigint {
  return Number.isSafeInteger(whole) ? whole + 0 : BigInt(whole);
}

/**
 * Does a list schema wrap a single scalar in a list? It does where the types of its items are a list of scalar types,
 * or are not given. A type written as plain text does not count: the CDK takes it for a list of letters.
 */
export function wrapsScalars({ items }: JsonSchema): boolean {
  const type = isPlainObject(items) ? items.type : undefined;
  if (type === undefined) return true;
  return (
    Array.isArray(type) &&
    type.every((name) => ['string', 'number', 'integer', 'boolean', 'null'].includes(String(name)))
  );
}
