import { type BackoffStrategy, defineHook } from 'manifold-connectors';
import { windowEnd } from './rate-window.ts';

/** After a 429, only the next window of the rate limit helps, and the headers say when it begins. */
export const UntilWindowReset = defineHook('BackoffStrategy', {
  name: 'UntilWindowReset',
  doc: 'Waits until the rate limit window of a 429 is over.',
  fields: () => ({}),
  make(_fields, { sync: { clock } }) {
    return Object.freeze<BackoffStrategy>({
      backoff(outcome) {
        if (!('response' in outcome) || outcome.response.status !== 429) return undefined;
        const { response } = outcome;
        const retryAfter = response.headers.get('retry-after')?.trim() ?? '';
        const now = clock.now();
        const end = windowEnd(response, now);
        if (end !== undefined) return Math.max(0.1, (end - now) / 1000);
        return /^\d+$/.test(retryAfter) ? Number(retryAfter) : undefined;
      },
    });
  },
});
