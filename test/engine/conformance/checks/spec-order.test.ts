import { specOrder } from '../../../../engine/conformance/checks/spec-order.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(specOrder);

describe('spec-order', () => {
  it('passes for different orders, and the same in another group', async () => {
    await expectPass(
      manifestWith({
        spec: `{ type: object, properties: { a: { type: string, order: 0 }, b: { type: string, order: 0, group: more } } }`,
      }),
    );
  });

  it('finds two with the same order', async () => {
    await expectViolations(
      manifestWith({
        spec: `{ type: object, properties: { a: { type: string, order: 0 }, b: { type: string, order: 0 } } }`,
      }),
      [{ message: '"b" and "a" both have the order 0.' }],
    );
  });
});
