import { specObjects } from '../../../../engine/conformance/checks/spec-objects.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(specObjects);

describe('spec-objects', () => {
  it('passes for an object with properties', async () => {
    await expectPass(
      manifestWith({
        spec: `{ type: object, properties: { login: { type: object, properties: { user: { type: string } } } } }`,
      }),
    );
  });

  it('finds an object without', async () => {
    await expectViolations(
      manifestWith({ spec: `{ type: object, properties: { login: { type: object } } }` }),
      [{ message: /"login" is an object without properties/, at: '{ type: object } }' }],
    );
  });
});
