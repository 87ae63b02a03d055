import * as z from 'zod';
import { component } from '../../language/component.ts';
import { fixedDuration } from '../../language/field-types/duration.ts';

/** How windows are split when a response filter says SPLIT_REQUEST_WINDOW. */
export const RequestWindowSplitting = component({
  family: 'RequestWindowSplitting',
  type: 'RequestWindowSplitting',
  doc: 'How to read a window in smaller ones when the API finds it too large.',
  fields: () => ({
    failure_message: z.string().optional().describe('What the user reads when nothing has helped.'),
    min_split_window: fixedDuration()
      .refine((length) => length.microseconds > 0n, {
        error: 'a duration that is longer than nothing is expected',
      })
      .optional()
      .describe(
        'Windows of this length are not split, as an ISO 8601 duration of days, hours, minutes or seconds.',
      ),
  }),
  make: ({ failure_message, min_split_window }) => ({
    failureMessage: failure_message,
    minimum: min_split_window,
  }),
});
