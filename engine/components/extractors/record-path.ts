import type { Evaluate } from '../../language/fields.ts';
import { pathSegment } from '../../language/path-segment.ts';
import { compileGet, compileValues, type Segment } from '../../util/dpath.ts';

/** A path whose segments are templates over the config: evaluated for every use, compiled when it has changed. */
export function templatePath<T>(
  segments: readonly Evaluate[],
  compile: (path: readonly Segment[]) => T,
): () => T {
  let known: { readonly path: readonly unknown[]; readonly compiled: T } | undefined;
  return () => {
    const path = segments.map((segment) => segment());
    if (known?.path.every((segment, index) => segment === path[index]) !== true) {
      known = { path, compiled: compile(path.map(pathSegment)) };
    }
    return known.compiled;
  };
}

/** All values that the path finds when it has a segment `*`, else the one value at it, or `[]`. */
export function compileFieldPath(path: readonly Segment[]): (body: unknown) => unknown {
  return path.includes('*') ? compileValues(path) : compileGet(path, []);
}
