import * as z from 'zod';
import { component } from '../../language/component.ts';
import { seconds } from '../../language/field-types/seconds.ts';
import { withJitter } from './jitter.ts';

/** Seconds. */
const defaultFactor = 5;

/** Doubles the wait with every attempt. */
export const ExponentialBackoffStrategy = component({
  family: 'BackoffStrategy',
  type: 'ExponentialBackoffStrategy',
  doc: 'Waits factor × 2^attempt seconds.',
  fields: () => ({
    factor: seconds()
      .optional()
      .describe('Seconds that are doubled with every attempt; 5 by default, also in place of 0.'),
    jitter_range_in_seconds: z
      .number()
      .min(0)
      .optional()
      .describe('Adds up to twice as many seconds at random.'),
  }),
  traits: () => ({ alwaysWaits: true }),
  make({ factor, jitter_range_in_seconds }, scope) {
    const evaluate = factor?.(scope) ?? (() => defaultFactor);
    return {
      backoff: (_outcome, attempt) =>
        withJitter((evaluate() || defaultFactor) * 2 ** attempt, jitter_range_in_seconds, scope.sync.random),
    };
  },
});
