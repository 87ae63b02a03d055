import * as z from 'zod';
import { createFixedWindow } from '../../http/budget/call-windows.ts';
import { component } from '../../language/component.ts';
import { fixedDuration } from '../../language/field-types/duration.ts';
import { slot } from '../../language/slots.ts';
import { matchedPolicy } from './matched-policy.ts';

/** Until the API says when its window ends, the end is assumed to be far away. */
const unknownReset = 10 * 24 * 3600 * 1000;

/** A number of calls per window; all of them are available again when the next window begins. */
export const FixedWindowCallRatePolicy = component({
  family: 'CallRatePolicy',
  type: 'FixedWindowCallRatePolicy',
  doc: 'Allows a number of calls in each window of time.',
  fields: () => ({
    period: fixedDuration().describe('Length of a window as an ISO 8601 duration.'),
    call_limit: z
      .int()
      .min(1, { error: 'a whole number of at least 1 is expected' })
      .describe('Calls in one window.'),
    matchers: z
      .array(slot('RequestMatcher', 'HttpRequestRegexMatcher'))
      .describe('Which requests it is about; all when empty.'),
  }),
  traits: ({ matchers, call_limit }) => ({ takesAll: matchers.length === 0, allows: call_limit }),
  make({ period, call_limit, matchers }, scope) {
    const { clock } = scope.sync;
    const window = createFixedWindow({
      limit: call_limit,
      period: period.totalSeconds() * 1000,
      resetsAt: clock.now() + unknownReset,
      clock,
    });
    return matchedPolicy(
      matchers.map((matcher) => matcher(scope)),
      window,
      call_limit,
      scope,
      { kind: 'fixed', rate: { limit: call_limit, interval: period.totalSeconds() * 1000 } },
    );
  },
});
