import type { Readers, Scope } from '../../contract/scope.ts';

/** The scope of a stream that is read for its own sake. Its parents are inside of it, and ask the cache in its name. */
export function readBy(stream: string, scope: Scope): Scope {
  const { cache } = scope.sync;
  return { ...scope, sync: { ...scope.sync, cache: cache.readBy?.(stream) ?? cache } };
}

/** The same readers, each as often as it likes. */
export function uncounted(readers: Readers | undefined): Readers | undefined {
  return readers && new Map([...readers.keys()].map((stream) => [stream, Number.POSITIVE_INFINITY]));
}

/** How often all of them together ask. */
export function totalOf(readers: Readers | undefined): number {
  return readers === undefined
    ? Number.POSITIVE_INFINITY
    : [...readers.values()].reduce((total, times) => total + times, 0);
}
