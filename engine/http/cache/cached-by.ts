import type { OutgoingRequest } from '../../contract/families.ts';
import type { ResponseCache, Scope } from '../../contract/scope.ts';

/**
 * The scope for components whose answers are remembered by a key of their own, such as the number of a page where all
 * pages have one URL. A request without a key is sent each time. `requestKey` is the key of what a request asks for,
 * whatever its method.
 */
export function cachedBy(scope: Scope, keyOf: (request: OutgoingRequest) => string | undefined): Scope {
  const { sync } = scope;
  const cache = Object.freeze<ResponseCache>({
    ...sync.cache,
    fetch(request, send, readers) {
      const key = keyOf(request);
      return key === undefined ? send() : sync.cache.once(key, send, readers);
    },
    forget(request) {
      const key = keyOf(request);
      if (key !== undefined) sync.cache.forgetKey?.(key);
    },
  });
  return { ...scope, sync: { ...sync, cache } };
}
