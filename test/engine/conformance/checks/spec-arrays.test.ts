import { specArrays } from '../../../../engine/conformance/checks/spec-arrays.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(specArrays);

describe('spec-arrays', () => {
  it('passes for lists of texts', async () => {
    await expectPass(
      manifestWith({
        spec: `{ type: object, properties: { ids: { type: array, items: { type: string } } } }`,
      }),
    );
  });

  it('finds lists of anything, and of lists', async () => {
    await expectViolations(
      manifestWith({
        spec: `{ type: object, properties: { ids: { type: array }, pairs: { type: array, items: { type: array, items: { type: string } } } } }`,
      }),
      [
        { message: /"ids" is a list that does not say of what/ },
        { message: /The items of "pairs" are shown by no form/ },
      ],
    );
  });
});
