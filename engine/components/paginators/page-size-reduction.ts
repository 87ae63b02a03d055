import * as z from 'zod';
import { component } from '../../language/component.ts';

/** How pages get smaller when a response filter says REDUCE_PAGE_SIZE. */
export const PageSizeReduction = component({
  family: 'PageSizeReduction',
  type: 'PageSizeReduction',
  doc: 'How to request the same page with fewer records when the API finds it too large.',
  fields: () => ({
    reduction_factor: z.number().gt(1).default(2).describe('The page size is divided by this.'),
    minimum_page_size: z.int().min(1).default(1).describe('Pages never get smaller than this.'),
    max_attempts: z
      .int()
      .min(1)
      .default(5)
      .describe('The stream fails after so many reductions without a page in between.'),
    backoff_seconds: z
      .number()
      .min(0)
      .default(0.5)
      .describe('Seconds to wait before the first attempt; each further one waits as much longer.'),
    retries_at_minimum_page_size: z
      .int()
      .min(0)
      .default(0)
      .describe('How often a page that cannot get any smaller is requested again.'),
    failure_message: z.string().optional().describe('What the user reads when nothing has helped.'),
    reset_policy: z
      .enum(['NEVER', 'AFTER_SUCCESSFUL_PAGE'])
      .default('NEVER')
      .describe('Whether the full page size is requested again after a page that could be read.'),
  }),
  traits: (fields) => ({
    reduction: {
      factor: fields.reduction_factor,
      minimum: fields.minimum_page_size,
      maxAttempts: fields.max_attempts,
    },
  }),
  make: (fields) => ({
    factor: fields.reduction_factor,
    minimum: fields.minimum_page_size,
    maxAttempts: fields.max_attempts,
    backoffSeconds: fields.backoff_seconds,
    retriesAtMinimum: fields.retries_at_minimum_page_size,
    failureMessage: fields.failure_message,
    isRestoredAfterPage: fields.reset_policy === 'AFTER_SUCCESSFUL_PAGE',
  }),
});
