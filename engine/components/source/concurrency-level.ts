import * as z from 'zod';
import { ConnectorError } from '../../error/connector-error.ts';
import { component } from '../../language/component.ts';
import { numberOrTemplate } from '../../language/fields.ts';

export const ConcurrencyLevel = component({
  family: 'ConcurrencyLevel',
  type: 'ConcurrencyLevel',
  doc: 'How many slices are read at once.',
  fields: () => ({
    default_concurrency: numberOrTemplate().describe('The level, usually taken from the config.'),
    max_concurrency: z
      .number()
      .int()
      .optional()
      .describe('Upper bound of the level, whatever the config says.'),
  }),
  make({ default_concurrency, max_concurrency }, scope) {
    const level = default_concurrency(scope)();
    if (typeof level !== 'number' || !Number.isInteger(level)) {
      throw new ConnectorError(`"default_concurrency" must be an integer, not ${JSON.stringify(level)}.`, {
        kind: 'config_error',
        nodes: [scope.place],
      });
    }
    return { level: Math.max(1, Math.min(level, max_concurrency ?? level)) };
  },
});
