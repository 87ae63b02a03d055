import * as z from 'zod';
import type { FilterCriterion } from '../../contract/errors.ts';
import type { HttpResponse } from '../../contract/http-response.ts';
import { pythonText } from '../../http/request/request-text.ts';
import { responseTemplateContext } from '../../http/request/response-context.ts';
import { defaultErrorMapping } from '../../http/send/default-error-mapping.ts';
import { printable } from '../../http/send/describe-exchange.ts';
import { apiErrorMessage } from '../../http/send/error-message.ts';
import { component } from '../../language/component.ts';
import { condition, template } from '../../language/fields.ts';
import { responseNames } from '../../language/template-names.ts';

/** Matches responses by status, by a predicate or by the API's error message; one of them is enough. */
export const HttpResponseFilter = component({
  family: 'ResponseFilter',
  type: 'HttpResponseFilter',
  doc: 'Says what to do with the responses it matches.',
  sees: responseNames,
  fields: () => ({
    action: z
      .enum([
        'SUCCESS',
        'FAIL',
        'RETRY',
        'IGNORE',
        'RESET_PAGINATION',
        'REDUCE_PAGE_SIZE',
        'SPLIT_REQUEST_WINDOW',
        'RATE_LIMITED',
        'REFRESH_TOKEN_THEN_RETRY',
      ])
      .optional()
      .describe('What to do with a response that matches.'),
    failure_type: z
      .enum(['system_error', 'config_error', 'transient_error'])
      .optional()
      .describe('Whose fault it is when the action is FAIL.'),
    error_message: template().optional().describe('What the user reads.'),
    error_message_contains: z
      .string()
      .optional()
      .describe('Matches when the message of the API contains this.'),
    http_codes: z
      .array(z.int())
      .refine((codes) => new Set(codes).size === codes.length, {
        error: 'every status may be listed once only',
      })
      .optional()
      .describe('Matches responses with one of these statuses.'),
    predicate: condition().optional().describe('Matches when this is true of "response" and "headers".'),
  }),
  traits: ({ action }) => ({ action }),
  make({ action, failure_type, error_message, error_message_contains, http_codes = [], predicate }, scope) {
    const statuses = new Set(http_codes);
    const message = error_message?.(scope);
    const holds = predicate?.(scope);

    async function matches(response: HttpResponse): Promise<FilterCriterion | undefined> {
      if (statuses.has(response.status)) return 'http_codes';
      // In this language, a predicate sees no config.
      if (holds?.({ ...(await responseTemplateContext(response)), config: null })) return 'predicate';
      if (!error_message_contains) return undefined;
      const message = await apiErrorMessage(response);
      return message?.includes(error_message_contains) === true ? 'error_message_contains' : undefined;
    }

    return {
      async match(outcome) {
        // Without an action, a match would mean nothing.
        if (!('response' in outcome) || action === undefined) return undefined;
        const { response } = outcome;
        const by = await matches(response);
        if (by === undefined) return undefined;
        const known = defaultErrorMapping.get(response.status);
        const own = message?.(await responseTemplateContext(response));
        const isOwnMessage = own !== undefined && own !== null && own !== '';
        const text = isOwnMessage ? printable(pythonText(own)) : known?.message;
        return {
          action,
          matched: { place: scope.place, by },
          failureType: (action === 'FAIL' && failure_type) || (known?.failureType ?? 'system_error'),
          ...(text && { message: text, isOwnMessage }),
        };
      },
    };
  },
});
