/**
 * How many values a manifest may have once aliases and references are written out. The largest in the catalogue stay
 * far below.
 */
export const expansionLimit = 1_000_000;

/**
 * How deep values may lie inside others, aliases and references written out. Whoever walks a tree may recurse that far:
 * the stack of a process holds more. Those in the catalogue stay below forty.
 */
export const depthLimit = 250;

export const tooDeep = `This is nested too deeply to be read: ${depthLimit} levels are the most.`;

/** What a manifest can have too much of. */
export type Limit = 'size' | 'depth';

export interface Extent {
  readonly size: number;
  /** Levels. */
  readonly height: number;
}

/** Counts values and levels of a tree in which parts occur several times, while each part is visited once. */
export interface Expansion {
  /** One value, and what `visit` finds inside it; where there is no level left, what `refuse` makes of it. */
  inside<T>(visit: () => T, refuse: () => T): T;
  /** What `visit` finds is a part that may occur again. */
  measure<T>(visit: () => T): readonly [result: T, extent: Extent];
  /** Such a part occurs again, here. Says which limit that exceeds; a part that does not fit is not counted. */
  repeat(extent: Extent): Limit | undefined;
  /** Whether a limit is exceeded for the first time: after that it is exceeded everywhere, which says nothing new. */
  isNews(exceeded: Limit): boolean;
}

export function createExpansion(): Expansion {
  let size = 0;
  let depth = 0;
  /** Since the innermost part that is being measured began. */
  let deepest = 0;
  const exceededBefore = new Set<Limit>();
  return Object.freeze({
    inside<T>(visit: () => T, refuse: () => T): T {
      if (depth >= depthLimit) return refuse();
      size += 1;
      depth += 1;
      deepest = Math.max(deepest, depth);
      const result = visit();
      depth -= 1;
      return result;
    },
    measure<T>(visit: () => T) {
      const before = { size, deepest };
      deepest = depth;
      const result = visit();
      const extent = { size: size - before.size, height: deepest - depth };
      deepest = Math.max(deepest, before.deepest);
      return [result, extent] as const;
    },
    repeat(part: Extent) {
      if (size + part.size > expansionLimit) return 'size';
      if (depth + part.height > depthLimit) return 'depth';
      size += part.size;
      deepest = Math.max(deepest, depth + part.height);
      return undefined;
    },
    isNews(exceeded: Limit) {
      const isNews = !exceededBefore.has(exceeded);
      exceededBefore.add(exceeded);
      return isNews;
    },
  });
}
