import * as z from 'zod';
import type { ErrorResolution, Outcome, ResponseFilter, TellStrategy } from '../../contract/errors.ts';
import { defaultResolution, isOk, success } from '../../http/send/default-error-mapping.ts';
import { defaultMaxRetries, defaultMaxTime } from '../../http/send/send.ts';
import { component } from '../../language/component.ts';
import { wholeNumberOrEmpty } from '../../language/field-types/whole-number.ts';
import { slot } from '../../language/slots.ts';
import { requestNames } from '../../language/template-names.ts';
import { firstWait } from './first-wait.ts';
import { retryAfter } from './retry-after.ts';

async function byFilters(filters: readonly ResponseFilter[], outcome: Outcome): Promise<ErrorResolution> {
  for (const filter of filters) {
    const resolution = await filter.match(outcome);
    if (resolution !== undefined) return resolution;
  }
  return byDefault(outcome);
}

function byDefault(outcome: Outcome): ErrorResolution {
  return 'response' in outcome && isOk(outcome.response) ? success : defaultResolution(outcome);
}

/** Asks its filters in order, then the default meaning of the status. */
export const DefaultErrorHandler = component({
  family: 'ErrorHandler',
  type: 'DefaultErrorHandler',
  doc: 'Decides what a failed request means and how long to wait before it is repeated.',
  sees: requestNames,
  fields: () => ({
    backoff_strategies: z
      .array(slot('BackoffStrategy'))
      .optional()
      .describe(
        'Asked in order how long to wait; Retry-After, or exponential backoff, when none has an answer.',
      ),
    max_retries: wholeNumberOrEmpty({ truncates: true })
      .optional()
      .describe('How often a request is repeated before it has failed.'),
    response_filters: z
      .array(slot('ResponseFilter', 'HttpResponseFilter'))
      .optional()
      .describe('Asked in order what a response means.'),
  }),
  make({ backoff_strategies = [], max_retries, response_filters = [] }, scope) {
    const filters = response_filters.map((filter) => filter(scope));
    const strategies = backoff_strategies.map((slot) => {
      const strategy = slot(scope);
      return {
        async backoff(outcome: Outcome, attempt: number, tell?: TellStrategy) {
          const seconds = await strategy.backoff(outcome, attempt);
          if (seconds) tell?.(slot.node.place);
          return seconds;
        },
      };
    });
    return {
      maxRetries: max_retries?.(scope)() ?? defaultMaxRetries,
      maxTime: defaultMaxTime,
      resolve: (outcome) => (filters.length === 0 ? byDefault(outcome) : byFilters(filters, outcome)),
      async backoff(outcome, attempt, tell) {
        const seconds = await firstWait(strategies, outcome, attempt, tell);
        return seconds ?? retryAfter(outcome, scope.sync.clock.now());
      },
    };
  },
});
