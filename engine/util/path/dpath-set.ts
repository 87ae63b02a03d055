import { isPlainObject, type JsonObject } from '../json/json.ts';
import { copyFields, setField } from '../json/set-field.ts';
import type { Segment } from './dpath-glob.ts';
import { nothing } from './dpath-walk.ts';

/**
 * Sets the value at a path (globs are plain keys here) and creates what is missing on the way: a list where the next
 * segment is a number, else an object; lists grow with nulls. Only `root` itself is changed: objects and lists on the way
 * are replaced by copies, since others may still look at the response they came in. Throws when a scalar is in the way.
 */
export function compileSet(segments: readonly Segment[]): (root: JsonObject, value: unknown) => void {
  const first = segments[0];
  if (first === undefined) throw new Error('A path needs at least one segment.');
  if (segments.length === 1) {
    const key = String(first);
    return (root, value) => setField(root, key, value);
  }
  return (root, value) => {
    let current: JsonObject | unknown[] = root;
    for (let index = 0; index < segments.length - 1; index++) {
      const segment = segments[index] as Segment;
      const known = child(current, segment);
      const next = known === nothing ? emptyFor(segments[index + 1]) : copyContainer(known, segments, index);
      put(current, segment, next, segments);
      current = next;
    }
    put(current, segments.at(-1) as Segment, value, segments);
  };
}

function child(node: JsonObject | unknown[], segment: Segment): unknown {
  if (!Array.isArray(node)) return Object.hasOwn(node, segment) ? node[segment] : nothing;
  const at = isDecimal(segment) ? Number(segment) : Number.POSITIVE_INFINITY;
  return at < node.length ? node[at] : nothing;
}

/** How many nulls a list may grow by: an index beyond is a number that was meant as a key, and would fill the memory. */
const mostAdded = 10_000;

function put(node: JsonObject | unknown[], segment: Segment, value: unknown, path: readonly Segment[]): void {
  if (!Array.isArray(node)) {
    setField(node, String(segment), value);
    return;
  }
  if (!isDecimal(segment)) {
    throw new Error(`Cannot set ${JSON.stringify(path)}: there is a list, and "${segment}" is not an index.`);
  }
  const at = Number(segment);
  if (at > node.length + mostAdded) {
    throw new Error(
      `Cannot set ${JSON.stringify(path)}: the list has ${node.length} items, and index ${segment} is too far beyond its end.`,
    );
  }
  while (node.length < at) node.push(null);
  node[at] = value;
}

function emptyFor(next: Segment | undefined): JsonObject | unknown[] {
  return isDecimal(next) ? [] : {};
}

function copyContainer(value: unknown, path: readonly Segment[], index: number): JsonObject | unknown[] {
  if (Array.isArray(value)) return [...value];
  if (isPlainObject(value)) return copyFields(value);
  const here = JSON.stringify(path.slice(0, index + 1));
  throw new Error(
    `Cannot set ${JSON.stringify(path)}: the value at ${here} is neither an object nor a list.`,
  );
}

function isDecimal(segment: Segment | undefined): boolean {
  return typeof segment === 'number' || (segment !== undefined && /^\d+$/.test(segment));
}
