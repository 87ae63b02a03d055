import { specRequired } from '../../../../engine/conformance/checks/spec-required.ts';
import { parseManifest } from '../../../../engine/manifest/parse.ts';
import { harness, manifestWith, oneKey } from '../harness.ts';

const { expectPass, expectNothing, expectViolations } = harness(specRequired);

describe('spec-required', () => {
  it('passes when a config without it is refused', async () => {
    await expectPass(
      manifestWith({
        spec: oneKey,
      }),
    );
  });

  it('leaves a spec in a file of its own to who starts the connector', async () => {
    const { node: specFile } = parseManifest({
      name: 'spec.yaml',
      text: `connectionSpecification: ${JSON.stringify({ type: 'object', required: ['api_key'], properties: { api_key: { type: 'string' } } })}`,
    });
    await expectNothing(manifestWith().replace(/spec:\n(?: .*\n)+/, ''), { specFile });
  });

  it('finds a field that is only said to be required', async () => {
    await expectViolations(
      manifestWith({
        spec: oneKey,
      }).replace(
        '  type: Spec\n',
        `  type: Spec
  config_normalization_rules:
    type: ConfigNormalizationRules
    config_migrations:
      - type: ConfigMigration
        transformations: [{ type: ConfigAddFields, fields: [{ type: AddedFieldDefinition, path: [api_key], value: none }] }]
`,
      ),
      [{ message: /"api_key" is required, and a config without it is taken/, at: 'api_key' }],
    );
  });
});
