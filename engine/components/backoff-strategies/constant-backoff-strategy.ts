import * as z from 'zod';
import { component } from '../../language/component.ts';
import { template } from '../../language/fields.ts';
import { secondsOf, withJitter } from './seconds.ts';

/** Always waits the same time. */
export const ConstantBackoffStrategy = component({
  family: 'BackoffStrategy',
  type: 'ConstantBackoffStrategy',
  doc: 'Waits the same time before every retry.',
  fields: () => ({
    backoff_time_in_seconds: z.union([z.number().min(0), template()]).describe('Seconds to wait.'),
    jitter_range_in_seconds: z
      .number()
      .min(0)
      .optional()
      .describe('Adds up to twice as many seconds at random.'),
  }),
  traits: () => ({ alwaysWaits: true }),
  make({ backoff_time_in_seconds: time, jitter_range_in_seconds }, scope) {
    const evaluate = typeof time === 'number' ? () => time : time(scope);
    return {
      backoff: () =>
        withJitter(
          secondsOf(evaluate(), 'backoff_time_in_seconds', scope),
          jitter_range_in_seconds,
          scope.sync.random,
        ),
    };
  },
});
