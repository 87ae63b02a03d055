import { PyTypeError } from '../../time/python-error.ts';
import type { Python } from '../values/python.ts';

/** len(value); throws TypeError where there is none. */
export function lengthOf(value: unknown, py: Python): number {
  const length = py.length(value);
  if (length === undefined) throw new PyTypeError(`object of type '${py.typeName(value)}' has no len()`);
  return length;
}
