import { specConfig } from '../../../../engine/conformance/checks/spec-config.ts';
import { harness, manifestWith, oneKey } from '../harness.ts';

const { expectPass, expectViolations } = harness(specConfig);

describe('spec-config', () => {
  it('passes for a config that fits, and does not look at those that should not', async () => {
    await expectPass(
      manifestWith({
        spec: oneKey,
      }),
      {
        configs: [
          { name: 'a.json', value: { api_key: 'x', __state: 1 }, isValid: true },
          { name: 'b.json', value: {}, isValid: false },
        ],
      },
    );
  });

  it('finds a config that does not fit', async () => {
    await expectViolations(
      manifestWith({
        spec: oneKey,
      }),
      [{ message: 'The config of a.json does not fit the spec: "api_key" must be a string.' }],
      { configs: [{ name: 'a.json', value: { api_key: 1 }, isValid: true }] },
    );
  });
});
