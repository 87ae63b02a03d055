import { DefaultErrorHandler, type ErrorHandler, extend, type HttpResponse } from 'manifold-connectors';

/** The share of a window that is left to others, and to the requests that are on their way. */
const reserve = 0.1;
/** Seconds. Longer windows than this are a sign that the API's clock is not ours. */
const longestWindow = 60;

/**
 * The error handler of Airbyte's own Intercom manifest: a DefaultErrorHandler that also keeps to the rate limit. When
 * `X-RateLimit-Remaining` comes close to its end, the next request waits for the window that `X-RateLimit-Reset` names.
 */
export const ErrorHandlerWithRateLimiter = extend(DefaultErrorHandler, {
  name: 'ErrorHandlerWithRateLimiter',
  doc: 'A DefaultErrorHandler that waits when the rate limit of Intercom is nearly used up.',
  make(fields, scope, base) {
    const handler = base(fields, scope);
    const { clock, signal } = scope.sync;
    return Object.freeze<ErrorHandler>({
      ...handler,
      async resolve(outcome) {
        if ('response' in outcome) {
          const seconds = waitAfter(outcome.response, clock.now() / 1000);
          if (seconds > 0) await clock.sleep(seconds * 1000, signal);
        }
        return handler.resolve(outcome);
      },
    });
  },
});

/** Seconds. */
function waitAfter(response: HttpResponse, now: number): number {
  const numberIn = (header: string) => Number(response.headers.get(header) ?? Number.NaN);
  const [limit, remaining] = [numberIn('X-RateLimit-Limit'), numberIn('X-RateLimit-Remaining')];
  if (!(remaining <= limit * reserve)) return 0;
  const left = numberIn('X-RateLimit-Reset') - now;
  return left > 0 && left <= longestWindow ? left : 1;
}
