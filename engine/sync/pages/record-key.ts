import { isObject, type JsonObject } from '../../util/json/json.ts';
import { compileGet } from '../../util/path/dpath.ts';

/** The values of a record's primary key by name, paths joined by dots; undefined where there is no key or no record. */
export function recordKeyOf(
  record: unknown,
  primaryKey: readonly (readonly string[])[] | undefined,
): JsonObject | undefined {
  if (primaryKey === undefined || !isObject(record)) return undefined;
  return Object.fromEntries(primaryKey.map((path) => [path.join('.'), compileGet(path, null)(record)]));
}
