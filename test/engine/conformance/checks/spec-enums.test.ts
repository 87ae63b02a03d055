import { specEnums } from '../../../../engine/conformance/checks/spec-enums.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(specEnums);

describe('spec-enums', () => {
  it('passes for choices that differ', async () => {
    await expectPass(
      manifestWith({ spec: `{ type: object, properties: { region: { type: string, enum: [eu, us] } } }` }),
    );
  });

  it('finds a choice that is listed twice', async () => {
    await expectViolations(
      manifestWith({
        spec: `{ type: object, properties: { region: { type: string, enum: [eu, us, eu] } } }`,
      }),
      [{ message: '"region" offers "eu" twice.', at: 'eu] } }' }],
    );
  });
});
