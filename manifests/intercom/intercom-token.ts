import {
  type Authenticator,
  ConnectorError,
  defineHook,
  formatExpiryDate,
  isConnectorError,
  isObject,
  type JsonObject,
  type OutgoingRequest,
  parseExpiryDate,
  type Scope,
  sendForToken,
} from 'manifold-connectors';
import * as z from 'zod';

/** A token is renewed this long before it expires, so that it does not expire on the way. */
const marginMs = 60_000;

/**
 * The access token in the config, or one for its OAuth credentials: a refresh token, or the code of a consent screen,
 * which can be exchanged once. The result is kept in the config beside the credentials, and the platform is told:
 * Intercom may replace the refresh token each time.
 */
export const IntercomToken = defineHook('Authenticator', {
  name: 'IntercomToken',
  doc: 'Signs in with an access token, a refresh token or an authorization code.',
  fields: () => ({
    token_endpoint: z
      .string()
      .describe('Path of the endpoint that gives tokens, below the base URL of the requests.'),
  }),
  make(fields, scope) {
    const keeper = scope.sync.shared('intercom: token', () => createKeeper(fields.token_endpoint, scope));
    // A stream has many windows: what was refused for one of them is not asked for the others again.
    let refused: { readonly header: string | undefined; readonly error: unknown } | undefined;
    return Object.freeze<Authenticator>({
      async authenticate(request) {
        const header = `Bearer ${await keeper.token(request)}`;
        if (refused?.header === header) throw refused.error;
        request.headers.Authorization = header;
      },
      async refresh(rejected) {
        try {
          await keeper.renew(rejected);
        } catch (error) {
          if (isConnectorError(error) && error.kind === 'config_error')
            refused = { header: rejected?.headers.Authorization, error };
          throw error;
        }
      },
    });
  },
});

/** Older configs have the credentials at the top level. */
function credentialsOf(config: JsonObject): JsonObject {
  const { credentials: nested } = config;
  return isObject(nested) && Object.keys(nested).length > 0 ? nested : config;
}

interface Keeper {
  token(request: OutgoingRequest): Promise<string>;
  /** Obtains another token, unless the rejected request was sent with an older one than the current. */
  renew(rejected: OutgoingRequest | undefined): Promise<void>;
}

function createKeeper(endpoint: string, scope: Scope): Keeper {
  const { sync } = scope;
  /** What the credentials lack may stand beside them: the platform once wrote the token of a consent screen there. */
  const read = (field: string): string => {
    const config = scope.config();
    const value = credentialsOf(config)[field] ?? config[field];
    return value === undefined || value === null ? '' : String(value).trim();
  };
  let exchange: Promise<void> | undefined;
  /** A refresh token or a code that was refused will not be accepted later. */
  let refusal: ConnectorError | undefined;

  const isExpiring = (): boolean => {
    const expiry = parseExpiryDate(read('token_expiry_date'));
    return expiry !== undefined && expiry - sync.clock.now() < marginMs;
  };

  const grant = (): Record<string, string> | undefined => {
    const [client_id, client_secret] = [read('client_id'), read('client_secret')];
    if (client_id === '' || client_secret === '') return undefined;
    const app = { client_id, client_secret };
    if (read('refresh_token') !== '')
      return { ...app, grant_type: 'refresh_token', refresh_token: read('refresh_token') };
    if (read('code') !== '') return { ...app, grant_type: 'authorization_code', code: read('code') };
    return undefined;
  };

  const keep = (answer: JsonObject, grantType: string | undefined): void => {
    const seconds = Number(answer.expires_in);
    for (const token of [answer.access_token, answer.refresh_token]) if (token) sync.addSecret(String(token));
    sync.updateConfig((draft) => {
      const target = credentialsOf(draft);
      target.access_token = String(answer.access_token);
      if (answer.refresh_token) target.refresh_token = String(answer.refresh_token);
      if (seconds > 0) target.token_expiry_date = formatExpiryDate(sync.clock.now() + seconds * 1000);
      else delete target.token_expiry_date;
      if (grantType === 'authorization_code') delete target.code;
    });
  };

  const obtain = async (request: OutgoingRequest, body: Record<string, string>): Promise<void> => {
    const base = request.baseUrl?.() ?? request.url.origin;
    const response = await sendForToken(
      {
        method: 'POST',
        url: new URL(`${base.replace(/\/$/, '')}${endpoint}`),
        headers: { Accept: 'application/json', 'Content-Type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(body).toString(),
      },
      'The request for an Intercom access token',
      scope,
    );
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.status >= 400 || !isObject(answer) || typeof answer.access_token !== 'string') {
      const message = `Intercom gave no access token for the ${body.grant_type === 'refresh_token' ? 'refresh token' : 'authorization code'} (status ${response.status}${reason(answer)}). Sign in again.`;
      refusal = new ConnectorError(message, { kind: 'config_error' });
      throw refusal;
    }
    keep(answer, body.grant_type);
  };

  /**
   * Everyone who needs a token at the same time shares one exchange: a second one would find its refresh token used.
   */
  const renewed = (request: OutgoingRequest, body: Record<string, string>): Promise<void> => {
    if (refusal !== undefined) return Promise.reject(refusal);
    exchange ??= obtain(request, body).finally(() => {
      exchange = undefined;
    });
    return exchange;
  };

  return {
    async token(request) {
      if (exchange !== undefined) await exchange;
      const have = read('access_token');
      const body = grant();
      if (have === '' && body === undefined)
        throw new ConnectorError(noCredentials, { kind: 'config_error' });
      if (body !== undefined && (have === '' || isExpiring())) await renewed(request, body);
      return read('access_token');
    },
    async renew(rejected) {
      const refused = rejected?.headers.Authorization;
      if (rejected === undefined || (refused !== undefined && refused !== `Bearer ${read('access_token')}`))
        return;
      const body = grant();
      if (body === undefined) throw new ConnectorError(refusedToken, { kind: 'config_error' });
      await renewed(rejected, body);
    },
  };
}

const noCredentials =
  'The config has no credentials for Intercom: give an access token, or client ID and client secret with a refresh token or an authorization code.';
const refusedToken =
  'Intercom refuses the access token. Check that it is valid, that it belongs to the region of the config, and that its app has the permissions that the streams need.';

function reason(answer: unknown): string {
  if (!isObject(answer)) return '';
  const [first] = Array.isArray(answer.errors) ? answer.errors : [];
  const said = isObject(first) ? (first.message ?? first.code) : (answer.error_description ?? answer.error);
  return said === undefined ? '' : `: ${String(said)}`;
}
