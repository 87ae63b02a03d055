import { PyAttributeError } from '../../time/python-error.ts';
import { isMapping, mappingEntries } from '../values/mapping.ts';
import type { Python } from '../values/python.ts';
import { Undefined } from '../values/undefined.ts';

/** value.items() of a mapping; throws the AttributeError that Python has for other values. */
export function entriesOfMapping(value: unknown, py: Python): readonly (readonly [unknown, unknown])[] {
  if (isMapping(value)) return mappingEntries(value);
  if (value instanceof Undefined) return value.fail();
  throw new PyAttributeError(`'${py.typeName(value)}' object has no attribute 'items'`);
}
