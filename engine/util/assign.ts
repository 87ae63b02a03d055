import type { JsonObject } from './json.ts';

/** A field named `__proto__` is a field like any other. */
export function assign(node: JsonObject, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(node, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    node[key] = value;
  }
}

/** A shallow copy. Field by field, since Node 20 takes long to add fields to what `{...}` has made. */
export function copyFields(object: JsonObject): JsonObject {
  const copy: JsonObject = {};
  for (const key in object) assign(copy, key, object[key]);
  return copy;
}
