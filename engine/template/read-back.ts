import { literalEval, notLiteral } from './literal-eval.ts';
import { pyEquals } from './methods/outside.ts';
import { PyComplex } from './values/complex.ts';
import { isFloat, isInt } from './values/number.ts';
import { PySet } from './values/set.ts';
import { PyTuple } from './values/tuple.ts';

/**
 * The types that the result of a template may be held to: AddFields' `value_type`, or what request parameters accept.
 */
export type ValueType = 'string' | 'number' | 'integer' | 'boolean';

/** Request parameters take texts and lists only. */
export type HeldType = ValueType | 'request_params' | undefined;

/** Whether a value passes a `valueType`. "number" means float only, "integer" lets booleans through. */
function holds(value: unknown, type: HeldType): boolean {
  switch (type) {
    case undefined:
      return !(value instanceof PyComplex);
    case 'string':
      return typeof value === 'string';
    case 'number':
      return isFloat(value);
    case 'integer':
      return isInt(value) || typeof value === 'boolean';
    case 'boolean':
      return typeof value === 'boolean';
    case 'request_params':
      return typeof value === 'string' || Array.isArray(value);
  }
}

/** A rendered text as a Python literal, when it is one of the right type; otherwise the text itself. */
export function readBack(text: string | null, type: HeldType): unknown {
  if (text === null) return null;
  const value = literalEval(text);
  if (value === notLiteral || !holds(value, type)) return text;
  return type === 'request_params' && isJsonOfObjects(text) ? text : value;
}

/** JSON with objects in it is meant as it is written: as a list, the names of their fields would be sent one by one. */
function isJsonOfObjects(text: string): boolean {
  if (!text.includes('{')) return false;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.some((item) => typeof item === 'object' && item !== null);
  } catch {
    return false;
  }
}

const falseTexts = new Set(['False', 'false', '{}', '[]', '()', '', '0', '0.0']);

const falseValues: readonly unknown[] = [null, false, [], {}, new PyTuple([]), new PySet(new Map())];

/** The rule of InterpolatedBoolean: false is what equals a text or a value that it takes for false. */
export function isFalse(value: unknown): boolean {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string') return falseTexts.has(value);
  return falseValues.some((each) => pyEquals(value, each));
}
