import { defineHook } from '../../engine/language/component.ts';
import type { ErrorHandler } from '../../engine/language/families.ts';
import { slot } from '../../engine/language/fields.ts';
import type { HttpResponse } from '../../engine/language/http-response.ts';
import { isObject } from '../../engine/util/json.ts';
import { ScrollLost } from './scroll-lost.ts';

/**
 * Never repeats a request of a scroll that may have reached Intercom: the scroll has moved on with it, and the page it
 * answered would be missing. A broken connection therefore loses the scroll, as RESET_PAGINATION of the wrapped handler
 * does; everything else stays as that handler says.
 */
export const ScrollErrorHandler = defineHook('ErrorHandler', {
  name: 'ScrollErrorHandler',
  doc: 'Gives a scroll up, instead of repeating its request, when the request failed.',
  fields: () => ({
    handler: slot('ErrorHandler', 'DefaultErrorHandler').describe(
      'Says which responses lose the scroll (RESET_PAGINATION), and how all others are handled.',
    ),
  }),
  make(fields, scope): ErrorHandler {
    const handler = fields.handler(scope);
    return Object.freeze({
      maxRetries: handler.maxRetries,
      ...(handler.maxTime !== undefined && { maxTime: handler.maxTime }),
      backoff: handler.backoff,
      async resolve(outcome) {
        if ('error' in outcome) throw new ScrollLost(outcome.error.message, outcome.error);
        const resolution = await handler.resolve(outcome);
        if (resolution.action !== 'RESET_PAGINATION') return resolution;
        throw new ScrollLost(
          `Intercom answered ${outcome.response.status}: ${await whatItSaid(outcome.response)}`,
        );
      },
    });
  },
});

/** The message of an error list, or the start of whatever else came. */
async function whatItSaid(response: HttpResponse): Promise<string> {
  const text = await response.text();
  try {
    const body: unknown = JSON.parse(text);
    const [first] = isObject(body) && Array.isArray(body['errors']) ? body['errors'] : [];
    if (isObject(first)) return String(first['message'] ?? first['code'] ?? '');
  } catch {
    // Not JSON: shown as it is.
  }
  return text.slice(0, 200);
}
