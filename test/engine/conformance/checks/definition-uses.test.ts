import { definitionUses } from '../../../../engine/conformance/checks/definition-uses.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectNothing, expectViolations } = harness(definitionUses);

const streamOf = (refs: string, definitions: string) =>
  manifestWith({ root: `definitions:\n  ${definitions.replaceAll('\n', '\n  ')}` }).replace(
    'requester: { url: https://api.test/items }',
    `requester: { url: https://api.test/items, ${refs} }`,
  );

const login = `login: { type: BearerAuthenticator, api_token: x }`;

describe('definition-uses', () => {
  it('has nothing to look at without definitions', async () => {
    await expectNothing(manifestWith());
  });

  it('passes where something refers to each, to a part of it, or to one that refers to it', async () => {
    await expectPass(streamOf(`authenticator: { $ref: "#/definitions/login" }`, login));
    await expectPass(
      streamOf(
        `authenticator: { type: BearerAuthenticator, api_token: { $ref: "#/definitions/login/api_token" } }`,
        login,
      ),
    );
    await expectPass(
      streamOf(
        `authenticator: { $ref: "#/definitions/login" }`,
        `login: { $ref: "#/definitions/other" }\nother: { type: BearerAuthenticator, api_token: x }`,
      ),
    );
  });

  it('notes what nothing refers to, once', async () => {
    await expectViolations(
      streamOf(
        `authenticator: { $ref: "#/definitions/logins/used" }`,
        `logins:
  used: { type: BearerAuthenticator, api_token: x }
  left: { type: BearerAuthenticator, api_token: y }
pages: { type: NoPagination }`,
      ),
      [
        {
          message:
            'Nothing refers to "logins.left", "pages" of the definitions, so a change there changes nothing.',
          at: '{ type: BearerAuthenticator, api_token: y }',
          severity: 'note',
        },
      ],
    );
  });

  it('counts no use by what is itself without use', async () => {
    await expectViolations(
      streamOf(
        'http_method: GET',
        `login: { $ref: "#/definitions/other" }\nother: { type: BearerAuthenticator, api_token: x }`,
      ),
      [{ message: /^Nothing refers to "login", "other" of the definitions/ }],
    );
  });

  it('counts no use by a field that another stands in place of', async () => {
    const based = (own: string) =>
      streamOf(
        `authenticator: { $ref: "#/definitions/login"${own} }`,
        `login: { type: BearerAuthenticator, api_token: { $ref: "#/definitions/token" } }\ntoken: x`,
      );
    await expectPass(based(''));
    await expectPass(based(', type: BearerAuthenticator'));
    await expectViolations(based(', api_token: y'), [
      { message: 'Nothing refers to "token" of the definitions, so a change there changes nothing.' },
    ]);
  });
});
