import { setupServer } from 'msw/node';
import { defaultAccessToken } from './intercom.ts';
import { intercomHandlers } from './intercom-handlers.ts';
import { simulate } from './simulate.ts';
import { createWorkspace } from './workspace.ts';

describe('authentication', () => {
  it('refuses a wrong or missing token with an error.list', async () => {
    const { get } = simulate();
    for (const Authorization of ['Bearer wrong', '']) {
      const { status, body } = await get('/me', { Authorization });
      expect(status).toBe(401);
      expect(body).toEqual({
        type: 'error.list',
        request_id: expect.any(String),
        errors: [{ code: 'unauthorized', message: 'Access Token Invalid' }],
      });
    }
  });

  it('says that a token was revoked', async () => {
    const { get } = simulate({ revokedTokens: ['old'] });
    expect((await get('/me', { Authorization: 'Bearer old' })).code).toBe('token_revoked');
  });

  it('exchanges a code once', async () => {
    const { get, post } = simulate({ oauth: { clientId: 'id', clientSecret: 'secret', codes: ['code'] } });
    const exchange = () =>
      post('/auth/eagle/token', { client_id: 'id', client_secret: 'secret', code: 'code' });
    const { body } = await exchange();
    expect(body).toMatchObject({ token_type: 'Bearer', access_token: expect.any(String) });
    expect((await get('/me', { Authorization: `Bearer ${body.access_token}` })).status).toBe(200);
    expect((await exchange()).status).toBe(400);
    expect(
      (await post('/auth/eagle/token', { client_id: 'id', client_secret: 'no', code: 'code' })).status,
    ).toBe(401);
  });

  it('rotates refresh tokens and lets access tokens expire', async () => {
    const oauth = {
      clientId: 'id',
      clientSecret: 's',
      refreshTokens: ['first'],
      rotate: true,
      expiresInSeconds: 60,
    };
    const { get, post, pass } = simulate({ oauth });
    const refresh = (refresh_token: unknown) =>
      post('/auth/eagle/token', {
        client_id: 'id',
        client_secret: 's',
        grant_type: 'refresh_token',
        refresh_token,
      });
    const { body } = await refresh('first');
    expect(body.expires_in).toBe(60);
    expect((await refresh('first')).code).toBe('invalid_grant');
    expect((await refresh(body.refresh_token)).status).toBe(200);
    pass(61);
    expect((await get('/me', { Authorization: `Bearer ${body.access_token}` })).code).toBe('token_expired');
  });
});

describe('versions, plans and scopes', () => {
  it('knows the versions that exist', async () => {
    const { get } = simulate();
    expect((await get('/me', { 'Intercom-Version': '2.99' })).code).toBe('intercom_version_invalid');
    expect((await get('/me', { 'Intercom-Version': 'Preview' })).status).toBe(200);
  });

  it('does not have an endpoint before its version', async () => {
    const { get } = simulate();
    const { status, body } = await get('/conversations/deleted', { 'Intercom-Version': '2.15' });
    expect(status).toBe(400);
    const message = 'Requested resource is not available in current API version.';
    expect(body.errors).toEqual([{ code: 'intercom_version_invalid', message }]);
    expect((await get('/conversations/deleted', { 'Intercom-Version': '2.16' })).status).toBe(200);
  });

  it('says what the plan or the token does not allow', async () => {
    const { get, post } = simulate({
      version: '2.16',
      plan: { activeSubscription: false },
      missingScopes: ['read_conversations'],
    });
    const restricted = await post('/conversations/search', {
      query: { field: 'id', operator: '=', value: '1' },
    });
    expect([restricted.status, restricted.code]).toEqual([403, 'api_plan_restricted']);
    const forbidden = await get('/macros');
    expect([forbidden.status, forbidden.code]).toEqual([403, 'forbidden']);
  });

  it('answers 404 to paths it does not know', async () => {
    expect((await simulate().get('/nowhere')).status).toBe(404);
  });
});

describe('the rate limit', () => {
  it('counts down in windows of ten seconds and answers 429 beyond', async () => {
    const { get, pass } = simulate({ rateLimit: 2 });
    const first = await get('/tags');
    expect(first.headers.get('x-ratelimit-limit')).toBe('2');
    expect(first.headers.get('x-ratelimit-remaining')).toBe('1');
    expect(first.headers.get('x-ratelimit-reset')).toBe(String(Date.parse('2025-06-15T12:00:10Z') / 1000));
    await get('/tags');
    const third = await get('/tags');
    expect([third.status, third.code]).toEqual([429, 'rate_limit_exceeded']);
    expect(third.headers.get('x-ratelimit-remaining')).toBe('0');
    pass(10);
    expect((await get('/tags')).status).toBe(200);
  });
});

it('works behind setupServer for the origins of Intercom', async () => {
  const server = setupServer(...intercomHandlers(createWorkspace()));
  server.listen({ onUnhandledRequest: 'error' });
  try {
    const headers = { Authorization: `Bearer ${defaultAccessToken}` };
    expect((await fetch('https://api.eu.intercom.io/teams', { headers })).status).toBe(200);
  } finally {
    server.close();
  }
});
