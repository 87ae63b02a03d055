import { iterate, toJson } from '../../template/python-values.ts';

/** The items of what a template gave. As in Python, those of a text are its characters. Throws TypeError. */
export function listItems(value: unknown): unknown[] {
  return [...iterate(value)].map(toJson);
}
