import type { JsonObject } from './json.ts';

/** Sets an own field, also one named `__proto__`, which a plain assignment would take for the prototype. */
export function setField(object: JsonObject, name: string, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  } else {
    object[name] = value;
  }
}

/** A shallow copy, made field by field because Node 20 is slow to add fields to what `{...}` made. */
export function copyFields(object: JsonObject): JsonObject {
  const copy: JsonObject = {};
  for (const name in object) setField(copy, name, object[name]);
  return copy;
}
