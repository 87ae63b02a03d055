/**
 * An object of JSON, with bigints for integers beyond 2^53. Its values are `unknown` because records may carry what
 * templates computed; `toJson` makes them plain before they leave.
 */
export type JsonObject = { [key: string]: unknown };

export type JsonSchema = JsonObject;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object of JSON, as opposed to a date or another value that a template computed. */
export function isPlainObject(value: unknown): value is JsonObject {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
