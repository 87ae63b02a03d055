import { specSecrets } from '../../../../engine/conformance/checks/spec-secrets.ts';
import { harness, itemsWith, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(specSecrets);

/** A manifest whose only property and authenticator are given. */
function withAuthenticator(property: string, authenticator: string): string {
  return manifestWith({ spec: `type: object\nproperties:\n  ${property}` }).replace(
    '{ url: https://api.test/items }',
    `{ url: https://api.test/items, ${authenticator} }`,
  );
}

describe('spec-secrets', () => {
  it('passes when what is sent as a credential is marked', async () => {
    await expectPass(
      withAuthenticator(
        `pass: { type: string, airbyte_secret: true }`,
        `authenticator: { type: BearerAuthenticator, api_token: "{{ config['pass'] }}" }`,
      ),
    );
  });

  it('passes when one of several parts is marked', async () => {
    await expectPass(
      withAuthenticator(
        `pass: { type: string, airbyte_secret: true }
  user: { type: string }`,
        `request_headers: { Authorization: "{{ config.user }}:{{ config.pass }}" }`,
      ),
    );
  });

  it.each([
    ['by its name', 'api_url: { type: string', 'api_url'],
    ['by its format', 'site: { type: string, format: uri', 'site'],
    ['by its pattern', 'site: { type: string, pattern: "^https://.*$"', 'site'],
    ['of a mailbox', 'email: { type: string', 'email'],
  ])('passes with an address, %s', async (_, property, name) => {
    const basic = `authenticator: { type: BasicHttpAuthenticator, username: "{{ config['${name}'] }}" }`;
    await expectPass(withAuthenticator(`${property} }`, basic));
    const oauth = `authenticator: { type: OAuthAuthenticator, token_refresh_endpoint: "{{ config['${name}'] }}", client_id: a, client_secret: b }`;
    await expectPass(withAuthenticator(`${property}, airbyte_secret: false }`, oauth));
  });

  it('passes with a part of an address that is marked as no secret', async () => {
    await expectPass(
      withAuthenticator(
        'shop: { type: string, airbyte_secret: false }',
        `authenticator: { type: OAuthAuthenticator, token_refresh_endpoint: "https://{{ config['shop'] }}.test/token", client_id: a, client_secret: b }`,
      ),
    );
  });

  it('finds half of a login, as a warning', async () => {
    const oauth = (mark: string) =>
      withAuthenticator(
        `id: { type: string${mark} }
  word: { type: string, airbyte_secret: true }`,
        `authenticator: { type: OAuthAuthenticator, token_refresh_endpoint: "https://api.test/token", client_id: "{{ config['id'] }}", client_secret: "{{ config['word'] }}", grant_type: client_credentials }`,
      );
    await expectPass(oauth(', airbyte_secret: true'));
    await expectViolations(oauth(''), [
      { message: /^"\w+" is sent to log in, beside a secret, and it is not marked/, severity: 'warning' },
    ]);
  });

  it('finds a property that reaches an authenticator', async () => {
    await expectViolations(
      withAuthenticator(
        `pass: { type: string }`,
        `authenticator: { type: BearerAuthenticator, api_token: "{{ config['pass'] }}" }`,
      ),
      [
        {
          message: /"pass" is sent in the field "api_token" of a BearerAuthenticator, so it is a secret/,
          at: '{ type: string }',
          severity: 'error',
        },
      ],
    );
  });

  it('points at the mark that says it is none', async () => {
    await expectViolations(
      withAuthenticator(
        `pass: { type: string, airbyte_secret: false }`,
        `authenticator: { type: BearerAuthenticator, api_token: "{{ config['pass'] }}" }`,
      ),
      [{ message: /"pass" is sent in the field "api_token"/, at: 'false' }],
    );
  });

  it('finds one in a header for credentials, inside of an object', async () => {
    await expectViolations(
      withAuthenticator(
        `login: { type: object, properties: { pass: { type: string } } }`,
        `request_headers: { X-Api-Key: "{{ config.login.pass }}" }`,
      ),
      [{ message: /"login.pass" is sent in the header "X-Api-Key"/, at: '{ type: string }' }],
    );
  });

  it('finds a user name that stands alone', async () => {
    await expectViolations(
      withAuthenticator(
        `user: { type: string }`,
        `authenticator: { type: BasicHttpAuthenticator, username: "{{ config['user'] }}" }`,
      ),
      [{ message: /"user" is sent in the field "username" of a BasicHttpAuthenticator/ }],
    );
  });

  it('finds the customary names, some of them only perhaps secrets', async () => {
    await expectViolations(
      manifestWith({
        spec: `{ type: object, properties: { client_secret: { type: string }, tenant_id: { type: string }, token: { type: boolean } } }`,
      }),
      [
        { message: /"client_secret" has the name of a secret/, severity: 'error' },
        { message: /"tenant_id"/, severity: 'warning' },
      ],
    );
  });

  it.each(['shop_api_key', 'access_key', 'application_key'])(
    'warns of other customary names: %s',
    async (name) => {
      await expectViolations(
        manifestWith({
          spec: `type: object\nproperties:\n  ${name}: { type: string, airbyte_secret: false }`,
        }),
        [
          {
            message: `"${name}" has the name of a secret and is not marked "airbyte_secret".`,
            severity: 'warning',
          },
        ],
      );
    },
  );

  it('finds what is marked as no secret, and is half of a login', async () => {
    const yaml = itemsWith({
      spec: 'token: { type: string, airbyte_secret: true }\nclient_id: { type: string, airbyte_secret: false }',
    }).replace(
      'type: BearerAuthenticator',
      `type: OAuthAuthenticator, token_refresh_endpoint: "https://api.test/token", client_id: "{{ config['client_id'] }}"`,
    );
    await expectViolations(yaml, [
      {
        message: /This is marked as no secret, and an authenticator sends it/,
        at: 'false',
        severity: 'warning',
      },
    ]);
  });

  describe('of a login', () => {
    const login = (property: string, request: string) =>
      withAuthenticator(
        property,
        `authenticator: { type: SessionTokenAuthenticator, session_token_path: [token], request_authentication: { type: Bearer }, login_requester: { type: HttpRequester, url: "https://api.test/login", http_method: POST, ${request} } }`,
      );

    it.each([
      ['request_body_json: { password: "{{ config[\'mine\'] }}", user: me }', 'password'],
      ['request_body_data: { client_secret: "{{ config.mine }}" }', 'client_secret'],
      ['request_body_data: "grant=a&passwd={{ config.mine }}"', 'passwd'],
      [
        'request_body: { type: RequestBodyJsonObject, value: { login: { authToken: "{{ config.mine }}" } } }',
        'authToken',
      ],
      ['request_parameters: { token: "{{ config.mine }}" }', 'token'],
    ])('finds what it sends: %s', async (request, key) => {
      await expectPass(login('mine: { type: string, airbyte_secret: true }', request));
      await expectViolations(login('mine: { type: string }', request), [
        {
          message: `"mine" is sent in "${key}" of a login, so it is a secret: add "airbyte_secret: true", or it is shown in forms and logs.`,
          at: '{ type: string }',
          severity: 'error',
        },
      ]);
    });

    it('passes with what is no secret', async () => {
      const both =
        'request_body_json: { password: "{{ config.word }}", user: "{{ config.mine }}", token: next }';
      await expectPass(login('mine: { type: string }\n  word: { type: string, airbyte_secret: true }', both));
    });

    it('warns of the same key in another request', async () => {
      await expectViolations(
        withAuthenticator(
          'mine: { type: string }',
          'http_method: POST, request_body_json: { token: "{{ config.mine }}" }',
        ),
        [{ message: /"mine" is sent in "token" of a request/, severity: 'warning' }],
      );
    });
  });

  const ofSpec = (properties: string) => manifestWith({ spec: `type: object\nproperties:\n${properties}` });

  it.each(['My Password', 'API key', 'API Key (v2)', 'Consumer Secret', 'Personal Access Token'])(
    'warns of a title: %s',
    async (title) => {
      await expectViolations(ofSpec(`  mine: { type: string, title: "${title}" }`), [
        { message: /^"mine" is shown as ".*", which is a secret, and is not marked/, severity: 'warning' },
      ]);
    },
  );

  it.each([
    'Password Policy',
    'Public API Key',
    'API Key ID',
    'Key',
    'Token Address',
    'Expiry of the API token',
  ])('passes with a title: %s', async (title) => {
    await expectPass(ofSpec(`  mine: { type: string, title: "${title}" }`));
  });

  it('passes with a title of a choice between logins', async () => {
    await expectPass(
      ofSpec(`  login:
    type: object
    oneOf:
      - { title: API Key, properties: { mine: { type: string, airbyte_secret: true } } }
      - { type: object, title: Access Token, properties: { other: { type: string } } }`),
    );
  });

  it.each(['shoppassword', 'shopPassword'])('warns of a name that ends with it: %s', async (name) => {
    await expectViolations(ofSpec(`  ${name}: { type: string }`), [
      {
        message: `"${name}" has the name of a secret and is not marked "airbyte_secret".`,
        severity: 'warning',
      },
    ]);
  });

  it('warns of what is a secret in another branch', async () => {
    const branches = (mark: string) =>
      ofSpec(`  login:
    type: object
    oneOf:
      - { type: object, properties: { mine: { type: string, airbyte_secret: true }, site: { type: string } } }
      - { type: object, properties: { mine: { type: string${mark} }, site: { type: string } } }`);
    await expectPass(branches(', airbyte_secret: true'));
    await expectViolations(branches(''), [
      {
        message: '"login.mine" is not marked "airbyte_secret", and in another branch of the spec it is.',
        at: '{ type: string }',
        severity: 'warning',
      },
    ]);
  });
});
