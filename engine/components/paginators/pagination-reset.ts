import * as z from 'zod';
import { component } from '../../language/component.ts';

/**
 * What to do when a response filter says RESET_PAGINATION, or when a slice has given as many records as the API allows.
 */
export const PaginationReset = component({
  family: 'PaginationReset',
  type: 'PaginationReset',
  doc: 'How to start the pagination of a slice anew.',
  fields: () => ({
    action: z
      .enum(['SPLIT_USING_CURSOR', 'RESET'])
      .describe('Start over, or go on from the last cursor value.'),
    limits: z
      .object({ number_of_records: z.int().min(0).optional().describe('Reset after this many records.') })
      .optional()
      .describe('When to reset without being told by the API.'),
  }),
  make: ({ action, limits }) => ({ action, recordLimit: limits?.number_of_records }),
});
