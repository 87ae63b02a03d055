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

  it('finds the only value that there is to log in with', async () => {
    const basic = (fields: string) =>
      itemsWith()
        .replace('required: [token]', 'required: [start_date]')
        .replace(/\{ type: BearerAuthenticator[^\n]*\}/, `{ type: BasicHttpAuthenticator, ${fields} }`);
    const [name, other] = ['username: "{{ config[\'token\'] }}"', 'password: "{{ config[\'start_date\'] }}"'];
    await expectPass(basic(`${name}, ${other}`));
    await expectViolations(basic(name), [
      {
        message: /"token" is not required, and a BasicHttpAuthenticator has nothing else/,
        at: '[start_date]',
      },
    ]);
  });
});
