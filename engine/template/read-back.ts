import { literalEval, notLiteral } from './literal-eval.ts';
import { pyEquals } from './python-logic.ts';
import { isFloat, isInt, PyComplex, PySet, PyTuple } from './python-types.ts';

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
  return value === notLiteral || !holds(value, type) ? text : value;
}

const falseTexts = new Set(['False', 'false', '{}', '[]', '()', '', '0', '0.0']);

/** The rule of InterpolatedBoolean. */
export function isFalse(value: unknown): boolean {
  if (typeof value === 'string') return falseTexts.has(value);
  if (value === null || value === false) return true;
  if (value instanceof PyTuple) return value.items.length === 0;
  if (value instanceof PySet) return value.members.size === 0;
  if (Array.isArray(value)) return value.length === 0;
  return pyEquals(value, false) || pyEquals(value, {});
}
