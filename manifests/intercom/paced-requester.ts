import {
  cachedBy,
  extend,
  HttpRequester,
  type ResponseCache,
  requestKey,
  type Scope,
  withMiddleware,
} from 'manifold-connectors';
import { failOnListedErrors } from './listed-errors.ts';
import { pace, paceTogether } from './rate-window.ts';

/**
 * An HttpRequester at Intercom's pace. With `use_cache` it also remembers searches, which are POST requests that change
 * nothing; their bodies tell them apart.
 */
export const PacedRequester = extend(HttpRequester, {
  name: 'PacedRequester',
  doc: 'An HttpRequester that keeps to the rate limit of Intercom.',
  make: (fields, scope, base) => base(fields, keptForReaders(cachedBy(pacedScope(scope), requestKey))),
});

/** The rate limit counts all requests of an app, so all streams of a sync share one window, and all processes where they have a store. */
export function pacedScope(scope: Scope): Scope {
  const { shared } = scope.sync;
  return withMiddleware(
    scope,
    failOnListedErrors,
    shared('intercom: pace', () => paceTogether(scope.sync) ?? pace(scope.sync)),
  );
}

/** Each stream sends a search once, so its answer is forgotten after the last stream that sends it. */
function keptForReaders(scope: Scope): Scope {
  const { cache, readersOf } = scope.sync;
  const searches = Object.freeze<ResponseCache>({
    ...cache,
    fetch(request, send, readers = request.method === 'POST' ? readersOf(scope.node) : undefined) {
      return cache.fetch(request, send, readers);
    },
  });
  return { ...scope, sync: { ...scope.sync, cache: searches } };
}
