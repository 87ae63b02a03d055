import type { RequestOption } from '../../contract/families.ts';
import { pythonText } from '../../http/request/request-text.ts';
import { component } from '../../language/component.ts';
import { template } from '../../language/fields.ts';
import { slot } from '../../language/slots.ts';
import { rememberSecret } from './computed-secret.ts';
import { injectToken } from './inject-token.ts';

export const ApiKeyAuthenticator = component({
  family: 'Authenticator',
  type: 'ApiKeyAuthenticator',
  doc: 'Sends a fixed key in a header, a query parameter or the body.',
  fields: () => ({
    api_token: template().optional().describe('The key, usually a field of the config.'),
    header: template().optional().describe('Name of the header that carries the key; inject_into says more.'),
    inject_into: slot('RequestOption', 'RequestOption')
      .optional()
      .describe('Where in the request the key goes.'),
  }),
  *check({ inject_into, header }) {
    if ((inject_into === undefined) === (header === undefined))
      yield { message: 'An ApiKeyAuthenticator needs either "inject_into" or "header", and not both.' };
  },
  traits: ({ header }) => ({ setsHeader: header?.text }),
  make(fields, scope) {
    const apiToken = fields.api_token?.(scope);
    const header = fields.header?.(scope);
    const option: RequestOption = fields.inject_into?.(scope) ?? {
      inject(value, into) {
        into.headers[pythonText(header?.())] = value;
      },
    };
    const isWritten = fields.api_token?.text.includes('{{') !== true;
    function token(): string {
      const made = apiToken === undefined ? '' : pythonText(apiToken());
      if (!isWritten) rememberSecret(made, scope);
      return made;
    }
    return Object.freeze({ token, ...injectToken(option, token) });
  },
});
