import type { Authenticator, OutgoingRequest } from '../../contract/families.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { pythonText } from '../../http/request/request-text.ts';
import { requestUrl } from '../../http/request/request-url.ts';
import { component } from '../../language/component.ts';
import { type Evaluate, template } from '../../language/fields.ts';
import { isObject } from '../../util/json/json.ts';
import { loginSecrets } from './login-secrets.ts';
import { sendForToken } from './send-for-token.ts';
import { setCredential } from './set-header.ts';

export const LegacySessionTokenAuthenticator = component({
  family: 'Authenticator',
  type: 'LegacySessionTokenAuthenticator',
  doc: 'Deprecated: sends a session token given in the config, or logs in with user name and password.',
  fields: () => ({
    header: template().describe('Name of the header that carries the session token.'),
    login_url: template().describe('Path of the login, after the base URL of the requester.'),
    session_token: template().optional().describe('A session token that is already there.'),
    session_token_response_key: template().describe('Field of the login response that holds the token.'),
    username: template().optional().describe('User name to log in with.'),
    password: template().optional().describe('Password to log in with.'),
    validate_session_url: template().describe('Path that answers 401 when the given session token is stale.'),
  }),
  traits: ({ header }) => ({ setsHeader: header.text }),
  make(fields, scope) {
    const text = (evaluate: Evaluate | undefined) => (evaluate === undefined ? '' : pythonText(evaluate()));
    const header = fields.header(scope);
    const loginPath = fields.login_url(scope);
    const given = fields.session_token?.(scope);
    const tokenKey = fields.session_token_response_key(scope);
    const username = fields.username?.(scope);
    const password = fields.password?.(scope);
    const validatePath = fields.validate_session_url(scope);
    const urlOf = (path: Evaluate, at: OutgoingRequest | undefined) =>
      requestUrl(`${at?.baseUrl?.() ?? ''}${text(path)}`, {});

    async function isValid(token: string, at: OutgoingRequest | undefined): Promise<boolean> {
      const url = urlOf(validatePath, at);
      const request = { method: 'GET', url, headers: { [text(header)]: token } };
      const response = await sendForToken(request, 'Validating the session token', scope);
      await response.discard();
      if (response.status === 401) return false;
      if (response.status < 400) return true;
      throw new ConnectorError(`Validating the session token failed: status ${response.status}.`, {
        kind: 'config_error',
      });
    }

    async function logIn(at: OutgoingRequest | undefined): Promise<string> {
      const request = {
        method: 'POST',
        url: urlOf(loginPath, at),
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ username: text(username), password: text(password) }),
      };
      const key = text(tokenKey);
      const findSecrets = loginSecrets(scope.sync, key);
      const response = await sendForToken(request, 'The login for a session token', scope, [], findSecrets);
      const body = response.status < 400 ? await response.json() : undefined;
      if (!isObject(body) || !Object.hasOwn(body, key)) {
        const reason = response.status < 400 ? `its response has no "${key}"` : `status ${response.status}`;
        throw new ConnectorError(`The login for a session token failed: ${reason}.`, {
          kind: 'config_error',
        });
      }
      return pythonText(body[key]);
    }

    async function fetchToken(at: OutgoingRequest | undefined): Promise<string> {
      const before = text(given);
      if (before !== '' && (await isValid(before, at))) return before;
      if (text(username) === '' || text(password) === '') {
        throw new ConnectorError(
          'The session token is not valid, and there is no user name and password to get a new one.',
          { kind: 'config_error' },
        );
      }
      const token = await logIn(at);
      scope.sync.addSecret(token);
      return token;
    }

    /** One validation or login for all streams. After a failure, the next caller tries again. */
    const key = (at: OutgoingRequest | undefined) =>
      JSON.stringify([
        'legacy session token',
        String(urlOf(loginPath, at)),
        text(given),
        text(username),
        text(password),
        text(tokenKey),
      ]);
    async function token(at?: OutgoingRequest): Promise<string> {
      const store = scope.sync.shared<{ token?: Promise<string> }>(key(at), () => ({}));
      store.token ??= fetchToken(at).catch((error: unknown) => {
        delete store.token;
        throw error;
      });
      return store.token;
    }

    return Object.freeze<Authenticator>({
      token: () => token(),
      async authenticate(request) {
        setCredential(request, text(header), await token(request));
      },
    });
  },
});
