import { defineHook } from 'manifold-connectors';
import * as z from 'zod';

/** Waits until the second that a header names. */
export const UntilHeader = defineHook('BackoffStrategy', {
  name: 'UntilHeader',
  fields: () => ({
    header: z.string().default('X-RateLimit-Reset').describe('Header with seconds since the epoch.'),
  }),
  make: ({ header }, { sync: { clock } }) => ({
    backoff(outcome) {
      const reset = 'response' in outcome ? outcome.response.headers.get(header) : undefined;
      return reset === undefined ? undefined : Math.max(0, Number(reset) - clock.now() / 1000);
    },
  }),
});
