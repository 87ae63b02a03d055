import type { Authenticator, OutgoingRequest } from '../../../engine/contract/families.ts';
import type { JsonObject } from '../../../engine/util/json/json.ts';
import { IntercomToken } from '../../../manifests/intercom/intercom-token.ts';
import { type Answer, makeComponent, type TestScope, testScope } from '../../kit/scope.ts';

const now = Date.UTC(2024, 0, 1);
const endpoint = 'https://api.eu.intercom.io/auth/eagle/token';
const app = { client_id: 'id', client_secret: 'secret' };

function signIn(config: JsonObject, answers: readonly Answer[] = []) {
  const scope = testScope({ config, answers, now });
  const make = () => makeComponent(IntercomToken, { token_endpoint: '/auth/eagle/token' }, scope);
  return { scope, config, make, authenticator: make() };
}

async function headerOf(authenticator: Authenticator): Promise<OutgoingRequest> {
  const url = new URL('https://api.eu.intercom.io/tags');
  const request = { method: 'GET', url, headers: {}, baseUrl: () => 'https://api.eu.intercom.io/' };
  await authenticator.authenticate(request);
  return request;
}

const sentTo = ({ requests }: TestScope) =>
  requests.map(({ url, body }) => [url.href, Object.fromEntries(new URLSearchParams(String(body)))]);

describe('IntercomToken', () => {
  it.each([
    ['in the credentials', { credentials: { auth_type: 'access_token', access_token: 'abc' } }],
    ['at the top of an older config', { access_token: 'abc', ...app }],
    ['beside empty credentials', { access_token: 'abc', credentials: {} }],
  ])('sends the access token %s', async (_where, config) => {
    const { authenticator, scope } = signIn(config);
    expect((await headerOf(authenticator)).headers).toEqual({ Authorization: 'Bearer abc' });
    expect(scope.requests).toEqual([]);
  });

  it('exchanges a code once, forgets it, and tells the platform what it gave', async () => {
    const credentials: JsonObject = { auth_type: 'oauth', ...app, code: 'c1' };
    const { authenticator, scope, make } = signIn({ credentials }, [
      { body: { token: 't1', access_token: 't1' } },
    ]);
    const other = make();
    const [first, second] = await Promise.all([headerOf(authenticator), headerOf(other)]);
    expect(first.headers.Authorization).toBe('Bearer t1');
    expect(second.headers.Authorization).toBe('Bearer t1');
    expect(sentTo(scope)).toEqual([[endpoint, { ...app, grant_type: 'authorization_code', code: 'c1' }]]);
    expect(scope.config().credentials).toEqual({ auth_type: 'oauth', ...app, access_token: 't1' });
    expect(scope.configChanges()).toBe(1);
    expect(scope.secrets).toContain('t1');
  });

  it('renews a token before it expires, and keeps the new refresh token', async () => {
    const credentials: JsonObject = {
      ...app,
      refresh_token: 'r1',
      access_token: 'old',
      token_expiry_date: new Date(now + 30_000).toISOString(),
    };
    const { authenticator, scope } = signIn({ credentials }, [
      { body: { access_token: 'new', refresh_token: 'r2', expires_in: 3600 } },
    ]);
    expect((await headerOf(authenticator)).headers.Authorization).toBe('Bearer new');
    expect((await headerOf(authenticator)).headers.Authorization).toBe('Bearer new');
    expect(sentTo(scope)).toEqual([[endpoint, { ...app, grant_type: 'refresh_token', refresh_token: 'r1' }]]);
    expect(scope.config().credentials).toMatchObject({
      access_token: 'new',
      refresh_token: 'r2',
      token_expiry_date: '2024-01-01T01:00:00+00:00',
    });
    expect(scope.configChanges()).toBe(1);
    expect(scope.secrets).toEqual(expect.arrayContaining(['new', 'r2']));
  });

  it('leaves a token alone that has time left', async () => {
    const date = new Date(now + 3_600_000).toISOString();
    const { authenticator } = signIn({
      credentials: { ...app, refresh_token: 'r1', access_token: 'good', token_expiry_date: date },
    });
    expect((await headerOf(authenticator)).headers.Authorization).toBe('Bearer good');
  });

  it('renews a refused token once for all requests that were sent with it', async () => {
    const credentials: JsonObject = { ...app, refresh_token: 'r1', access_token: 'old' };
    const { authenticator, scope } = signIn({ credentials }, [{ body: { access_token: 'new' } }]);
    const [one, two] = [await headerOf(authenticator), await headerOf(authenticator)];
    await Promise.all([authenticator.refresh?.(one), authenticator.refresh?.(two)]);
    await authenticator.refresh?.(one);
    expect(scope.requests).toHaveLength(1);
    expect((await headerOf(authenticator)).headers.Authorization).toBe('Bearer new');
    expect(scope.config().credentials).toMatchObject({ access_token: 'new', refresh_token: 'r1' });
  });

  it('says so when a refused token cannot be renewed', async () => {
    const { authenticator } = signIn({ access_token: 'bad' });
    const request = await headerOf(authenticator);
    await expect(authenticator.refresh?.(request)).rejects.toMatchObject({
      kind: 'config_error',
      message: expect.stringContaining('refuses the access token'),
    });
  });

  it('says so when the refresh token is refused, without showing it', async () => {
    const answer = {
      status: 400,
      body: { errors: [{ code: 'invalid_grant', message: 'The refresh token is invalid' }] },
    };
    const { authenticator } = signIn({ credentials: { ...app, refresh_token: 'r1-secret' } }, [answer]);
    const failure: unknown = await headerOf(authenticator).catch((error) => error);
    expect(failure).toMatchObject({
      kind: 'config_error',
      message: expect.stringContaining('token is invalid'),
    });
    expect(String(failure)).not.toContain('r1-secret');
  });

  it('says so when the config has no credentials', async () => {
    await expect(headerOf(signIn({ credentials: app }).authenticator)).rejects.toMatchObject({
      kind: 'config_error',
      message: expect.stringContaining('no credentials'),
    });
  });
});
