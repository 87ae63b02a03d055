import { specCompatible } from '../../../../engine/conformance/checks/spec-compatible.ts';
import { createSubject } from '../../../../engine/conformance/create-subject.ts';
import { loadManifest } from '../../../../engine/connector/load-manifest.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(specCompatible);

/** The manifest as it was before. */
function earlier(text: string) {
  return createSubject({ file: 'old.yaml', manifest: loadManifest({ name: 'old.yaml', text }) });
}

describe('spec-compatible', () => {
  it('passes when more is taken than before', async () => {
    await expectPass(
      manifestWith({
        spec: `{ type: object, properties: { region: { type: string, enum: [eu, us, au] }, since: { type: [string, 'null'] }, more: { type: string } } }`,
      }),
      {
        earlier: earlier(
          manifestWith({
            spec: `{ type: object, properties: { region: { type: string, enum: [eu, us] }, since: { type: string } } }`,
          }),
        ),
      },
    );
  });

  it('finds what is gone, narrower and newly required', async () => {
    await expectViolations(
      manifestWith({
        spec: `{ type: object, required: [region], properties: { region: { type: string, enum: [eu] } } }`,
      }),
      [
        { message: /"region" is required now/, at: 'region' },
        { message: '"region" no longer takes "us".' },
        { message: /"since" is gone from the spec/ },
      ],
      {
        earlier: earlier(
          manifestWith({
            spec: `{ type: object, properties: { region: { type: string, enum: [eu, us] }, since: { type: string } } }`,
          }),
        ),
      },
    );
  });

  it('finds a narrower pattern by configs made for the old spec', async () => {
    await expectViolations(
      manifestWith({
        spec: `{ type: object, properties: { region: { type: string, enum: [eu, us] }, since: { type: string, pattern: '^[0-9]+$' } } }`,
      }),
      [{ message: /A config of the earlier version is refused: "since"/ }],
      {
        earlier: earlier(
          manifestWith({
            spec: `{ type: object, properties: { region: { type: string, enum: [eu, us] }, since: { type: string } } }`,
          }),
        ),
      },
    );
  });
});
