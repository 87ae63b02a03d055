import { specUsed } from '../../../../engine/conformance/checks/spec-used.ts';
import { harness, manifestWith, oneKey } from '../harness.ts';

const { expectPass, expectViolations } = harness(specUsed);

describe('spec-used', () => {
  it('passes when each property is read', async () => {
    await expectPass(
      manifestWith({
        spec: oneKey,
      }).replace('https://api.test/items', '"https://api.test/{{ config.api_key }}"'),
    );
  });

  it('passes with a property that has but one value', async () => {
    await expectPass(
      manifestWith({ spec: '{ type: object, properties: { auth_type: { type: string, const: Client } } }' }),
    );
  });

  it('finds one that nothing reads', async () => {
    await expectViolations(
      manifestWith({
        spec: oneKey,
      }),
      [{ message: /Nothing reads "api_key" of the config/, at: 'api_key' }],
    );
  });

  it('leaves one that is read by a misspelt name to the rule that tells of it', async () => {
    const reader = (name: string) =>
      manifestWith({ spec: oneKey }).replace(
        'https://api.test/items',
        `"https://api.test/{{ config.${name} }}"`,
      );
    await expectPass(reader('api_kye'));
    await expectViolations(reader('region'), [
      { message: /Nothing reads "api_key" of the config/, at: 'api_key' },
    ]);
  });

  it('finds one that only what no stream uses reads', async () => {
    const reader = (url: string) =>
      manifestWith({
        spec: oneKey,
        root: `definitions:\n  requester: { url: "https://api.test/{{ config['api_key'] }}" }`,
      }).replace('{ url: https://api.test/items }', url);
    await expectPass(reader('{ $ref: "#/definitions/requester" }'));
    await expectViolations(reader('{ url: https://api.test/items }'), [
      { message: /Nothing reads "api_key" of the config/, at: 'api_key' },
    ]);
  });
});
