import * as z from 'zod';
import { createMovingWindow } from '../../http/budget/call-windows.ts';
import { component } from '../../language/component.ts';
import { fixedDuration } from '../../language/field-types/duration.ts';
import { wholeNumber } from '../../language/field-types/whole-number.ts';
import { slot } from '../../language/slots.ts';
import { matchedPolicy } from './matched-policy.ts';

const rate = () =>
  z.object({
    limit: wholeNumber({ min: 1, truncates: true }).describe('Calls in one interval.'),
    interval: fixedDuration().describe('Length of the interval as an ISO 8601 duration.'),
  });

/** At most a number of calls in any interval of the given lengths, wherever it begins. */
export const MovingWindowCallRatePolicy = component({
  family: 'CallRatePolicy',
  type: 'MovingWindowCallRatePolicy',
  doc: 'Allows a number of calls in any interval of time.',
  fields: () => ({
    rates: z
      .array(rate())
      .min(1, { error: 'at least one rate is expected' })
      .describe('The limits, all of which hold.'),
    matchers: z
      .array(slot('RequestMatcher', 'HttpRequestRegexMatcher'))
      .describe('Which requests it is about; all when empty.'),
  }),
  traits: ({ matchers, rates }) => ({
    takesAll: matchers.length === 0,
    // A limit may be a template.
    allows: Math.min(...rates.map(({ limit }) => Number(limit.text)).filter(Number.isFinite)),
  }),
  make({ rates, matchers }, scope) {
    const callRates = rates.map(({ limit, interval }) => ({
      limit: limit(scope)(),
      interval: interval.totalSeconds() * 1000,
    }));
    return matchedPolicy(
      matchers.map((matcher) => matcher(scope)),
      createMovingWindow(callRates, scope.sync.clock),
      Math.min(...callRates.map(({ limit }) => limit)),
      scope,
      { kind: 'moving', rates: callRates },
    );
  },
});
