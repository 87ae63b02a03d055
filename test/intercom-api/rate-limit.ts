import { ApiError } from './error-list.ts';

/** Requests are counted per app in windows of ten seconds that start on whole multiples of ten seconds. */
const windowSeconds = 10;

export interface RateLimit {
  /** Counts one request at `now` (ms) and gives the headers that tell the client where it stands. */
  count(now: number): { readonly headers: Record<string, string>; readonly exceeded: ApiError | undefined };
}

export function createRateLimit(limit: number): RateLimit {
  let window = -1;
  let used = 0;
  return Object.freeze({
    count(now: number) {
      const current = Math.floor(now / 1000 / windowSeconds);
      if (current !== window) {
        window = current;
        used = 0;
      }
      used++;
      const headers = {
        'X-RateLimit-Limit': String(limit),
        'X-RateLimit-Remaining': String(Math.max(0, limit - used)),
        'X-RateLimit-Reset': String((window + 1) * windowSeconds),
      };
      const exceeded =
        used > limit
          ? new ApiError(
              429,
              'rate_limit_exceeded',
              `Exceeded rate limit of ${limit} in ${windowSeconds}_seconds`,
            )
          : undefined;
      return { headers, exceeded };
    },
  });
}
