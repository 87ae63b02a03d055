import { specSimple } from '../../../../engine/conformance/checks/spec-simple.ts';
import { harness, manifestWith, oneKey } from '../harness.ts';

const { expectPass, expectViolations } = harness(specSimple);

describe('spec-simple', () => {
  it('passes for properties alone', async () => {
    await expectPass(
      manifestWith({
        spec: oneKey,
      }),
    );
  });

  it('finds keywords that forms do not show', async () => {
    await expectViolations(
      manifestWith({ spec: `{ type: object, properties: { a: { anyOf: [{ type: string }] } }, if: {} }` }),
      [
        { message: /"if" of the spec/, at: 'if' },
        { message: /"anyOf" of "a"/, at: 'anyOf' },
      ],
    );
  });
});
