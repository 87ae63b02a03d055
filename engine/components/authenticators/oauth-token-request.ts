import type { OutgoingRequest } from '../../contract/families.ts';
import type { HttpResponse } from '../../contract/http-response.ts';
import type { Scope } from '../../contract/scope.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { pythonText } from '../../http/request/request-text.ts';
import { encodeForm, requestUrl } from '../../http/request/request-url.ts';
import { isObject, type JsonObject } from '../../util/json/json.ts';
import { loginSecrets } from './login-secrets.ts';
import type { OAuthSettings, RejectionRule } from './oauth-settings.ts';
import { sendForToken } from './send-for-token.ts';
import { headerOf, setHeader } from './set-header.ts';

/** What is exchanged for an access token. */
export type Grant =
  | {
      readonly clientId: string | undefined;
      readonly clientSecret: string | undefined;
      readonly refreshToken: string | undefined;
    }
  | { readonly assertion: string };

const what = 'The request for an OAuth access token';
export const emptyEndpoint = 'The token_refresh_endpoint of the OAuthAuthenticator is empty.';
const assertionGrant = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** Asks the token endpoint and returns its answer as JSON. Throws ConnectorError when there is no usable one. */
export async function requestToken(settings: OAuthSettings, grant: Grant, scope: Scope): Promise<unknown> {
  const findSecrets = loginSecrets(scope.sync, settings.accessTokenName(), settings.refreshTokenName());
  const response = await sendForToken(tokenRequest(settings, grant), what, scope, [], findSecrets);
  if (response.status >= 400) throw await refusal(response, settings.rejection);
  try {
    return await response.json();
  } catch (cause) {
    throw new ConnectorError(`${what} failed: the answer is not JSON.`, { cause });
  }
}

function tokenRequest(settings: OAuthSettings, grant: Grant): OutgoingRequest {
  const endpoint = settings.endpoint?.();
  if (!endpoint) {
    throw new ConnectorError(emptyEndpoint, { kind: 'config_error' });
  }
  const headers = textValues(settings.headers());
  const fields =
    'assertion' in grant ? assertionFields(settings, grant.assertion) : grantFields(settings, headers, grant);
  const form = settings.inQuery ? '' : encodeForm(fields);
  const url = requestUrl(endpoint, settings.inQuery ? fields : {});
  const request: OutgoingRequest = { method: 'POST', url, headers };
  if (form === '') return request;
  if (headerOf(request, 'Content-Type') === undefined) {
    setHeader(request, 'Content-Type', 'application/x-www-form-urlencoded');
  }
  return { ...request, body: form };
}

function assertionFields(settings: OAuthSettings, assertion: string): JsonObject {
  return { [settings.grantTypeName()]: assertionGrant, assertion };
}

/** Providers that take the client from an Authorization header refuse to see it twice. */
function grantFields(
  settings: OAuthSettings,
  headers: Record<string, string>,
  grant: Exclude<Grant, { readonly assertion: string }>,
): JsonObject {
  const fields: JsonObject = { [settings.grantTypeName()]: settings.grantType() };
  if (!Object.hasOwn(headers, 'Authorization')) {
    if (!grant.clientId) {
      throw new ConnectorError('The client_id of the OAuthAuthenticator is empty.', {
        kind: 'config_error',
      });
    }
    fields[settings.clientIdName()] = grant.clientId;
    fields[settings.clientSecretName()] = grant.clientSecret;
  }
  fields[settings.refreshTokenName()] = grant.refreshToken;
  if (settings.scopes.length > 0) fields.scopes = settings.scopes;
  for (const [name, value] of Object.entries(settings.body())) {
    if (!Object.hasOwn(fields, name)) fields[name] = value;
  }
  return fields;
}

function textValues(values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, pythonText(value)]));
}

const longestDetail = 64;
const longestBody = 1000;

/** The message must be the same for the same failure, so it contains only the error codes of the provider. */
async function refusal(response: HttpResponse, rule: RejectionRule): Promise<ConnectorError> {
  const body = await response.text();
  const content = parseObject(body);
  const rejected =
    content !== undefined &&
    rule.statuses.includes(response.status) &&
    rule.values.some((value) => value === content[rule.key]);
  const detail = content === undefined ? '' : errorCodes(content).slice(0, longestDetail);
  const message = rejected
    ? 'The OAuth provider rejected the refresh token: it is invalid, expired or already used. Authenticate this source again in its settings.'
    : `${what} was refused with status ${response.status}. Check the client id, the client secret and the endpoint.`;
  return new ConnectorError(detail === '' ? message : `${message} The provider says: ${detail}`, {
    kind: 'config_error',
    internalMessage: `${what}: status ${response.status}, ${cutOff(body, longestBody)}`,
  });
}

/** The mark says that the last word may be half of one. */
function cutOff(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** `error` of RFC 6749, and the code that Microsoft and others put in front of `error_description`. */
function errorCodes(content: JsonObject): string {
  const { error, error_description: description } = content;
  const code =
    typeof description === 'string' ? /^[A-Za-z]{3,}\d{4,}\b/.exec(description.trim())?.[0] : undefined;
  const name = typeof error === 'string' ? error.split(/\s+/).join(' ').trim() : '';
  return [name, code].filter(Boolean).join(': ');
}
