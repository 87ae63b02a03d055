import type { Authenticator } from '../../contract/families.ts';
import { pythonText } from '../../http/request/request-text.ts';
import { component } from '../../language/component.ts';
import { template } from '../../language/fields.ts';
import { rememberSecret } from './computed-secret.ts';
import { setCredential } from './set-header.ts';

export const BearerAuthenticator = component({
  family: 'Authenticator',
  type: 'BearerAuthenticator',
  doc: 'Sends a fixed token as `Authorization: Bearer <token>`.',
  fields: () => ({
    api_token: template().describe('The token, usually a field of the config.'),
  }),
  traits: () => ({ scheme: 'Bearer', setsHeader: 'Authorization' }),
  make(fields, scope) {
    const apiToken = fields.api_token(scope);
    const isWritten = !fields.api_token.text.includes('{{');
    function token(): string {
      const made = pythonText(apiToken());
      if (!isWritten) rememberSecret(made, scope);
      return made;
    }
    return Object.freeze<Authenticator>({
      token,
      authenticate: (request) => setCredential(request, 'Authorization', `Bearer ${token()}`),
    });
  },
});
