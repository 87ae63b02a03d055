import * as z from 'zod';
import type { ErrorHandler, ErrorResolution, ResponseAction } from '../../contract/families.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { component } from '../../language/component.ts';
import { slot } from '../../language/slots.ts';
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
  fields: () => ({
    error_handlers: z.array(slot('ErrorHandler', 'DefaultErrorHandler')).describe('The handlers, in order.'),
  }),
  make({ error_handlers }, scope) {
    const handlers = error_handlers.map((handler) => handler(scope));
    const [first] = handlers;
    if (first === undefined) {
      throw new ConnectorError('A CompositeErrorHandler needs at least one error handler.', {
        kind: 'config_error',
        nodes: [scope.place],
      });
    }
    return {
      maxRetries: first.maxRetries,
      maxTime: Math.max(...handlers.map(({ maxTime = 0 }) => maxTime)),
      async resolve(outcome): Promise<ErrorResolution> {
        let resolution = await first.resolve(outcome);
        for (const handler of handlers.slice(1) as readonly ErrorHandler[]) {
          if (decisive.includes(resolution.action)) break;
          resolution = await handler.resolve(outcome);
        }
        return resolution;
      },
      backoff: (outcome, attempt) => firstWait(handlers, outcome, attempt),
    };
  },
});
