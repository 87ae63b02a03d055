import * as z from 'zod';
import { component } from '../../language/component.ts';
import { seconds } from '../../language/field-types/seconds.ts';
import { withJitter } from './jitter.ts';

/** Always waits the same time. */
export const ConstantBackoffStrategy = component({
  family: 'BackoffStrategy',
  type: 'ConstantBackoffStrategy',
  doc: 'Waits the same time before every retry.',
  fields: () => ({
    backoff_time_in_seconds: seconds({ min: 0 }).describe('Seconds to wait.'),
    jitter_range_in_seconds: z
      .number()
      .min(0)
      .optional()
      .describe('Adds up to twice as many seconds at random.'),
  }),
  traits: () => ({ alwaysWaits: true }),
  make({ backoff_time_in_seconds: time, jitter_range_in_seconds }, scope) {
    const evaluate = time(scope);
    return { backoff: () => withJitter(evaluate(), jitter_range_in_seconds, scope.sync.random) };
  },
});
