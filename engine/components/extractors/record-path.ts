import type { RecordPlace } from '../../contract/families.ts';
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

/** Whether a field of the path is missing from a body that has others; what is empty has no fields to miss. */
export function compileMissing(path: readonly Segment[]): (body: unknown) => boolean {
  const steps = path.map((segment) => compileValues([segment]));
  return (body) => {
    let places: readonly unknown[] = [body];
    for (const step of steps) {
      const filled = places.filter((place) => !isEmpty(place));
      if (filled.length === 0) return false;
      places = filled.flatMap(step);
      if (places.length === 0) return true;
    }
    return false;
  };
}

/** Follows a path as far as it leads to one place: up to the first `*`. */
export function compilePlace(path: readonly Segment[]): (body: unknown) => RecordPlace {
  const end = path.indexOf('*');
  const steps = path.slice(0, end < 0 ? path.length : end).map((segment) => compileValues([segment]));
  return (body) => {
    const along: unknown[] = [body];
    for (const step of steps) {
      const found = step(along.at(-1));
      if (found.length === 0) break;
      along.push(found[0]);
    }
    return { steps: steps.length, along };
  };
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
