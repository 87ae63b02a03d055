import { grantTypes } from '../../../../engine/conformance/checks/grant-types.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(grantTypes);

const login = (body: string) =>
  itemsWith().replace(
    /authenticator: .*/,
    `authenticator:
          type: SessionTokenAuthenticator
          session_token_path: [access_token]
          request_authentication: { type: Bearer }
          login_requester:
            type: HttpRequester
            url: https://api.test/token
            http_method: POST
            request_body_data: ${body}`,
  );
const oauth = (fields: string) =>
  itemsWith().replace(
    /authenticator: .*/,
    `authenticator: { type: OAuthAuthenticator, token_refresh_endpoint: "https://api.test/token", client_id: a, client_secret: b, ${fields} }`,
  );

describe('grant-types', () => {
  it('passes for what each grant takes', async () => {
    for (const body of [
      '{ grant_type: refresh_token, refresh_token: x }',
      '{ grant_type: client_credentials, client_id: x, client_secret: y, scope: z }',
      '{ grant_type: password, username: x, password: y }',
      '{ grant_type: account_credentials, account_id: x }',
      '"grant_type=refresh_token&refresh_token={{ config.token }}"',
    ])
      await expectPass(login(body));
    await expectPass(oauth('refresh_token: x'));
    await expectPass(oauth('grant_type: client_credentials'));
  });

  it('finds what belongs to another grant', async () => {
    await expectViolations(login('{ grant_type: client_credentials, refresh_token: x }'), [
      {
        message:
          'The grant type "client_credentials" takes no "refresh_token", which is sent with it: was "refresh_token" meant?',
        at: 'client_credentials',
      },
    ]);
    await expectViolations(login('"grant_type=client_credentials&refresh_token={{ config.token }}"'), [
      { message: /takes no "refresh_token"/ },
    ]);
    await expectViolations(oauth('grant_type: client_credentials, refresh_token: x'), [
      { message: /takes no "refresh_token"/, at: 'client_credentials' },
    ]);
  });

  it('finds what is missing', async () => {
    await expectViolations(login('{ grant_type: refresh_token, client_id: x, client_secret: y }'), [
      {
        message:
          'The grant type "refresh_token" needs a "refresh_token", and none is sent with it: was "client_credentials" meant?',
      },
    ]);
    await expectViolations(login('{ grant_type: authorization_code, username: x, password: y }'), [
      { message: /needs a "code", and none is sent with it: was "password" meant/ },
    ]);
  });

  it('finds a name that no grant has, and two grants in one login', async () => {
    await expectViolations(login('{ grant_type: clientCredentials, client_id: x }'), [
      { message: /No OAuth grant type is called "clientCredentials": was "client_credentials" meant/ },
    ]);
    await expectViolations(
      oauth('grant_type: client_credentials, refresh_request_body: { grant_type: password }'),
      [{ message: /has the grant type "client_credentials" and sends "password" in its body/ }],
    );
  });

  it('finds another part of the answer where the token is meant', async () => {
    const path = (name: string) =>
      login('{ grant_type: password, username: x, password: y }').replace(
        '[access_token]',
        `[data, ${name}]`,
      );
    for (const name of ['access_token', 'sessionId', 'id_token', 'token']) await expectPass(path(name));
    for (const name of ['refresh_token', 'expires_in', 'tokenType'])
      await expectViolations(path(name), [
        { message: /^"session_token_path" takes ".*" of the answer of a login/, at: name },
      ]);
    await expectViolations(oauth('refresh_token: x, access_token_name: refreshToken'), [
      { message: /^"access_token_name" takes "refreshToken"/ },
    ]);
  });
});
