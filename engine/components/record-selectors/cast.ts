import { PyFloat, pyStr, pyTruth } from '../../template/python-values.ts';
import { isPlainObject, type JsonSchema } from '../../util/json.ts';

export type ScalarType = 'string' | 'number' | 'integer' | 'boolean';

/** A value as Python's str, float, int or bool make it, or undefined when they cannot. */
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

const float = /^[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?$/i;
const special = /^([+-]?)(?:(inf(?:inity)?)|nan)$/i;
const integer = /^[+-]?\d+(?:_\d+)*$/;

function toNumber(value: unknown): unknown {
  if (typeof value === 'number' || value instanceof PyFloat) return value;
  if (typeof value === 'boolean' || typeof value === 'bigint') return Number(value);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (float.test(text)) return Number(text.replaceAll('_', ''));
  const [, sign, isInfinite] = special.exec(text) ?? [];
  if (sign === undefined) return undefined;
  return isInfinite === undefined ? Number.NaN : Number(`${sign}Infinity`);
}

function toInteger(value: unknown): unknown {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'number' || value instanceof PyFloat) {
    const whole = Math.trunc(Number(value));
    return Number.isFinite(whole) ? exact(whole) : undefined;
  }
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (!integer.test(text)) return undefined;
  const digits = text.replaceAll('_', '').replace(/^\+/, '');
  const whole = Number(digits);
  return Number.isSafeInteger(whole) ? whole + 0 : BigInt(digits);
}

function exact(whole: number): number | bigint {
  return Number.isSafeInteger(whole) ? whole + 0 : BigInt(whole);
}

/**
 * Does a list schema put a single scalar into a list? Where its items name their types in a list, all of them scalars, or
 * name none. A type written as plain text does not count: the CDK takes it for a list of letters.
 */
export function wrapsScalars({ items }: JsonSchema): boolean {
  const type = isPlainObject(items) ? items.type : undefined;
  if (type === undefined) return true;
  return (
    Array.isArray(type) &&
    type.every((name) => ['string', 'number', 'integer', 'boolean', 'null'].includes(String(name)))
  );
}
