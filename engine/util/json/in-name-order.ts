import { isPlainObject } from './json.ts';

/** The same value with the fields of each object in it in the order of their names; what templates computed stays as it is. */
export function inNameOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inNameOrder);
  if (!isPlainObject(value)) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, inNameOrder(value[name])]));
}
