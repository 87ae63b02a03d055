import { LegacySessionTokenAuthenticator } from '../../../../engine/components/authenticators/legacy-session-token-authenticator.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';
import { type Answers, makeComponent, testScope } from '../../../kit/scope.ts';
import { headersBy } from './request.ts';

const definition = {
  header: 'X-Session',
  login_url: 'session',
  session_token: "{{ config['session_token'] }}",
  session_token_response_key: 'id',
  username: "{{ config['username'] }}",
  password: "{{ config['password'] }}",
  validate_session_url: 'user/current',
};

function made(config: JsonObject, answers: Answers) {
  const scope = testScope({ config, answers });
  return { scope, authenticator: makeComponent(LegacySessionTokenAuthenticator, definition, scope) };
}

const person = { username: 'user', password: 'pass' };

describe('LegacySessionTokenAuthenticator', () => {
  it('uses the given token once the API has accepted it', async () => {
    const { scope, authenticator } = made({ session_token: 'given' }, [{ body: {} }]);
    expect(await headersBy(authenticator)).toEqual({ 'X-Session': 'given' });
    expect(await headersBy(authenticator)).toEqual({ 'X-Session': 'given' });
    expect(scope.requests).toHaveLength(1);
    expect(String(scope.requests[0]?.url)).toBe('https://api.test/user/current');
    expect(scope.requests[0]?.headers).toEqual({ 'X-Session': 'given' });
  });

  it('logs in when the given token is stale', async () => {
    const { scope, authenticator } = made({ session_token: 'stale', ...person }, [
      { status: 401 },
      { body: { id: 'new' } },
    ]);
    expect(await headersBy(authenticator)).toEqual({ 'X-Session': 'new' });
    expect(scope.requests[1]).toMatchObject({
      method: 'POST',
      body: '{"username":"user","password":"pass"}',
    });
    expect(scope.secrets).toEqual(['new']);
  });

  it('logs in once for requests that come together', async () => {
    const { scope, authenticator } = made(person, [{ body: { id: 'new' } }]);
    await Promise.all([headersBy(authenticator), headersBy(authenticator)]);
    expect(scope.requests).toHaveLength(1);
  });

  it('says what is missing without a token and a user', async () => {
    const { authenticator } = made({}, []);
    await expect(headersBy(authenticator)).rejects.toThrow(/no user name and password/);
  });

  it('says when the login is refused', async () => {
    const { authenticator } = made(person, [{ status: 403 }]);
    await expect(headersBy(authenticator)).rejects.toThrow(
      'The login for a session token failed: status 403.',
    );
  });
});
