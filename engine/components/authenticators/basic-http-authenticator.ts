import type { Authenticator } from '../../contract/families.ts';
import { pythonText } from '../../http/request/request-text.ts';
import { component } from '../../language/component.ts';
import { template } from '../../language/fields.ts';
import { rememberSecret } from './computed-secret.ts';
import { setCredential } from './set-header.ts';

export const BasicHttpAuthenticator = component({
  family: 'Authenticator',
  type: 'BasicHttpAuthenticator',
  doc: 'Sends a user name and an optional password by the Basic scheme (RFC 7617).',
  fields: () => ({
    username: template().describe('The user name, or the API key where the API takes it as one.'),
    password: template().optional().describe('The password; empty when left out.'),
  }),
  traits: () => ({ setsHeader: 'Authorization' }),
  make(fields, scope) {
    const username = fields.username(scope);
    const password = fields.password?.(scope);
    function token(): string {
      const user = `${pythonText(username())}:${password ? pythonText(password()) : ''}`;
      const made = Buffer.from(user).toString('base64');
      rememberSecret(made, scope);
      return made;
    }
    return Object.freeze<Authenticator>({
      token,
      authenticate: (request) => setCredential(request, 'Authorization', `Basic ${token()}`),
    });
  },
});
