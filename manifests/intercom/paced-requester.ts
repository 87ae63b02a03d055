import { HttpRequester } from '../../engine/components/requesters/http-requester.ts';
import type { OutgoingRequest } from '../../engine/contract/families.ts';
import type { HttpResponse } from '../../engine/contract/http-response.ts';
import type { ResponseCache, Scope } from '../../engine/contract/scope.ts';
import { defineHook } from '../../engine/language/component.ts';
import { createPacedTransport } from './rate-window.ts';

/**
 * An HttpRequester at Intercom's pace. With `use_cache` it also remembers searches, which are POST requests that change
 * nothing.
 */
export const PacedRequester = defineHook('Requester', {
  name: 'PacedRequester',
  doc: 'An HttpRequester that keeps to the rate limit of Intercom.',
  fields: HttpRequester.fields,
  make: (fields, scope) => HttpRequester.make(fields as never, pacedScope(scope)),
});

/** The rate limit counts all requests of an app, so all streams of a sync share one window. */
export function pacedScope(scope: Scope): Scope {
  const { sync } = scope;
  const http = sync.shared('intercom: paced transport', () =>
    createPacedTransport(sync.http, sync.clock, sync.signal),
  );
  return { ...scope, sync: { ...sync, http, cache: withSearches(sync.cache, sync.readersOf(scope.node)) } };
}

/**
 * The engine's cache remembers answers to GET, so a search pretends to be one. Its body tells searches apart: each stream
 * sends it once, so it is forgotten after the last of them.
 */
function withSearches(cache: ResponseCache, readers: number): ResponseCache {
  return Object.freeze({
    fetch(request: OutgoingRequest, send: () => Promise<HttpResponse>, count?: number) {
      return request.method === 'POST'
        ? cache.fetch({ ...request, method: 'GET' }, send, count ?? readers)
        : cache.fetch(request, send, count);
    },
    close: () => cache.close(),
  });
}
