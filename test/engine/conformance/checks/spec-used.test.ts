import { specUsed } from '../../../../engine/conformance/checks/spec-used.ts';
import { parseManifest } from '../../../../engine/manifest/parse.ts';
import { harness, manifestWith, oneKey } from '../harness.ts';

const { expectPass, expectNothing, expectViolations } = harness(specUsed);

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

  it('looks at a spec that stands in a file of its own', async () => {
    const { node: specFile } = parseManifest({
      name: 'spec.yaml',
      text: 'connectionSpecification: { type: object, properties: { api_secret: { type: string } } }',
    });
    const reader = (name: string) =>
      manifestWith()
        .replace(/spec:\n(?: .*\n)+/, '')
        .replace('https://api.test/items', `"https://api.test/{{ config.${name} }}"`);
    await expectPass(reader('api_secret'), { specFile });
    await expectViolations(
      reader('region'),
      [
        { message: 'spec.yaml has no "region", so no config has it.', at: 'config.region }}' },
        { message: /^Nothing reads "api_secret"/, at: '' },
      ],
      { specFile },
    );
    await expectNothing(reader('region'));
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
