import type { Scope } from '../../contract/scope.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { pythonText } from '../../http/request/request-text.ts';
import { compileGet } from '../../util/path/dpath.ts';
import { compileSet } from '../../util/path/dpath-set.ts';
import { formatExpiryDate, parseExpiryDate } from './expiry-date.ts';
import type { OAuthFields } from './oauth-fields.ts';
import type { OAuthSettings } from './oauth-settings.ts';
import type { Grant } from './oauth-token-request.ts';

export interface FreshToken {
  readonly accessToken: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  readonly refreshToken: string | undefined;
}

/** Where an access token is kept between requests, and what the next one is obtained with. */
export interface Keeper {
  accessToken(): string | undefined;
  /** Milliseconds since the epoch; undefined when there is no token, or one that has expired. */
  expiresAt(): number | undefined;
  grant(): Promise<Grant> | Grant;
  keep(token: FreshToken): void;
}

/** Keeps the token for this run only. */
export function createMemoryKeeper(settings: OAuthSettings, grant: () => Promise<Grant> | Grant): Keeper {
  let accessToken = settings.accessTokenValue?.() || undefined;
  let expiresAt = initialExpiry(settings.tokenExpiryDate?.());
  return {
    accessToken: () => accessToken,
    expiresAt: () => expiresAt,
    grant,
    keep(token) {
      ({ accessToken, expiresAt } = token);
    },
  };
}

function initialExpiry(date: string | undefined): number | undefined {
  if (date === undefined || date === '') return undefined;
  const parsed = parseExpiryDate(date);
  if (parsed === undefined) {
    throw new ConnectorError(`The token_expiry_date "${date}" is not a date.`, { kind: 'config_error' });
  }
  return parsed;
}

type Updater = NonNullable<OAuthFields['refresh_token_updater']>;

/** Keeps the tokens in the config and tells the platform to store it: a refresh token can be used only once. */
export function createConfigKeeper(settings: OAuthSettings, updater: Updater, scope: Scope): Keeper {
  const { config, sync } = scope;
  const read = (path: readonly string[]) => {
    const value = compileGet(path)(config());
    return value === undefined || value === null ? '' : pythonText(value);
  };
  return {
    accessToken: () => read(updater.access_token_config_path) || undefined,
    expiresAt: () => parseExpiryDate(read(updater.token_expiry_date_config_path)),
    grant: () => ({
      clientId: read(['credentials', 'client_id']) || settings.clientId?.(),
      clientSecret: read(['credentials', 'client_secret']) || settings.clientSecret?.(),
      refreshToken: read(updater.refresh_token_config_path),
    }),
    keep(token) {
      sync.updateConfig((draft) => {
        compileSet(updater.access_token_config_path)(draft, token.accessToken);
        if (token.refreshToken !== undefined)
          compileSet(updater.refresh_token_config_path)(draft, token.refreshToken);
        compileSet(updater.token_expiry_date_config_path)(draft, formatExpiryDate(token.expiresAt));
      });
    },
  };
}
