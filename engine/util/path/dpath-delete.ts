import type { JsonObject } from '../json/json.ts';
import { setField } from '../json/set-field.ts';
import { matchesPath, type Segment, toMatchers } from './dpath-glob.ts';
import { exactStep, follow, isGlob, isLeaf, nothing, resolve, toStep, walk } from './dpath-walk.ts';

/**
 * Removes what a path matches: keys from objects, the last item from a list; any other item becomes null. Only `root`
 * itself is changed, as by `compileSet`. The result says whether anything was there.
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

/** Removes every scalar of the record, at any depth, that the predicate selects. Says whether there was any. */
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
