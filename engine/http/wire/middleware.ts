import type { OutgoingRequest } from '../../contract/families.ts';
import type { HttpResponse } from '../../contract/http-response.ts';
import type { Scope, Transport, TransportOptions } from '../../contract/scope.ts';

/** Sends a request to whatever comes next: another middleware, in the end the wire. */
export type Next = (request: OutgoingRequest) => Promise<HttpResponse>;

/**
 * Something that every request passes on its way to the wire, and its response on the way back. It may change the
 * request, wait, answer by itself, or send more than once. `options` are those of this exchange, its signal among them.
 */
export type Middleware = (
  request: OutgoingRequest,
  next: Next,
  options: TransportOptions,
) => Promise<HttpResponse>;

/** Several as one, the first outermost. */
export function compose(...middleware: readonly Middleware[]): Middleware {
  return (request, next, options) =>
    middleware.reduceRight<Next>((inner, one) => (passed) => one(passed, inner, options), next)(request);
}

/** A transport whose requests pass through middleware first. Closing it closes the one inside. */
export function throughMiddleware(transport: Transport, ...middleware: readonly Middleware[]): Transport {
  const pass = compose(...middleware);
  return Object.freeze({
    send: (request: OutgoingRequest, options: TransportOptions = {}) =>
      pass(request, (passed) => transport.send(passed, options), options),
    close: () => transport.close(),
  });
}

/** The scope for components whose requests pass through middleware. */
export function withMiddleware(scope: Scope, ...middleware: readonly Middleware[]): Scope {
  const { sync } = scope;
  return { ...scope, sync: { ...sync, http: throughMiddleware(sync.http, ...middleware) } };
}
