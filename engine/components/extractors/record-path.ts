import type { Evaluate } from '../../language/fields.ts';
import { pathSegment } from '../../language/path-segment.ts';
import { compileGet, compileValues, type Segment } from '../../util/path/dpath.ts';

/** A path whose segments are templates over the config: evaluated for every use, compiled again when it has changed. */
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

/** All values at the path when it has a segment `*`, otherwise the one value there, or `[]`. */
export function compileFieldPath(path: readonly Segment[]): (body: unknown) => unknown {
  return path.includes('*') ? compileValues(path) : compileGet(path, []);
}
