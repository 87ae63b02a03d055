import { cachedBy, extend, HttpRequester, requestKey, type Scope, withMiddleware } from 'manifold-connectors';
import { pace } from './rate-window.ts';

/**
 * An HttpRequester at Intercom's pace. With `use_cache` it also remembers searches, which are POST requests that change
 * nothing; their bodies tell them apart.
 */
export const PacedRequester = extend(HttpRequester, {
  name: 'PacedRequester',
  doc: 'An HttpRequester that keeps to the rate limit of Intercom.',
  make: (fields, scope, base) => base(fields, cachedBy(pacedScope(scope), requestKey)),
});

/** The rate limit counts all requests of an app, so all streams of a sync share one window. */
export function pacedScope(scope: Scope): Scope {
  const { clock, shared, signal } = scope.sync;
  return withMiddleware(
    scope,
    shared('intercom: pace', () => pace(clock, signal)),
  );
}
