import { specCredentials } from '../../../../engine/conformance/checks/spec-credentials.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(specCredentials);

describe('spec-credentials', () => {
  it('passes for a credential that is required, has a default, or may be left out by its template', async () => {
    await expectPass(itemsWith());
    const optional = itemsWith().replace('required: [token]', 'required: []');
    await expectPass(optional.replace('token: { type: string', 'token: { type: string, default: "demo"'));
    await expectPass(optional.replace("config['token']", "config.get('token', 'public')"));
  });

  it('finds one that a config may leave out', async () => {
    await expectViolations(itemsWith().replace('required: [token]', 'required: [start_date]'), [
      {
        message: /"token" is not required, and "api_token" of a BearerAuthenticator is made of it/,
        at: '[start_date]',
      },
    ]);
  });
});
