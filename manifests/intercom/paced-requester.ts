import {
  cachedBy,
  extend,
  HttpRequester,
  type ResponseCache,
  requestKey,
  type Scope,
  withMiddleware,
} from 'manifold-connectors';
import * as z from 'zod';
import { failOnListedErrors } from './listed-errors.ts';
import { pace, paceTogether } from './rate-window.ts';

/**
 * An HttpRequester at Intercom's pace. With `use_cache` it also remembers searches, which are POST requests that change
 * nothing; their bodies tell them apart.
 */
export const PacedRequester = extend(HttpRequester, {
  name: 'PacedRequester',
  doc: 'An HttpRequester that keeps to the rate limit of Intercom.',
  fields: () => ({
    asks_again: z
      .boolean()
      .default(false)
      .describe(
        'One stream asks for the same more than once, so answers are kept until all that ask have been read.',
      ),
  }),
  make({ asks_again: asksAgain, ...fields }, scope, base) {
    const cached = cachedBy(pacedScope(scope), requestKey);
    return base(fields, asksAgain ? cached : keptForReaders(cached));
  },
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

/** Whoever reads through the requester asks for the same once, so an answer is forgotten after the last of them. */
function keptForReaders(scope: Scope): Scope {
  const { cache, readersOf } = scope.sync;
  const counted = Object.freeze<ResponseCache>({
    ...cache,
    fetch: (request, send) => cache.fetch(request, send, readersOf(scope.node)),
  });
  return { ...scope, sync: { ...scope.sync, cache: counted } };
}
