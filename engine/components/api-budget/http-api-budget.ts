import * as z from 'zod';
import { createBudget } from '../../http/budget/budget.ts';
import { component } from '../../language/component.ts';
import { slot } from '../../language/slots.ts';

/** How many calls the API allows, by the manifest's policies and by what its own headers say. */
export const HTTPAPIBudget = component({
  family: 'ApiBudget',
  type: 'HTTPAPIBudget',
  doc: 'Limits how many requests are made in a given time.',
  fields: () => ({
    policies: z
      .array(slot('CallRatePolicy'))
      .describe('The first policy that matches a request decides when it may go out.'),
    ratelimit_reset_header: z
      .string()
      .default('ratelimit-reset')
      .describe('Header that says when calls are back, in seconds since the epoch.'),
    ratelimit_remaining_header: z
      .string()
      .default('ratelimit-remaining')
      .describe('Header that says how many calls are left.'),
    status_codes_for_ratelimit_hit: z
      .array(z.int())
      .default([429])
      .describe('Statuses that mean no calls are left.'),
  }),
  make: (fields, scope) =>
    createBudget({
      load: scope.sync.load,
      policies: fields.policies.map((policy) => policy(scope)),
      resetHeader: fields.ratelimit_reset_header || 'ratelimit-reset',
      remainingHeader: fields.ratelimit_remaining_header || 'ratelimit-remaining',
      rateLimitStatuses:
        fields.status_codes_for_ratelimit_hit.length > 0 ? fields.status_codes_for_ratelimit_hit : [429],
    }),
});
