import { specOauth } from '../../../../engine/conformance/checks/spec-oauth.ts';
import { harness } from '../harness.ts';
import { oauthManifest } from '../oauth-manifest.ts';

const { expectPass, expectViolations } = harness(specOauth);

describe('spec-oauth', () => {
  it('passes when every path leads to a property', async () => {
    await expectPass(oauthManifest(['oauth']));
  });

  it('finds a path that leads nowhere', async () => {
    await expectViolations(oauthManifest(['oauth'], ['login', 'token']), [
      { message: /The spec has no "login.token"/, at: '[login, token]' },
    ]);
  });
});
