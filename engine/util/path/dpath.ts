import { matchesPath, type Segment, toMatchers } from './dpath-glob.ts';
import { collect, follow, isGlob, nothing, toStep, walk } from './dpath-walk.ts';

export type { Segment } from './dpath-glob.ts';

/*
 * Paths into JSON values by the rules of Python's dpath library: a segment is a key, an index into a list (negative ones
 * count from the end), or a glob (`*`, `?`, `[a-c]`; `**` is any number of segments and may occur once). Functions take
 * the path first and return a function made for it, so that a record costs no path work.
 */

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
