import type { JsonObject } from '../util/json/json.ts';
import { has, put } from './put.ts';
import type { ReadPath, ValueRead } from './read-paths.ts';

/** Puts a text with a number where something is read, unless there is a value. */
export function putMissing(root: JsonObject, { path, items }: ValueRead, number: number): void {
  const name = (items?.[0] ?? path).at(-1);
  if (!has(root, path)) put(root, path, asItems(`${name}-${number}`, items));
}

/** A value, or where items of a list are read, a list of objects that have it there. */
export function asItems(value: unknown, items: ReadPath['items']): unknown {
  if (items === undefined) return value;
  return [value].flat().map((each) => {
    const item: JsonObject = {};
    for (const path of items) if (!has(item, path)) put(item, path, each);
    return item;
  });
}
