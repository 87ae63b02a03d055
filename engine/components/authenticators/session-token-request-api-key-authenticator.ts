import type { SessionTokenAuthentication } from '../../contract/families.ts';
import { pythonText } from '../../http/request/request-text.ts';
import { component } from '../../language/component.ts';
import { template } from '../../language/fields.ts';
import { slot } from '../../language/slots.ts';
import { injectToken } from './inject-token.ts';

export const SessionTokenRequestApiKeyAuthenticator = component({
  family: 'SessionTokenAuthentication',
  type: 'ApiKey',
  doc: 'Sends the session token in a header, a query parameter or the body.',
  fields: () => ({
    inject_into: slot('RequestOption', 'RequestOption').describe(
      'Where in the request the session token goes.',
    ),
    api_token: template()
      .prefault('{{ session_token }}')
      .describe('What is sent; `session_token` in it is the token, as in `Token {{ session_token }}`.'),
  }),
  make(fields, scope) {
    const option = fields.inject_into(scope);
    const apiToken = fields.api_token(scope);
    return Object.freeze<SessionTokenAuthentication>({
      authenticator(sessionToken) {
        const token = async () => pythonText(apiToken({ session_token: await sessionToken() }));
        return { token, ...injectToken(option, token) };
      },
    });
  },
});
