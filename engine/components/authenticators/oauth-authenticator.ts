import type { Authenticator } from '../../contract/families.ts';
import type { Scope } from '../../contract/scope.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { component } from '../../language/component.ts';
import { definitionKey } from '../../language/definition-key.ts';
import type { Finding } from '../../language/finding.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { type OAuthFields, oauthFields } from './oauth-fields.ts';
import { createConfigKeeper, createMemoryKeeper } from './oauth-keeper.ts';
import { bindOAuth, type OAuthSettings, rejectedTwice } from './oauth-settings.ts';
import { emptyEndpoint, type Grant } from './oauth-token-request.ts';
import { createTokenStore, type TokenStore } from './oauth-token-store.ts';
import { headerOf, setCredential } from './set-header.ts';

export const OAuthAuthenticator = component({
  family: 'Authenticator',
  type: 'OAuthAuthenticator',
  doc: 'Sends an OAuth 2.0 access token and obtains a new one when it has expired.',
  fields: oauthFields,
  check: checkFields,
  traits: ({ refresh_token_updater: updater }) => ({
    writesConfig: updater !== undefined,
    asksForTokens: true,
    setsHeader: 'Authorization',
  }),
  make(fields, scope) {
    const settings = bindOAuth(fields, scope);
    refuseMissingToken(fields, settings, scope);
    const assertion = fields.use_profile_assertion ? fields.profile_assertion?.(scope) : undefined;

    async function grant(): Promise<Grant> {
      if (assertion !== undefined) return { assertion: (await assertion.token?.()) ?? '' };
      const clientSecret = settings.clientSecret?.();
      if (!clientSecret) scope.sync.log('WARN', 'The client_secret of the OAuthAuthenticator is empty.');
      return { clientId: settings.clientId?.(), clientSecret, refreshToken: settings.refreshToken?.() };
    }

    const updater = fields.refresh_token_updater;
    const keeper = () =>
      updater ? createConfigKeeper(settings, updater, scope) : createMemoryKeeper(settings, grant);
    let known: TokenStore | undefined;
    const store = () => {
      known ??= scope.sync.shared(storeKey(fields, settings, scope), () =>
        createTokenStore(keeper(), settings, updater?.refresh_token_name, scope),
      );
      return known;
    };
    return Object.freeze<Authenticator>({
      token: () => store().token(),
      async authenticate(request) {
        setCredential(request, 'Authorization', `Bearer ${await store().token()}`);
      },
      async refresh(rejected) {
        const sent = rejected && headerOf(rejected, 'Authorization');
        await store().replace(sent?.startsWith('Bearer ') ? sent.slice('Bearer '.length) : undefined);
      },
    });
  },
});

function* checkFields(fields: OAuthFields): Iterable<Finding> {
  yield* rejectedTwice(fields);
  if (fields.token_refresh_endpoint?.text === '' && fields.access_token_value === undefined)
    yield { message: emptyEndpoint, at: ['token_refresh_endpoint'] };
  if (fields.refresh_token_updater !== undefined) {
    if (fields.token_refresh_endpoint === undefined) {
      yield {
        message: 'An OAuthAuthenticator with a refresh_token_updater needs a "token_refresh_endpoint".',
        at: ['refresh_token_updater'],
      };
    }
    return;
  }
  if (fields.use_profile_assertion) {
    if (fields.profile_assertion === undefined) {
      yield {
        message: 'An OAuthAuthenticator with use_profile_assertion needs a "profile_assertion".',
        at: ['use_profile_assertion'],
      };
    }
    return;
  }
  if (fields.client_id === undefined || fields.client_secret === undefined) {
    yield { message: 'An OAuthAuthenticator needs both "client_id" and "client_secret".' };
  }
  if (fields.grant_type.text === 'refresh_token' && fields.refresh_token === undefined) {
    yield { message: needsRefreshToken };
  }
}

/** The grant type may only be known once there is a config. */
function refuseMissingToken(fields: OAuthFields, settings: OAuthSettings, scope: Scope): void {
  const isOwn = fields.refresh_token_updater !== undefined || fields.use_profile_assertion;
  if (isOwn || fields.refresh_token !== undefined || settings.grantType() !== 'refresh_token') return;
  throw new ConnectorError(needsRefreshToken, { kind: 'config_error', nodes: [scope.place] });
}

const needsRefreshToken =
  'An OAuthAuthenticator with the grant type "refresh_token" needs a "refresh_token".';

/**
 * The same for authenticators that would obtain the same token: the streams of a connector share one. A field that
 * cannot be evaluated matters only to who obtains a token, so here it stands for the place where it is written.
 */
function storeKey(fields: OAuthFields, settings: OAuthSettings, scope: Scope): string {
  const { refresh_token_updater: updater, profile_assertion: assertion } = fields;
  const evaluated = (evaluate: (() => unknown) | undefined): unknown => {
    try {
      return evaluate?.();
    } catch {
      return { writtenAt: definitionKey(scope.node, scope.parameters) };
    }
  };
  const common = [
    'oauth',
    evaluated(settings.endpoint),
    evaluated(settings.grantType),
    settings.scopes,
    evaluated(settings.clientId),
  ];
  // What an updater changes in the config must not be part of the key.
  if (updater !== undefined) return toJsonText([...common, updater]);
  return toJsonText([
    ...common,
    evaluated(settings.body),
    evaluated(settings.headers),
    evaluated(settings.clientSecret),
    evaluated(settings.refreshToken),
    evaluated(settings.accessTokenValue),
    assertion && definitionKey(assertion.node, scope.parameters),
  ]);
}
