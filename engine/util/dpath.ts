import { matchesPath, type Segment, toMatchers } from './dpath-glob.ts';
import { collect, exactStep, follow, isLeaf, nothing, resolve, toStep, walk } from './dpath-walk.ts';
import { isPlainObject, type JsonObject } from './json.ts';
import { setField } from './set-field.ts';

export type { Segment } from './dpath-glob.ts';

/**
 * Paths into JSON values by the rules of Python's dpath library: a segment is a key, an index into a list (negative ones
 * count from the end), or a glob (`*`, `?`, `[a-c]`; `**` is any number of segments and may stand once).
 * Every function here takes the path first and returns a function made for it, so that a record costs no path work.
 */

function isGlob(segments: readonly Segment[]): boolean {
  return segments.some((segment) => typeof segment === 'string' && /[*?[]/.test(segment));
}

/** The value at the path, or `fallback`. Throws when a glob matches more than one place. */
export function compileGet(
  segments: readonly Segment[],
  fallback: unknown = undefined,
): (root: unknown) => unknown {
  if (segments.length === 0) return (root) => root;
  if (!isGlob(segments)) {
    const steps = segments.map(toStep);
    return (root) => {
      const found = follow(root, steps);
      return found === nothing ? fallback : found;
    };
  }
  const values = compileValues(segments);
  return (root) => {
    const found = values(root);
    if (found.length > 1) {
      throw new Error(
        `The path ${JSON.stringify(segments)} matches more than one value; only one is expected here.`,
      );
    }
    return found.length === 0 ? fallback : found[0];
  };
}

/** All values the path matches, in the order of dpath: the children of a place before what is below them. */
export function compileValues(segments: readonly Segment[]): (root: unknown) => unknown[] {
  if (!isGlob(segments)) {
    const steps = segments.map(toStep);
    return (root) => {
      const found = steps.length === 0 ? nothing : follow(root, steps);
      return found === nothing ? [] : [found];
    };
  }
  const matchers = toMatchers(segments);
  const isDeep = segments.includes('**');
  return (root) => {
    const values: unknown[] = [];
    if (isDeep)
      walk(root, (path, value, lengths) => matchesPath(path, lengths, matchers) && values.push(value));
    else collect(root, matchers, 0, values);
    return values;
  };
}

/**
 * Sets the value at a path (globs are plain keys here), making what is missing on the way: a list where the next segment
 * is a number, else an object; lists grow with nulls. Only `root` itself is changed: objects and lists on the way are
 * replaced by copies, since a response may still be looked at by others. Throws when a scalar stands in the way.
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
      const next: JsonObject | unknown[] =
        known === nothing
          ? isDecimal(segments[index + 1])
            ? []
            : {}
          : copyContainer(known, segments, index);
      put(current, segment, next, segments);
      current = next;
    }
    put(current, segments.at(-1) as Segment, value, segments);
  };
}

/**
 * Removes what the path matches: keys from objects, the last item from a list; any other item becomes null. Of a record
 * only the root is changed, as in `compileSet`. The result says whether anything was there.
 */
export function compileDelete(segments: readonly Segment[]): (root: JsonObject) => boolean {
  if (segments.length === 0) return () => false;
  if (!isGlob(segments)) {
    if (segments.length === 1) {
      const key = segments[0];
      return (root) => typeof key === 'string' && Object.hasOwn(root, key) && delete root[key];
    }
    const steps = segments.map(toStep);
    return (root) => {
      const path = resolve(root, steps);
      if (path !== undefined) remove(root, path, 0);
      return path !== undefined;
    };
  }
  const matchers = toMatchers(segments);
  return (root) => {
    const paths: Segment[][] = [];
    walk(root, (path, _value, lengths) => matchesPath(path, lengths, matchers) && paths.push([...path]));
    return removeAll(root, paths);
  };
}

/** Removes every scalar of the record, at any depth, that the predicate selects. */
export function deleteLeaves(root: JsonObject, selects: (value: unknown) => boolean): boolean {
  const paths: Segment[][] = [];
  walk(root, (path, value) => isLeaf(value) && selects(value) && paths.push([...path]));
  return removeAll(root, paths);
}

function removeAll(root: JsonObject, paths: readonly (readonly Segment[])[]): boolean {
  let hasRemoved = false;
  for (const path of paths) {
    if (follow(root, path.map(exactStep)) === nothing) continue;
    remove(root, path, 0);
    hasRemoved = true;
  }
  return hasRemoved;
}

function remove(node: JsonObject | unknown[], path: readonly Segment[], depth: number): void {
  const segment = path[depth] as Segment;
  if (depth === path.length - 1) {
    if (!Array.isArray(node)) delete node[segment];
    else if (segment === node.length - 1) node.pop();
    else node[segment as number] = null;
    return;
  }
  const below = (node as JsonObject)[segment];
  const copy = Array.isArray(below) ? [...below] : { ...(below as JsonObject) };
  setField(node as JsonObject, segment as string, copy);
  remove(copy, path, depth + 1);
}

// ---------------------------------------------------------------------------------------------------- setting

function child(node: JsonObject | unknown[], segment: Segment): unknown {
  if (!Array.isArray(node)) return Object.hasOwn(node, segment) ? node[segment] : nothing;
  const at = isDecimal(segment) ? Number(segment) : Number.POSITIVE_INFINITY;
  return at < node.length ? node[at] : nothing;
}

function put(node: JsonObject | unknown[], segment: Segment, value: unknown, path: readonly Segment[]): void {
  if (!Array.isArray(node)) {
    setField(node, String(segment), value);
    return;
  }
  if (!isDecimal(segment)) {
    throw new Error(
      `Cannot set ${JSON.stringify(path)}: "${segment}" is not an index, and a list stands there.`,
    );
  }
  while (node.length < Number(segment)) node.push(null);
  node[Number(segment)] = value;
}

function copyContainer(value: unknown, path: readonly Segment[], index: number): JsonObject | unknown[] {
  if (Array.isArray(value)) return [...value];
  if (isPlainObject(value)) return { ...value };
  const here = JSON.stringify(path.slice(0, index + 1));
  throw new Error(
    `Cannot set ${JSON.stringify(path)}: the value at ${here} is neither an object nor a list.`,
  );
}

function isDecimal(segment: Segment | undefined): boolean {
  return typeof segment === 'number' || (segment !== undefined && /^\d+$/.test(segment));
}
