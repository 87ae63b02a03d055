import { SessionTokenAuthenticator } from '../../../../engine/components/authenticators/session-token-authenticator.ts';
import { SessionTokenRequestApiKeyAuthenticator } from '../../../../engine/components/authenticators/session-token-request-api-key-authenticator.ts';
import { SessionTokenRequestBearerAuthenticator } from '../../../../engine/components/authenticators/session-token-request-bearer-authenticator.ts';
import { component } from '../../../../engine/language/component.ts';
import { type Answers, makeComponent, testScope } from '../../../kit/scope.ts';
import { TestRequestOption } from './option.ts';
import { headersBy, testRequest } from './request.ts';

const Login = component({
  family: 'Requester',
  type: 'HttpRequester',
  doc: 'For tests.',
  fields: () => ({}),
  make: (_, scope) => ({ send: () => scope.sync.http.send(testRequest()) }),
});

const scopeWith = (answers: Answers) =>
  testScope({
    answers,
    components: [
      Login,
      TestRequestOption,
      SessionTokenRequestApiKeyAuthenticator,
      SessionTokenRequestBearerAuthenticator,
    ],
  });

const definition = {
  login_requester: { type: 'HttpRequester' },
  session_token_path: ['result', 'token'],
  request_authentication: { type: 'Bearer' },
};
const sessions = (...tokens: string[]) => tokens.map((token) => ({ body: { result: { token } } }));

describe('SessionTokenAuthenticator', () => {
  it('logs in for every request when no duration is given', async () => {
    const scope = scopeWith(sessions('one', 'two'));
    const authenticator = makeComponent(SessionTokenAuthenticator, definition, scope);
    expect(await headersBy(authenticator)).toEqual({ Authorization: 'Bearer one' });
    expect(await headersBy(authenticator)).toEqual({ Authorization: 'Bearer two' });
    expect(scope.secrets).toEqual(['one', 'two']);
  });

  it('keeps the token for its duration and shares it among streams', async () => {
    const scope = scopeWith(sessions('one', 'two'));
    const fields = { ...definition, expiration_duration: 'PT1H' };
    const [first, second] = [1, 2].map(() => makeComponent(SessionTokenAuthenticator, fields, scope));
    if (first === undefined || second === undefined) throw new Error('two are made');
    expect(await Promise.all([headersBy(first), headersBy(second)])).toEqual(
      Array(2).fill({ Authorization: 'Bearer one' }),
    );
    scope.clock.advance(3_600_000);
    expect(await headersBy(first)).toEqual({ Authorization: 'Bearer one' });
    scope.clock.advance(1);
    expect(await headersBy(second)).toEqual({ Authorization: 'Bearer two' });
  });

  it('logs in again after the token was dropped', async () => {
    const scope = scopeWith(sessions('one', 'two'));
    const fields = { ...definition, expiration_duration: 'P1D' };
    const authenticator = makeComponent(SessionTokenAuthenticator, fields, scope);
    await headersBy(authenticator);
    await authenticator.refresh?.();
    expect(await headersBy(authenticator)).toEqual({ Authorization: 'Bearer two' });
  });

  it('sends the token as the template of an API key says', async () => {
    const scope = scopeWith(sessions('one'));
    const request_authentication = {
      type: 'ApiKey',
      inject_into: { type: 'RequestOption', inject_into: 'header', field_name: 'X-Session' },
      api_token: 'Token {{ session_token }}',
    };
    const authenticator = makeComponent(
      SessionTokenAuthenticator,
      { ...definition, request_authentication },
      scope,
    );
    expect(await headersBy(authenticator)).toEqual({ 'X-Session': 'Token one' });
  });

  it('says where it looked when the login gives no token', async () => {
    const scope = scopeWith([{ body: { result: {} } }]);
    const authenticator = makeComponent(SessionTokenAuthenticator, definition, scope);
    await expect(headersBy(authenticator)).rejects.toThrow('no session token at "result.token"');
  });

  it('refuses a duration that is none', () => {
    const fields = { ...definition, expiration_duration: 'an hour' };
    expect(() => makeComponent(SessionTokenAuthenticator, fields, scopeWith([]))).toThrow(/ISO 8601/);
  });
});
