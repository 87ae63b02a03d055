import { isPlainObject } from './json.ts';

/** A deep copy. Values that templates computed (floats, times) are shared: they never change. */
export function cloneJson<T>(value: T): T {
  if (Array.isArray(value)) return value.map(cloneJson) as T;
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, cloneJson(item)])) as T;
}
