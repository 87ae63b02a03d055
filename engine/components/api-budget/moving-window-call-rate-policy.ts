import * as z from 'zod';
import { ConnectorError } from '../../error/connector-error.ts';
import { createMovingWindow } from '../../http/budget/call-windows.ts';
import { component } from '../../language/component.ts';
import { numberOrTemplate } from '../../language/fields.ts';
import { slot } from '../../language/slots.ts';
import { matchedPolicy } from './matched-policy.ts';
import { milliseconds } from './milliseconds.ts';
import { wholeNumber } from './whole-number.ts';

const rate = () =>
  z.object({
    limit: numberOrTemplate().describe('Calls in one interval.'),
    interval: z.string().describe('Length of the interval as an ISO 8601 duration.'),
  });

/** At most a number of calls in any interval of the given lengths, wherever it begins. */
export const MovingWindowCallRatePolicy = component({
  family: 'CallRatePolicy',
  type: 'MovingWindowCallRatePolicy',
  doc: 'Allows a number of calls in any interval of time.',
  fields: () => ({
    rates: z.array(rate()).describe('The limits, all of which hold.'),
    matchers: z
      .array(slot('RequestMatcher', 'HttpRequestRegexMatcher'))
      .describe('Which requests it is about; all when empty.'),
  }),
  make({ rates, matchers }, scope) {
    if (rates.length === 0) {
      throw new ConnectorError('A MovingWindowCallRatePolicy needs at least one rate.', {
        kind: 'config_error',
        nodes: [scope.place],
      });
    }
    const callRates = rates.map(({ limit, interval }) => ({
      limit: wholeNumber(limit(scope)(), 'limit', scope),
      interval: milliseconds(interval, 'interval', scope),
    }));
    return matchedPolicy(
      matchers.map((matcher) => matcher(scope)),
      createMovingWindow(callRates, scope.sync.clock),
      Math.min(...callRates.map(({ limit }) => limit)),
      scope,
    );
  },
});
