import { specDisplay } from '../../../../engine/conformance/checks/spec-display.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(specDisplay);

describe('spec-display', () => {
  it('passes for a oneOf shown as radio buttons', async () => {
    await expectPass(
      manifestWith({
        spec: `{ type: object, properties: { a: { type: object, display_type: radio, oneOf: [{ type: object }] } } }`,
      }),
    );
  });

  it('finds one without variants, and an unknown one', async () => {
    await expectViolations(
      manifestWith({
        spec: `{ type: object, properties: { a: { type: string, display_type: radio }, b: { type: object, display_type: tabs, oneOf: [{ type: object }] } } }`,
      }),
      [{ message: /here is no "oneOf"/ }, { message: /not "tabs"/, at: 'tabs' }],
    );
  });
});
