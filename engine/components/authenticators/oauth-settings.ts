import type { Scope } from '../../contract/scope.ts';
import { pythonText } from '../../http/request/request-text.ts';
import type { Evaluate } from '../../language/fields.ts';
import type { Finding } from '../../language/finding.ts';
import type { OAuthFields } from './oauth-fields.ts';

export interface RejectionRule {
  readonly statuses: readonly number[];
  readonly key: string;
  readonly values: readonly string[];
}

/**
 * The fields, with templates bound to the scope. All are evaluated late: tokens and their config change during a sync.
 */
export function bindOAuth(fields: OAuthFields, scope: Scope) {
  const text = (evaluate: Evaluate) => () => pythonText(evaluate() ?? '');
  const optional = (evaluate: Evaluate | undefined) => (evaluate === undefined ? undefined : text(evaluate));
  const none = () => ({});
  return Object.freeze({
    clientIdName: text(fields.client_id_name(scope)),
    clientId: optional(fields.client_id?.(scope)),
    clientSecretName: text(fields.client_secret_name(scope)),
    clientSecret: optional(fields.client_secret?.(scope)),
    refreshTokenName: text(fields.refresh_token_name(scope)),
    refreshToken: optional(fields.refresh_token?.(scope)),
    endpoint: optional(fields.token_refresh_endpoint?.(scope)),
    accessTokenName: text(fields.access_token_name(scope)),
    accessTokenValue: optional(fields.access_token_value?.(scope)),
    expiresInName: text(fields.expires_in_name(scope)),
    grantTypeName: text(fields.grant_type_name(scope)),
    grantType: text(fields.grant_type(scope)),
    body: fields.refresh_request_body?.(scope) ?? none,
    headers: fields.refresh_request_headers?.(scope) ?? none,
    tokenExpiryDate: optional(fields.token_expiry_date?.(scope)),
    inQuery: fields.send_refresh_request_as_query_params,
    scopes: fields.scopes ?? [],
    expiryIsDate: Boolean(fields.token_expiry_date_format),
    rejection: rejectionRule(fields),
  });
}

export type OAuthSettings = ReturnType<typeof bindOAuth>;

/** What most providers answer to an invalid refresh token (RFC 6749, 5.2). */
const usualRejection: RejectionRule = {
  statuses: [400],
  key: 'error',
  values: ['invalid_grant', 'invalid_permissions'],
};

function rejectionRule(fields: OAuthFields): RejectionRule {
  const { refresh_token_updater: updater } = fields;
  return ruleOf(fields) ?? (updater && ruleOf(updater)) ?? usualRejection;
}

export function* rejectedTwice(fields: OAuthFields): Iterable<Finding> {
  const { refresh_token_updater: updater } = fields;
  if (updater !== undefined && ruleOf(fields) !== undefined && ruleOf(updater) !== undefined) {
    yield {
      message:
        'The refresh_token_error_… fields are set both on the OAuthAuthenticator and on its refresh_token_updater; keep those of the authenticator.',
      at: ['refresh_token_updater'],
    };
  }
}

function ruleOf(
  fields: Pick<
    Partial<OAuthFields>,
    'refresh_token_error_status_codes' | 'refresh_token_error_key' | 'refresh_token_error_values'
  >,
): RejectionRule | undefined {
  const statuses = fields.refresh_token_error_status_codes ?? [];
  const key = fields.refresh_token_error_key ?? '';
  const values = fields.refresh_token_error_values ?? [];
  return statuses.length + key.length + values.length === 0 ? undefined : { statuses, key, values };
}
