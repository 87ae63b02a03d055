import { isPlainObject, type JsonObject } from '../json/json.ts';
import type { Segment, SegmentMatcher } from './dpath-glob.ts';

/** What a path leads to when it leads nowhere. */
export const nothing = Symbol('nothing');

/** A segment as it is taken: by its key in an object, by its index in a list; undefined where it fits none. */
export interface Step {
  readonly key: string | undefined;
  readonly index: number | undefined;
}

export function isGlob(segments: readonly Segment[]): boolean {
  return segments.some((segment) => typeof segment === 'string' && /[*?[]/.test(segment));
}

/** A segment that somebody wrote: digits are a key and an index alike. */
export function toStep(segment: Segment): Step {
  if (typeof segment === 'number') return { key: undefined, index: segment };
  return { key: segment, index: /^\s*[+-]?\d+\s*$/.test(segment) ? Number(segment) : undefined };
}

/** A segment out of `walk` or `resolve`: a text is a key, a number an index. */
export function exactStep(segment: Segment): Step {
  return typeof segment === 'number'
    ? { key: undefined, index: segment }
    : { key: segment, index: undefined };
}

/** The value at the end of the steps, or `nothing`. */
export function follow(root: unknown, steps: readonly Step[]): unknown {
  let current = root;
  for (let index = 0; index < steps.length; index++) {
    const { key, index: position } = steps[index] as Step;
    if (Array.isArray(current)) {
      const at = indexIn(current, position);
      if (at === undefined) return nothing;
      current = current[at];
    } else {
      if (!isPlainObject(current) || key === undefined || !Object.hasOwn(current, key)) return nothing;
      current = current[key];
    }
  }
  return current;
}

/** The path with the keys and indices as they are in the value, or undefined when there is no such place. */
export function resolve(root: unknown, steps: readonly Step[]): Segment[] | undefined {
  let current = root;
  const path: Segment[] = [];
  for (const { key, index } of steps) {
    const segment = Array.isArray(current) ? indexIn(current, index) : key;
    if (segment === undefined || !isContainer(current) || !Object.hasOwn(current, segment)) return undefined;
    path.push(segment);
    current = (current as JsonObject)[segment];
  }
  return path;
}

/** Negative positions count from the end. */
function indexIn(list: readonly unknown[], index: number | undefined): number | undefined {
  if (index === undefined) return undefined;
  const at = index < 0 ? list.length + index : index;
  return at >= 0 && at < list.length ? at : undefined;
}

/** Adds the values that the matchers lead to, from `depth` on, to `into`. */
export function collect(
  node: unknown,
  matchers: readonly SegmentMatcher[],
  depth: number,
  into: unknown[],
): void {
  const matcher = matchers[depth];
  if (matcher === undefined) {
    into.push(node);
  } else if (Array.isArray(node)) {
    for (let index = 0; index < node.length; index++) {
      if (matcher.matchesIndex(index, node.length)) collect(node[index], matchers, depth + 1, into);
    }
  } else if (isPlainObject(node)) {
    for (const key of Object.keys(node)) {
      if (matcher.matchesKey(key)) collect(node[key], matchers, depth + 1, into);
    }
  }
}

type Visit = (path: readonly Segment[], value: unknown, lengths: readonly number[]) => unknown;

/**
 * Visits every place below `node`. `lengths` has the length of the list that each segment is an index of. Both arrays are
 * reused between visits: copy what is kept.
 */
export function walk(node: unknown, visit: Visit, path: Segment[] = [], lengths: number[] = []): void {
  if (!isContainer(node)) return;
  const entries: [Segment, unknown][] = Array.isArray(node) ? [...node.entries()] : Object.entries(node);
  lengths.push(entries.length);
  for (const [segment, value] of entries) {
    path.push(segment);
    visit(path, value, lengths);
    path.pop();
  }
  for (const [segment, value] of entries) {
    path.push(segment);
    walk(value, visit, path, lengths);
    path.pop();
  }
  lengths.pop();
}

function isContainer(value: unknown): value is JsonObject | unknown[] {
  return Array.isArray(value) || isPlainObject(value);
}

export function isLeaf(value: unknown): boolean {
  return !isContainer(value);
}
