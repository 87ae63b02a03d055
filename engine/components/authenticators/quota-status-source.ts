import * as z from 'zod';
import type { QuotaStatusSource as Source } from '../../contract/families.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { pythonText } from '../../http/request/request-text.ts';
import { requestUrl } from '../../http/request/request-url.ts';
import { component } from '../../language/component.ts';
import { template } from '../../language/fields.ts';
import { sendForToken } from './send-for-token.ts';

const what = 'The request for the quota of a token';

export const QuotaStatusSource = component({
  family: 'QuotaStatusSource',
  type: 'QuotaStatusSource',
  doc: 'The endpoint that says how many calls a token has left.',
  fields: () => ({
    url: template().describe('URL of the endpoint.'),
    http_method: z.enum(['GET', 'POST']).default('GET').describe('Method of the request.'),
    request_headers: z.record(z.string(), template()).optional().describe('Further headers of the request.'),
    unavailable_status_codes: z
      .array(z.int())
      .refine((codes) => new Set(codes).size === codes.length, { error: 'each status may stand here once' })
      .optional()
      .describe('Statuses that mean this API counts no calls; never those of a rejected token.'),
  }),
  make(fields, scope) {
    const unavailable = fields.unavailable_status_codes ?? [];
    const url = fields.url(scope);
    const headers = Object.entries(fields.request_headers ?? {}).map(
      ([name, value]) => [name, value(scope)] as const,
    );
    return Object.freeze<Source>({
      async fetch(credentials) {
        const own = Object.fromEntries(headers.map(([name, value]) => [name, pythonText(value())]));
        const request = {
          method: fields.http_method,
          url: requestUrl(pythonText(url()), {}),
          headers: { ...own, ...credentials },
        };
        const response = await sendForToken(request, what, scope, unavailable);
        if (unavailable.includes(response.status)) {
          await response.discard();
          return undefined;
        }
        if (response.status >= 400) {
          await response.discard();
          throw new ConnectorError(`${what} was refused with status ${response.status}.`, {
            kind: 'config_error',
          });
        }
        return response.json();
      },
    });
  },
});
