import { ApiKeyAuthenticator } from '../../../../engine/components/authenticators/api-key-authenticator.ts';
import { BasicHttpAuthenticator } from '../../../../engine/components/authenticators/basic-http-authenticator.ts';
import { BearerAuthenticator } from '../../../../engine/components/authenticators/bearer-authenticator.ts';
import { NoAuth } from '../../../../engine/components/authenticators/no-auth.ts';
import { SelectiveAuthenticator } from '../../../../engine/components/authenticators/selective-authenticator.ts';
import { emptyParts } from '../../../../engine/contract/request-parts.ts';
import { makeComponent, testScope } from '../../../kit/scope.ts';
import { TestRequestOption } from './option.ts';
import { headersBy } from './request.ts';

const apiToken = "{{ config['api_token'] }}";

describe('NoAuth', () => {
  it('leaves the request as it is', async () => {
    expect(await headersBy(makeComponent(NoAuth, {}))).toEqual({});
  });
});

describe('BearerAuthenticator', () => {
  it('sends the token of the config', async () => {
    const scope = testScope({ config: { api_token: 'abc' } });
    const authenticator = makeComponent(BearerAuthenticator, { api_token: apiToken }, scope);
    expect(await headersBy(authenticator)).toEqual({ Authorization: 'Bearer abc' });
  });

  it('replaces a header of the same name in another case', async () => {
    const authenticator = makeComponent(BearerAuthenticator, { api_token: 'abc' });
    expect(await headersBy(authenticator, { authorization: 'old' })).toEqual({ Authorization: 'Bearer abc' });
  });

  it('reads the config late, because a refresh changes it', async () => {
    const scope = testScope({ config: { api_token: 'abc' } });
    const authenticator = makeComponent(BearerAuthenticator, { api_token: apiToken }, scope);
    scope.sync.updateConfig((draft) => {
      draft.api_token = 'def';
    });
    expect(await headersBy(authenticator)).toEqual({ Authorization: 'Bearer def' });
  });
});

describe('BasicHttpAuthenticator', () => {
  it('joins user name and password', async () => {
    const authenticator = makeComponent(BasicHttpAuthenticator, { username: 'user', password: 'password' });
    expect(await headersBy(authenticator)).toEqual({ Authorization: 'Basic dXNlcjpwYXNzd29yZA==' });
  });

  it('takes an empty password when there is none', async () => {
    const authenticator = makeComponent(BasicHttpAuthenticator, { username: 'usér' });
    const encoded = Buffer.from('usér:', 'utf8').toString('base64');
    expect(await headersBy(authenticator)).toEqual({ Authorization: `Basic ${encoded}` });
  });
});

describe('ApiKeyAuthenticator', () => {
  const into = (inject_into: string) => ({ type: 'RequestOption', inject_into, field_name: 'key' });
  const scope = testScope({ config: { api_token: 'abc' }, components: [TestRequestOption] });

  it('sends the key in the named header', async () => {
    const authenticator = makeComponent(ApiKeyAuthenticator, { api_token: apiToken, header: 'X-Key' }, scope);
    expect(await headersBy(authenticator)).toEqual({ 'X-Key': 'abc' });
  });

  it('sends the key in a header by its request option, on every attempt', async () => {
    const definition = { api_token: apiToken, inject_into: into('header') };
    const authenticator = makeComponent(ApiKeyAuthenticator, definition, scope);
    expect(authenticator.addTo).toBeUndefined();
    expect(await headersBy(authenticator)).toEqual({ key: 'abc' });
  });

  it.each([
    ['request_parameter', { params: { key: 'abc' } }],
    ['body_json', { bodyJson: { key: 'abc' } }],
  ])('puts the key into the %s of the request', async (place, expected) => {
    const definition = { api_token: apiToken, inject_into: into(place) };
    const authenticator = makeComponent(ApiKeyAuthenticator, definition, scope);
    const parts = emptyParts();
    await authenticator.addTo?.(parts);
    expect(parts).toMatchObject(expected);
    expect(await headersBy(authenticator)).toEqual({});
  });

  it('refuses both header and inject_into, and neither', () => {
    expect(() => makeComponent(ApiKeyAuthenticator, { api_token: 'a' }, scope)).toThrow(
      /either "inject_into" or/,
    );
    const both = { api_token: 'a', header: 'X', inject_into: into('header') };
    expect(() => makeComponent(ApiKeyAuthenticator, both, scope)).toThrow(/either "inject_into" or/);
  });
});

describe('SelectiveAuthenticator', () => {
  const definition = {
    authenticator_selection_path: ['auth', 'type'],
    authenticators: {
      token: { type: 'BearerAuthenticator', api_token: 'abc' },
      key: { type: 'ApiKeyAuthenticator', api_token: 'abc' },
    },
  };
  const made = (auth: unknown) =>
    makeComponent(
      SelectiveAuthenticator,
      definition,
      testScope({ config: { auth }, components: [BearerAuthenticator, ApiKeyAuthenticator] }),
    );

  it('makes only the authenticator that the config names', async () => {
    expect(await headersBy(made({ type: 'token' }))).toEqual({ Authorization: 'Bearer abc' });
    expect(() => made({ type: 'key' })).toThrow(/ApiKeyAuthenticator needs/);
  });

  it('says which names there are when the config has another', () => {
    expect(() => made({ type: 'tokn' })).toThrow(
      '"auth.type" in the config is "tokn", and there is no such authenticator. Did you mean "token"?',
    );
  });

  it('says which field of the config is missing', () => {
    expect(() => made({})).toThrow('The config has no "auth.type", which selects the way to authenticate.');
  });
});

describe('what is made of the config', () => {
  const config = { user: 'somebody', api_token: 'abcdefghi' };
  it.each([
    ['Basic', BasicHttpAuthenticator, { username: "{{ config['user'] }}" }, ['c29tZWJvZHk6']],
    ['Bearer', BearerAuthenticator, { api_token: "id:{{ config['user'] }}" }, ['id:somebody']],
    [
      'a key',
      ApiKeyAuthenticator,
      { header: 'K', api_token: "{{ config['api_token'] * 2 }}" },
      ['abcdefghi'.repeat(2)],
    ],
    [
      'a value of the config, of which its spec says what it is',
      BearerAuthenticator,
      { api_token: apiToken },
      [],
    ],
    ['a text of the manifest', BearerAuthenticator, { api_token: 'application/json' }, []],
  ] as const)('%s', async (_, component, fields, secrets) => {
    const scope = testScope({ config });
    await headersBy(makeComponent<'Authenticator'>(component, fields, scope));
    expect(scope.secrets).toEqual(secrets);
  });
});
