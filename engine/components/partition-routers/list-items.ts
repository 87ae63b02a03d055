import { iterate } from '../../template/python-logic.ts';
import { toJson } from '../../template/python-values.ts';

/** What a template's result has when it is iterated: a text has characters, as in Python. Throws TypeError. */
export function listItems(value: unknown): unknown[] {
  return [...iterate(value)].map(toJson);
}
