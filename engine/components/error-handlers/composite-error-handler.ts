import * as z from 'zod';
import type { ErrorResolution, ResponseAction } from '../../contract/families.ts';
import { component } from '../../language/component.ts';
import { makeDefault, slot } from '../../language/slots.ts';
import { requestNames } from '../../language/template-names.ts';
import { firstWait } from './first-wait.ts';

/** After one of these, no further handler is asked. Other actions hold only when no later handler says one of these. */
const decisive: readonly ResponseAction[] = [
  'SUCCESS',
  'RETRY',
  'IGNORE',
  'RESET_PAGINATION',
  'REDUCE_PAGE_SIZE',
  'SPLIT_REQUEST_WINDOW',
];

/** Asks several error handlers one after the other. */
export const CompositeErrorHandler = component({
  family: 'ErrorHandler',
  type: 'CompositeErrorHandler',
  doc: 'Asks its error handlers in order until one of them knows how to go on.',
  sees: requestNames,
  fields: () => ({
    error_handlers: z
      .array(slot('ErrorHandler', 'DefaultErrorHandler'))
      .min(1, { error: 'at least one error handler is expected' })
      .describe('The handlers, in order.'),
  }),
  make({ error_handlers }, scope) {
    const [first, ...others] = error_handlers;
    const leading = first?.(scope) ?? makeDefault('ErrorHandler', 'DefaultErrorHandler', scope);
    const handlers = [leading, ...others.map((handler) => handler(scope))];
    return {
      maxRetries: leading.maxRetries,
      maxTime: Math.max(...handlers.map(({ maxTime = 0 }) => maxTime)),
      async resolve(outcome): Promise<ErrorResolution> {
        let resolution = await leading.resolve(outcome);
        for (const handler of handlers.slice(1)) {
          if (decisive.includes(resolution.action)) break;
          resolution = await handler.resolve(outcome);
        }
        return resolution;
      },
      backoff: (outcome, attempt, tell) => firstWait(handlers, outcome, attempt, tell),
    };
  },
});
