import { specOneof } from '../../../../engine/conformance/checks/spec-oneof.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(specOneof);

describe('spec-oneof', () => {
  it('passes when one constant tells the variants apart', async () => {
    await expectPass(
      manifestWith({
        spec: `type: object
properties:
  login:
    type: object
    oneOf:
      - { title: Token, type: object, properties: { kind: { type: string, const: token }, token: { type: string } } }
      - { title: OAuth, type: object, properties: { kind: { type: string, const: oauth }, id: { type: string } } }`,
      }),
    );
  });

  it('finds variants with the same constant', async () => {
    await expectViolations(
      manifestWith({
        spec: `type: object
properties:
  login:
    type: object
    oneOf:
      - { title: Token, type: object, properties: { kind: { type: string, const: token }, token: { type: string } } }
      - { title: OAuth, type: object, properties: { kind: { type: string, const: token }, id: { type: string } } }`,
      }),
      [{ message: 'Two variants of "login" have the same "kind", "token".', at: 'token }, id' }],
    );
  });

  it('finds variants that share no constant', async () => {
    await expectViolations(
      manifestWith({
        spec: `type: object
properties:
  login:
    type: object
    oneOf:
      - { title: Token, type: object, properties: { type: { type: string, const: token }, token: { type: string } } }
      - { title: OAuth, type: object, properties: { kind: { type: string, const: oauth }, id: { type: string } } }`,
      }),
      [{ message: /share no property with a "const"/ }],
    );
  });

  it('finds a oneOf outside of an object', async () => {
    await expectViolations(
      manifestWith({
        spec: `type: object
properties:
  login:
    type: string
    oneOf:
      - { title: Token, type: object, properties: { kind: { type: string, const: token }, token: { type: string } } }
      - { title: OAuth, type: object, properties: { kind: { type: string, const: oauth }, id: { type: string } } }`,
      }),
      [{ message: '"login" has a "oneOf", so it has to be of the type object.' }],
    );
  });

  it('finds a default that is not the constant', async () => {
    await expectViolations(
      manifestWith({
        spec: `type: object
properties:
  login:
    type: object
    oneOf:
      - { title: Token, type: object, properties: { kind: { type: string, const: token, default: oauth }, token: { type: string } } }
      - { title: OAuth, type: object, properties: { kind: { type: string, const: oauth }, id: { type: string } } }`,
      }),
      [{ message: 'The "default" of "kind" has to be its "const", "token".', at: 'oauth' }],
    );
  });
});
