import { specTypes } from '../../../../engine/conformance/checks/spec-types.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(specTypes);

describe('spec-types', () => {
  it('passes for one type, and for one or null', async () => {
    await expectPass(
      manifestWith({
        spec: `{ type: object, properties: { a: { type: string }, b: { type: [integer, 'null'] } } }`,
      }),
    );
  });

  it('finds a choice of types', async () => {
    await expectViolations(
      manifestWith({ spec: `{ type: object, properties: { a: { type: [string, integer] } } }` }),
      [{ message: /"a" has 2 types \(string, integer\)/, at: '[string, integer]' }],
    );
  });
});
