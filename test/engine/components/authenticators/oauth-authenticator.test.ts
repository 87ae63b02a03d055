import { JwtAuthenticator } from '../../../../engine/components/authenticators/jwt-authenticator.ts';
import { OAuthAuthenticator } from '../../../../engine/components/authenticators/oauth-authenticator.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';
import { type Answers, makeComponent, type TestScope, testScope } from '../../../kit/scope.ts';
import { headersBy, testRequest } from './request.ts';

const start = Date.UTC(2024, 0, 1);
const definition = {
  token_refresh_endpoint: 'https://auth.test/token',
  client_id: 'id',
  client_secret: "{{ config['secret'] }}",
  refresh_token: 'long lived',
};

function scopeWith(answers: Answers, config: JsonObject = { secret: 'shh' }): TestScope {
  return testScope({ now: start, config, answers, components: [JwtAuthenticator] });
}

const tokens = (...names: string[]) =>
  names.map((name) => ({ body: { access_token: name, expires_in: 3600 } }));
const bodyOf = (scope: TestScope, index = 0) => String(scope.requests[index]?.body);

describe('the token request', () => {
  it('is a form with the client and the refresh token', async () => {
    const scope = scopeWith(tokens('one'));
    const authenticator = makeComponent(OAuthAuthenticator, definition, scope);
    expect(await headersBy(authenticator)).toEqual({ Authorization: 'Bearer one' });
    const [request] = scope.requests;
    expect(request?.method).toBe('POST');
    expect(String(request?.url)).toBe('https://auth.test/token');
    expect(request?.headers).toEqual({ 'Content-Type': 'application/x-www-form-urlencoded' });
    expect(bodyOf(scope)).toBe(
      'grant_type=refresh_token&client_id=id&client_secret=shh&refresh_token=long+lived',
    );
    expect(scope.secrets).toEqual(['shh', 'long lived', 'one']);
  });

  it('takes down every credential of the answer, also one that nobody reads', async () => {
    const body = { access_token: 'one', refresh_token: 'rotated-77aa99', token_type: 'bearer-token' };
    const scope = scopeWith([{ body }]);
    await headersBy(makeComponent(OAuthAuthenticator, definition, scope));
    expect(scope.secrets).toEqual(['shh', 'long lived', 'rotated-77aa99', 'one']);
  });

  it('leaves out the refresh token that a client credentials grant does not have', async () => {
    const scope = scopeWith(tokens('one'));
    const { refresh_token: _, ...rest } = definition;
    const fields = { ...rest, grant_type: 'client_credentials', scopes: ['read', 'write'] };
    await headersBy(makeComponent(OAuthAuthenticator, fields, scope));
    expect(bodyOf(scope)).toBe(
      'grant_type=client_credentials&client_id=id&client_secret=shh&scopes=read&scopes=write',
    );
  });

  it('uses the names, fields and headers that the manifest gives', async () => {
    const scope = scopeWith([{ body: { data: { token: 'one', lasts: '60' } } }]);
    const fields = {
      ...definition,
      client_id_name: 'app',
      refresh_token_name: 'refresh',
      grant_type_name: 'grant',
      access_token_name: 'token',
      expires_in_name: 'lasts',
      refresh_request_body: { audience: "{{ config['secret'] }}", app: 'never replaces a standard field' },
      refresh_request_headers: { 'X-Tenant': 't' },
    };
    expect(await headersBy(makeComponent(OAuthAuthenticator, fields, scope))).toEqual({
      Authorization: 'Bearer one',
    });
    expect(bodyOf(scope)).toBe(
      'grant=refresh_token&app=id&client_secret=shh&refresh=long+lived&audience=shh',
    );
    expect(scope.requests[0]?.headers).toMatchObject({ 'X-Tenant': 't' });
  });

  it('does not send the client twice when a header carries it', async () => {
    const scope = scopeWith(tokens('one'));
    const fields = { ...definition, refresh_request_headers: { Authorization: 'Basic aWQ6c2ho' } };
    await headersBy(makeComponent(OAuthAuthenticator, fields, scope));
    expect(bodyOf(scope)).toBe('grant_type=refresh_token&refresh_token=long+lived');
  });

  it('goes into the query string with an empty body when the manifest says so', async () => {
    const scope = scopeWith(tokens('one'));
    const fields = { ...definition, send_refresh_request_as_query_params: true };
    await headersBy(makeComponent(OAuthAuthenticator, fields, scope));
    expect(String(scope.requests[0]?.url)).toBe(
      'https://auth.test/token?grant_type=refresh_token&client_id=id&client_secret=shh&refresh_token=long+lived',
    );
    expect(scope.requests[0]?.body).toBeUndefined();
  });

  it('trades a signed assertion for a token', async () => {
    const scope = scopeWith(tokens('one'));
    const fields = {
      token_refresh_endpoint: 'https://auth.test/token',
      use_profile_assertion: true,
      profile_assertion: { type: 'JwtAuthenticator', secret_key: 'k', algorithm: 'HS256' },
    };
    await headersBy(makeComponent(OAuthAuthenticator, fields, scope));
    expect(bodyOf(scope)).toMatch(
      /^grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=ey[\w-]+\.ey[\w-]+\.[\w-]+$/,
    );
  });
});

describe('the token', () => {
  it('is kept until it expires', async () => {
    const scope = scopeWith(tokens('one', 'two'));
    const authenticator = makeComponent(OAuthAuthenticator, definition, scope);
    await headersBy(authenticator);
    scope.clock.advance(3600 * 1000);
    expect(await headersBy(authenticator)).toEqual({ Authorization: 'Bearer one' });
    scope.clock.advance(1);
    expect(await headersBy(authenticator)).toEqual({ Authorization: 'Bearer two' });
  });

  it('is shared by all streams and fetched once, also when they ask at the same time', async () => {
    const scope = scopeWith(tokens('one', 'two'));
    const [first, second] = [1, 2].map(() => makeComponent(OAuthAuthenticator, definition, scope));
    if (first === undefined || second === undefined) throw new Error('two are made');
    const all = await Promise.all([headersBy(first), headersBy(second), headersBy(first)]);
    expect(all).toEqual(Array(3).fill({ Authorization: 'Bearer one' }));
    expect(scope.requests).toHaveLength(1);
  });

  it('expires at a date when the manifest gives a format', async () => {
    const scope = scopeWith([
      { body: { access_token: 'one', expires_in: '2024-01-01 00:00:10.000000+00:00' } },
      ...tokens('two'),
    ]);
    const fields = { ...definition, token_expiry_date_format: '%Y-%m-%d %H:%M:%S.%f+00:00' };
    const authenticator = makeComponent(OAuthAuthenticator, fields, scope);
    await headersBy(authenticator);
    scope.clock.advance(10_001);
    expect(await headersBy(authenticator)).toEqual({ Authorization: 'Bearer two' });
  });

  it('is good for an hour when the endpoint does not say', async () => {
    const scope = scopeWith([{ body: { access_token: 'one' } }, ...tokens('two')]);
    const authenticator = makeComponent(OAuthAuthenticator, definition, scope);
    await headersBy(authenticator);
    scope.clock.advance(3_600_000);
    expect(await headersBy(authenticator)).toEqual({ Authorization: 'Bearer one' });
    scope.clock.advance(1);
    expect(await headersBy(authenticator)).toEqual({ Authorization: 'Bearer two' });
  });

  it('of the manifest is sent as it is without an endpoint', async () => {
    const scope = scopeWith([]);
    const fields = { client_id: 'id', client_secret: 's', grant_type: 'x', access_token_value: 'fixed' };
    expect(await headersBy(makeComponent(OAuthAuthenticator, fields, scope))).toEqual({
      Authorization: 'Bearer fixed',
    });
  });

  it('of the manifest is sent even if what would obtain another one cannot be evaluated', async () => {
    const broken = '{{ 1 / 0 }}';
    const fields = {
      ...definition,
      client_id: broken,
      client_secret: broken,
      refresh_token: broken,
      refresh_request_body: { extra: broken },
      access_token_value: 'one',
      token_expiry_date: '2024-01-01T00:00:10Z',
    };
    const scope = scopeWith([]);
    const authenticator = makeComponent(OAuthAuthenticator, fields, scope);
    expect(await headersBy(authenticator)).toEqual({ Authorization: 'Bearer one' });
    scope.clock.advance(10_001);
    await expect(headersBy(authenticator)).rejects.toThrow('ZeroDivisionError');
  });

  it('of the manifest is used until its expiry date', async () => {
    const scope = scopeWith(tokens('two'));
    const fields = { ...definition, access_token_value: 'one', token_expiry_date: '2024-01-01T00:00:10Z' };
    const authenticator = makeComponent(OAuthAuthenticator, fields, scope);
    expect(await headersBy(authenticator)).toEqual({ Authorization: 'Bearer one' });
    scope.clock.advance(10_001);
    expect(await headersBy(authenticator)).toEqual({ Authorization: 'Bearer two' });
  });

  it('is replaced once when several requests were rejected with it', async () => {
    const scope = scopeWith(tokens('one', 'two', 'three'));
    const authenticator = makeComponent(OAuthAuthenticator, definition, scope);
    const rejected = testRequest();
    await authenticator.authenticate(rejected);
    await Promise.all([authenticator.refresh?.(rejected), authenticator.refresh?.(rejected)]);
    expect(await headersBy(authenticator)).toEqual({ Authorization: 'Bearer two' });
    await authenticator.refresh?.(rejected);
    expect(await headersBy(authenticator)).toEqual({ Authorization: 'Bearer two' });
  });
});

describe('a token endpoint that fails', () => {
  it('is asked again after 429, 5xx and a broken connection', async () => {
    const scope = scopeWith([
      { status: 503 },
      { status: 429 },
      { error: new Error('connection reset') },
      ...tokens('one'),
    ]);
    expect(await headersBy(makeComponent(OAuthAuthenticator, definition, scope))).toEqual({
      Authorization: 'Bearer one',
    });
    expect(scope.clock.sleeps).toEqual([500, 1000, 2000]);
  });

  it('is given up after five minutes with a transient error', async () => {
    const scope = scopeWith(() => ({ status: 500 }));
    const failure = headersBy(makeComponent(OAuthAuthenticator, definition, scope));
    await expect(failure).rejects.toMatchObject({ kind: 'transient_error' });
    expect(scope.clock.now() - start).toBe(300_000);
  });

  it('that rejects the refresh token asks the user to authenticate again', async () => {
    const body = { error: 'invalid_grant', error_description: 'AADSTS50173: revoked on a day of spring' };
    const scope = scopeWith([{ status: 400, body }]);
    await expect(headersBy(makeComponent(OAuthAuthenticator, definition, scope))).rejects.toMatchObject({
      kind: 'config_error',
      message: expect.stringMatching(/Authenticate this source again.*invalid_grant: AADSTS50173$/),
    });
  });

  it('is read by the rule of the manifest where it has one', async () => {
    const fields = {
      ...definition,
      refresh_token_error_status_codes: [403],
      refresh_token_error_key: 'reason',
      refresh_token_error_values: ['gone'],
    };
    const rejected = scopeWith([{ status: 403, body: { reason: 'gone' } }]);
    await expect(headersBy(makeComponent(OAuthAuthenticator, fields, rejected))).rejects.toThrow(
      /Authenticate this source again/,
    );
    const other = scopeWith([{ status: 400, body: { error: 'invalid_grant' } }]);
    await expect(headersBy(makeComponent(OAuthAuthenticator, fields, other))).rejects.toThrow(
      /refused with status 400/,
    );
  });

  it('that gives no token is an error which names the field', async () => {
    const scope = scopeWith([{ body: { token: 'elsewhere' } }]);
    await expect(headersBy(makeComponent(OAuthAuthenticator, definition, scope))).rejects.toThrow(
      /no access token "access_token"/,
    );
  });
});

describe('refresh_token_updater', () => {
  const updating = { ...definition, refresh_token_updater: {} };
  const credentials = { refresh_token: 'first', access_token: '', token_expiry_date: '' };

  it('keeps tokens and expiry in the config and says that it changed', async () => {
    const body = { access_token: 'one', refresh_token: 'second', expires_in: 60 };
    const config = { secret: 'shh', credentials: { ...credentials } };
    const scope = scopeWith([{ body }], config);
    expect(await headersBy(makeComponent(OAuthAuthenticator, updating, scope))).toEqual({
      Authorization: 'Bearer one',
    });
    expect(bodyOf(scope)).toContain('refresh_token=first');
    expect(scope.config().credentials).toEqual({
      access_token: 'one',
      refresh_token: 'second',
      token_expiry_date: '2024-01-01T00:01:00+00:00',
    });
    expect(config.credentials).toEqual(credentials);
    expect(scope.configChanges()).toBe(1);
  });

  it('uses the token in the config while it is good', async () => {
    const kept = { ...credentials, access_token: 'kept', token_expiry_date: '2024-01-01T00:00:01+00:00' };
    const scope = scopeWith([], { secret: 'shh', credentials: kept });
    expect(await headersBy(makeComponent(OAuthAuthenticator, updating, scope))).toEqual({
      Authorization: 'Bearer kept',
    });
    expect(scope.configChanges()).toBe(0);
  });

  it('keeps the old refresh token when the answer has none, and makes the paths it needs', async () => {
    const config = { secret: 'shh', token: 'first' };
    const scope = scopeWith(tokens('one'), config);
    const refresh_token_updater = {
      access_token_config_path: ['oauth', 'access'],
      refresh_token_config_path: ['token'],
      token_expiry_date_config_path: ['oauth', 'until'],
    };
    await headersBy(makeComponent(OAuthAuthenticator, { ...definition, refresh_token_updater }, scope));
    expect(scope.config()).toEqual({
      secret: 'shh',
      token: 'first',
      oauth: { access: 'one', until: '2024-01-01T01:00:00+00:00' },
    });
  });
});

describe('a manifest that lacks what the flow needs', () => {
  it.each([
    [{ client_id: 'id' }, /both "client_id" and "client_secret"/],
    [{ client_id: 'id', client_secret: 's' }, /needs a "refresh_token"/],
    [{ use_profile_assertion: true }, /needs a "profile_assertion"/],
    [{ refresh_token_updater: {} }, /needs a "token_refresh_endpoint"/],
  ])('is refused: %j', (fields, message) => {
    expect(() => makeComponent(OAuthAuthenticator, fields, scopeWith([]))).toThrow(message);
  });
});
