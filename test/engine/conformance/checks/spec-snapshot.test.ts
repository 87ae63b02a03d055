import { specSnapshot } from '../../../../engine/conformance/checks/spec-snapshot.ts';
import { parseManifest } from '../../../../engine/manifest/parse.ts';
import { harness, manifestWith, oneKey } from '../harness.ts';

const { expectPass, expectViolations } = harness(specSnapshot);

function file(text: string) {
  return parseManifest({ name: 'spec.json', text }).node;
}

describe('spec-snapshot', () => {
  it('passes when the file says the same', async () => {
    await expectPass(
      manifestWith({
        spec: oneKey,
      }),
      {
        specFile: file(
          '{"connectionSpecification": {"type": "object", "required": ["api_key"], "properties": {"api_key": {"type": "string", "airbyte_secret": true}}}}',
        ),
      },
    );
  });

  it('finds where they differ', async () => {
    await expectViolations(
      manifestWith({
        spec: oneKey,
      }),
      [{ message: /they differ at properties.api_key.type/ }],
      {
        specFile: file(
          '{"connectionSpecification": {"type": "object", "required": ["api_key"], "properties": {"api_key": {"type": "integer", "airbyte_secret": true}}}}',
        ),
      },
    );
  });
});
