import { credentialsSent } from '../../../../engine/conformance/checks/credentials-sent.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(credentialsSent);

const login = (authenticator: string) =>
  itemsWith().replace(/authenticator: .*/, `authenticator: { ${authenticator} }`);

const key = (where: string, name: string) =>
  login(
    `type: ApiKeyAuthenticator, api_token: "{{ config['token'] }}", inject_into: { type: RequestOption, inject_into: ${where}, field_name: ${name} }`,
  );

describe('credentials-sent', () => {
  it('passes for credentials in their places', async () => {
    await expectPass(itemsWith());
    await expectPass(key('header', 'X-Api-Key'));
    await expectPass(key('request_parameter', 'api_key'));
    await expectPass(login(`type: BasicHttpAuthenticator, username: "{{ config['token'] }}"`));
  });

  it('finds a login without the name of its scheme', async () => {
    const header = (token: string) =>
      login(`type: ApiKeyAuthenticator, header: Authorization, api_token: "${token}"`);
    await expectPass(header("{{ config['token'] }}"));
    await expectPass(header("Token token={{ config['token'] }}"));
    await expectViolations(header("token={{ config['token'] }}"), [
      { message: /here it begins with the parameter "token"/, at: `"token={{ config['token'] }}"` },
    ]);
  });

  it('finds a header that is sent as a parameter, and a key in the body of a GET', async () => {
    await expectViolations(key('request_parameter', 'X-Api-Key'), [
      {
        message: /"X-Api-Key" is the name of a header by its form, and is sent as a parameter of the URL/,
        at: 'request_parameter',
      },
    ]);
    await expectViolations(key('body_json', 'api_key'), [
      {
        message: 'The credential "api_key" is sent in the body of a GET request, which servers leave unread.',
        at: 'body_json',
      },
    ]);
  });

  it('finds values that are swapped', async () => {
    await expectViolations(
      login(
        `type: BasicHttpAuthenticator, username: "{{ config['password'] }}", password: "{{ config['username'] }}"`,
      ),
      [
        { message: '"username" is given "password" of the config: are two of them swapped?' },
        { message: '"password" is given "username" of the config: are two of them swapped?' },
      ],
    );
  });

  it('finds the one request of an address that has none', async () => {
    const logged = `authenticator: { type: BearerAuthenticator, api_token: "{{ config['token'] }}" }`;
    const streams = (...all: readonly string[]) => `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [s0] }
streams:
${all
  .map(
    (login, index) => `  - type: DeclarativeStream
    name: s${index}
    retriever:
      type: SimpleRetriever
      requester:
        type: HttpRequester
        url_base: https://api.test/v1
        path: /s${index}
        ${login}
      record_selector: { extractor: { type: DpathExtractor, field_path: [data] } }
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: {} } }`,
  )
  .join('\n')}
`;
    await expectPass(streams(logged, logged, logged));
    await expectPass(streams(logged, '', ''));
    await expectPass(streams(logged, logged, `request_headers: { X-Token: "{{ config['token'] }}" }`));
    await expectViolations(streams(logged, logged, `request_parameters: { q: "{{ config['query'] }}" }`), [
      {
        message:
          'Stream "s2" sends no credential, and all 2 others that ask the same address do: is its "authenticator" missing?',
        stream: 's2',
      },
    ]);
  });

  it('finds a word that is written twice', async () => {
    await expectViolations(login(`type: BearerAuthenticator, api_token: "Bearer {{ config['token'] }}"`), [
      {
        message:
          'A BearerAuthenticator writes "Bearer" before the token, so a "Bearer" of its own stands there too.',
      },
    ]);
  });

  it('finds requests without any credential', async () => {
    await expectViolations(itemsWith().replace(/ +authenticator: .*\n/, ''), [
      {
        message: /Requests to this address have no credential: nothing reads "token" of the config/,
        at: '"https://api.test/items"',
      },
    ]);
  });

  it('finds credentials that are swapped in what a requester writes by itself', async () => {
    const sent = (id: string) =>
      itemsWith({
        requester: `http_method: POST\nrequest_body_json: { client_id: "{{ config['${id}'] }}" }`,
      });
    await expectPass(sent('client_id'));
    await expectViolations(sent('client_secret'), [
      { message: '"client_id" is given "client_secret" of the config: are two of them swapped?' },
    ]);
  });

  it('finds a secret in an address that the authenticator sends, too', async () => {
    await expectViolations(itemsWith({ path: "/items?key={{ config['token'] }}" }), [
      {
        message:
          '"token" of the config is a secret and a part of this address, which servers log; the authenticator of the request sends it, too.',
      },
    ]);
    await expectPass(itemsWith({ path: "/items/{{ config['start_date'] }}" }));
  });
});
