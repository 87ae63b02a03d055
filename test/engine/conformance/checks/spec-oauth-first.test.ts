import { specOauthFirst } from '../../../../engine/conformance/checks/spec-oauth-first.ts';
import { harness } from '../harness.ts';
import { oauthManifest } from '../oauth-manifest.ts';

const { expectPass, expectViolations } = harness(specOauthFirst);

describe('spec-oauth-first', () => {
  it('passes when OAuth comes first', async () => {
    await expectPass(oauthManifest(['oauth', 'token']));
  });

  it('finds it behind another', async () => {
    await expectViolations(oauthManifest(['token', 'oauth']), [
      {
        message: /put its variant first/,
        at: '{ type: object, properties: { kind: { type: string, const: oauth }',
      },
    ]);
  });
});
