import { ApiError } from './error-list.ts';
import type { JsonObject } from './rows.ts';

export interface OAuthOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Authorization codes that can be exchanged, each once. */
  readonly codes?: readonly string[];
  /** Refresh tokens that are good from the start. */
  readonly refreshTokens?: readonly string[];
  /** A used refresh token is replaced by a new one and never works again. Default false. */
  readonly rotate?: boolean;
  /** Tokens from the endpoint stop working after so many seconds. Default: never. */
  readonly expiresInSeconds?: number;
}

export interface Tokens {
  /** Throws the 401 that a request with this Authorization header gets. */
  check(authorization: string | null, now: number): void;
  /** Answers POST /auth/eagle/token. */
  grant(body: JsonObject, now: number): JsonObject;
}

const unauthorized = (code = 'unauthorized', message = 'Access Token Invalid'): ApiError =>
  new ApiError(401, code, message);

export function createTokens(
  accessTokens: readonly string[],
  oauth?: OAuthOptions,
  revokedTokens: readonly string[] = [],
): Tokens {
  /** Until when (ms) each token is good. */
  const good = new Map<string, number>(accessTokens.map((token) => [token, Number.POSITIVE_INFINITY]));
  const revoked = new Set(revokedTokens);
  const codes = new Set(oauth?.codes);
  const refreshTokens = new Set(oauth?.refreshTokens);
  let made = 0;

  const issue = (now: number, refresh_token: string | undefined): JsonObject => {
    made++;
    const access_token = `access-${made}`;
    const seconds = oauth?.expiresInSeconds;
    good.set(access_token, seconds === undefined ? Number.POSITIVE_INFINITY : now + seconds * 1000);
    return {
      token_type: 'Bearer',
      token: access_token,
      access_token,
      ...(seconds === undefined ? {} : { expires_in: seconds }),
      ...(refresh_token === undefined ? {} : { refresh_token }),
    };
  };
  const newRefreshToken = (): string => {
    const token = `refresh-${made + 1}`;
    refreshTokens.add(token);
    return token;
  };

  return Object.freeze({
    check(authorization: string | null, now: number) {
      const token = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
      if (token === undefined) throw unauthorized();
      if (revoked.has(token)) throw unauthorized('token_revoked', 'Access Token Revoked');
      const until = good.get(token);
      if (until === undefined) throw unauthorized();
      if (now >= until) throw unauthorized('token_expired', 'Access Token Expired');
    },
    grant(body: JsonObject, now: number) {
      if (!oauth || body.client_id !== oauth.clientId || body.client_secret !== oauth.clientSecret) {
        throw unauthorized('unauthorized', 'Client credentials are invalid');
      }
      if (body.grant_type === 'refresh_token') {
        const token = String(body.refresh_token);
        if (!refreshTokens.has(token))
          throw new ApiError(400, 'invalid_grant', 'The refresh token is invalid');
        if (!oauth.rotate) return issue(now, token);
        refreshTokens.delete(token);
        return issue(now, newRefreshToken());
      }
      if (!codes.delete(String(body.code))) throw new ApiError(400, 'invalid_grant', 'The code is invalid');
      return issue(now, newRefreshToken());
    },
  });
}
