import { authenticatorChoices } from '../../../../engine/conformance/checks/authenticator-choices.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectNothing, expectViolations } = harness(authenticatorChoices);

const variants = `type: object
properties:
  login:
    oneOf:
      - { type: object, properties: { kind: { type: string, const: token } } }
      - { type: object, properties: { kind: { type: string, const: basic } } }`;

const chosen = (names: readonly string[], spec = variants) =>
  manifestWith({ spec }).replace(
    '{ url: https://api.test/items }',
    `{ url: https://api.test/items, authenticator: { type: SelectiveAuthenticator, authenticator_selection_path: [login, kind], authenticators: { ${names.map((name) => `${name}: { type: NoAuth }`).join(', ')} } } }`,
  );

const inEnum =
  'type: object\nproperties: { login: { type: object, properties: { kind: { type: string, enum: [token, basic] } } } }';
const anyText =
  'type: object\nproperties: { login: { type: object, properties: { kind: { type: string } } } }';

describe('authenticator-choices', () => {
  it('passes where each choice has its authenticator', async () => {
    await expectPass(chosen(['token', 'basic']));
    await expectPass(chosen(['basic', 'token'], inEnum));
    await expectNothing(chosen(['other'], anyText));
  });

  it.each([variants, inEnum])('finds a name that no config chooses', async (spec) => {
    await expectViolations(chosen(['tokn', 'basic'], spec), [
      {
        message:
          'No config chooses "tokn": "login.kind" is "token", "basic" by the spec. Did you mean "token"?',
        at: 'tokn',
      },
    ]);
  });

  it('finds a choice without an authenticator', async () => {
    await expectViolations(chosen(['token']), [
      { message: /A config whose "login\.kind" is "basic" is allowed by the spec, and there is no/ },
    ]);
  });
});
