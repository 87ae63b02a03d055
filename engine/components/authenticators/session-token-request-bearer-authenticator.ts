import type { SessionTokenAuthentication } from '../../contract/families.ts';
import { pythonText } from '../../http/request/request-text.ts';
import { component } from '../../language/component.ts';
import { setCredential } from './set-header.ts';

export const SessionTokenRequestBearerAuthenticator = component({
  family: 'SessionTokenAuthentication',
  type: 'Bearer',
  doc: 'Sends the session token as `Authorization: Bearer <token>`.',
  fields: () => ({}),
  traits: () => ({ setsHeader: 'Authorization' }),
  make: () =>
    Object.freeze<SessionTokenAuthentication>({
      authenticator: (token) => ({
        token,
        async authenticate(request) {
          setCredential(request, 'Authorization', `Bearer ${pythonText(await token())}`);
        },
      }),
    }),
});
