import * as z from 'zod';
import type { Scope } from '../../contract/scope.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { component } from '../../language/component.ts';
import { fieldOf } from '../../manifest/node.ts';
import { parseDuration } from '../../time/duration.ts';
import { PyTimedelta } from '../../time/timedelta.ts';

/** How windows are split when a response filter says SPLIT_REQUEST_WINDOW. */
export const RequestWindowSplitting = component({
  family: 'RequestWindowSplitting',
  type: 'RequestWindowSplitting',
  doc: 'How to read a window in smaller ones when the API finds it too large.',
  fields: () => ({
    failure_message: z.string().optional().describe('What the user reads when nothing has helped.'),
    min_split_window: z
      .string()
      .optional()
      .describe('Windows of this length are not split, as an ISO 8601 duration.'),
  }),
  make: ({ failure_message, min_split_window }, scope) => ({
    failureMessage: failure_message,
    minimum: min_split_window ? fixedLength(min_split_window, scope) : undefined,
  }),
});

/** Months and years have no length that a window could be compared with. */
function fixedLength(text: string, { node }: Scope): PyTimedelta {
  const length = parseDuration(text);
  if (length instanceof PyTimedelta && length.microseconds > 0n) return length;
  throw new ConnectorError(
    `"min_split_window" must be a duration of days, hours, minutes or seconds that is longer than nothing, not "${text}".`,
    { kind: 'config_error', nodes: [(fieldOf(node, 'min_split_window') ?? node).place] },
  );
}
