import { isObject, type JsonObject } from '../../util/json/json.ts';
import { alternativesOf } from '../../util/schema/alternatives-of.ts';
import type { Subject } from '../subject.ts';

/** How many leaves of the streams' schemas there are, and how many of them are among the paths found in records. */
export async function seenFields(
  subject: Subject,
  found: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<{ readonly all: number; readonly seen: number }> {
  let all = 0;
  let seen = 0;
  for (const stream of await subject.streams()) {
    const schema = (await stream.schema())?.value;
    if (schema === undefined) continue;
    const leaves = new Set(leavesOf(schema, ''));
    all += leaves.size;
    seen += [...leaves].filter((leaf) => found.get(stream.name)?.has(leaf)).length;
  }
  return { all, seen };
}

/** Dotted paths of the fields that hold values; those of items of lists end in `[]`. */
function* leavesOf(schema: JsonObject, path: string): Generator<string> {
  const { properties, items } = schema;
  const parts = alternativesOf(schema);
  let isLeaf = path !== '';
  if (isObject(properties) && Object.keys(properties).length > 0) {
    isLeaf = false;
    for (const [name, property] of Object.entries(properties))
      if (isObject(property)) yield* leavesOf(property, path === '' ? name : `${path}.${name}`);
  }
  if (isObject(items) && (isObject(items['properties']) || isObject(items['items']))) {
    isLeaf = false;
    yield* leavesOf(items, `${path}[]`);
  }
  for (const part of parts) {
    isLeaf = false;
    yield* leavesOf(part, path);
  }
  if (isLeaf) yield path;
}

/** The paths of a record's values, as `leavesOf` writes them. */
export function* valuesIn(value: unknown, path: string): Generator<string> {
  if (value === null || value === undefined) return;
  if (path !== '') yield path;
  if (Array.isArray(value)) for (const item of value) yield* valuesIn(item, `${path}[]`);
  else if (isObject(value))
    for (const [name, item] of Object.entries(value))
      yield* valuesIn(item, path === '' ? name : `${path}.${name}`);
}
