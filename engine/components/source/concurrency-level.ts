import * as z from 'zod';
import { component } from '../../language/component.ts';
import { wholeNumber } from '../../language/field-types/whole-number.ts';

export const ConcurrencyLevel = component({
  family: 'ConcurrencyLevel',
  type: 'ConcurrencyLevel',
  doc: 'How many slices are read at once.',
  fields: () => ({
    default_concurrency: wholeNumber().describe('The level, usually taken from the config.'),
    max_concurrency: z
      .number()
      .int()
      .optional()
      .describe('Upper bound of the level, whatever the config says.'),
  }),
  make({ default_concurrency, max_concurrency }, scope) {
    const level = default_concurrency(scope)();
    return { level: Math.max(1, Math.min(level, max_concurrency ?? level)) };
  },
});
