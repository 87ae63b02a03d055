import type { Scope } from '../../contract/scope.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { pythonText } from '../../http/request/request-text.ts';
import { parseExpiryDate } from './expiry-date.ts';
import { findInResponse } from './find-in-response.ts';
import { addSecretsIn } from './login-secrets.ts';
import type { FreshToken, Keeper } from './oauth-keeper.ts';
import type { OAuthSettings } from './oauth-settings.ts';
import { requestToken } from './oauth-token-request.ts';
import { singleFlight } from './single-flight.ts';

const defaultLifetimeMs = 60 * 60 * 1000;

export type TokenStore = ReturnType<typeof createTokenStore>;

/**
 * One access token for everyone who shares it. It is obtained when it is needed, by a single request however many ask.
 */
export function createTokenStore(
  keeper: Keeper,
  settings: OAuthSettings,
  updaterTokenName: string | undefined,
  scope: Scope,
) {
  const { clock, addSecret } = scope.sync;

  const isGood = () => {
    const expiresAt = keeper.expiresAt();
    return keeper.accessToken() !== undefined && expiresAt !== undefined && clock.now() <= expiresAt;
  };

  const renew = singleFlight(async () => {
    const grant = await keeper.grant();
    for (const secret of 'assertion' in grant
      ? [grant.assertion]
      : [grant.clientSecret, grant.refreshToken]) {
      if (secret) addSecret(secret);
    }
    const requested =
      updaterTokenName === undefined ? settings : { ...settings, refreshTokenName: () => updaterTokenName };
    const answer = await requestToken(requested, grant, scope);
    addSecretsIn(answer, scope.sync, []);
    const token = readAnswer(answer);
    addSecret(token.accessToken);
    if (token.refreshToken !== undefined) addSecret(token.refreshToken);
    keeper.keep(token);
    return token.accessToken;
  });

  function readAnswer(answer: unknown): FreshToken {
    const name = settings.accessTokenName();
    const accessToken = findInResponse(answer, name);
    if (!accessToken) {
      throw new ConnectorError(`The answer of the OAuth token endpoint has no access token "${name}".`, {
        kind: 'config_error',
      });
    }
    const refreshToken =
      updaterTokenName === undefined ? undefined : findInResponse(answer, updaterTokenName);
    return {
      accessToken: pythonText(accessToken),
      refreshToken:
        refreshToken === undefined || refreshToken === null ? undefined : pythonText(refreshToken),
      expiresAt: expiryOf(findInResponse(answer, settings.expiresInName())),
    };
  }

  function expiryOf(value: unknown): number {
    if (value === undefined || value === null) {
      return isGood() ? (keeper.expiresAt() ?? 0) : clock.now() + defaultLifetimeMs;
    }
    const seconds = Math.trunc(Number(value));
    const expiresAt = settings.expiryIsDate ? parseExpiryDate(value) : clock.now() + seconds * 1000;
    if (expiresAt === undefined || !Number.isFinite(expiresAt)) {
      const expected = settings.expiryIsDate ? 'a date' : 'a number of seconds';
      throw new ConnectorError(
        `"${settings.expiresInName()}" in the answer of the OAuth token endpoint is "${String(value)}", and ${expected} is expected.`,
        { kind: 'config_error' },
      );
    }
    return expiresAt;
  }

  return {
    async token(): Promise<string> {
      const current = keeper.accessToken();
      if (settings.endpoint === undefined) {
        if (current !== undefined) return current;
        throw new ConnectorError(
          'An OAuthAuthenticator without a token_refresh_endpoint needs an access_token_value, and it is empty.',
          { kind: 'config_error' },
        );
      }
      return current !== undefined && isGood() ? current : renew();
    },
    /** Obtains a new token, unless that has already happened since `rejected` was sent. */
    async replace(rejected: string | undefined): Promise<void> {
      if (settings.endpoint === undefined) return;
      if (rejected === undefined || rejected === keeper.accessToken()) await renew();
    },
  };
}
