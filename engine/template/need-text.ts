import { PyTypeError } from '../time/python-error.ts';
import { typeName } from './python-type-name.ts';
import { textOf, Undefined } from './python-types.ts';

/** Text, or a TypeError. */
export function needText(value: unknown, what = 'str'): string {
  const text = textOf(value);
  if (text !== undefined) return text;
  throw new PyTypeError(`must be ${what}, not ${value instanceof Undefined ? 'Undefined' : typeName(value)}`);
}
