import { specRefs } from '../../../../engine/conformance/checks/spec-refs.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectNothing, expectViolations } = harness(specRefs);

describe('spec-refs', () => {
  it('passes for a spec that says everything itself', async () => {
    await expectPass(manifestWith());
    await expectNothing('type: DeclarativeSource\ncheck: { type: CheckStream }\nstreams: []');
  });

  it('finds a reference, however deep', async () => {
    const spec = `type: object
properties:
  login:
    oneOf:
      - { type: object, properties: { token: { $ref: "https://schemas.test/token.json" } } }`;
    await expectViolations(manifestWith({ spec }), [
      { message: /which platforms do not resolve/, at: '"https://schemas.test/token.json"' },
    ]);
  });
});
