import { specOpen } from '../../../../engine/conformance/checks/spec-open.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(specOpen);

describe('spec-open', () => {
  it('passes when nothing is said, or everything may come', async () => {
    await expectPass(manifestWith({ spec: `{ type: object, additionalProperties: true, properties: {} }` }));
  });

  it('finds a spec that takes no further fields', async () => {
    await expectViolations(
      manifestWith({ spec: `{ type: object, additionalProperties: false, properties: {} }` }),
      [{ message: /The spec takes no further fields/, at: 'false' }],
    );
  });
});
