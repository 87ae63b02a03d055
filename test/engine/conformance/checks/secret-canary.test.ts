import { secretCanary } from '../../../../engine/conformance/checks/secret-canary.ts';
import { harness, itemsWith } from '../harness.ts';

const { run, expectPass, expectViolations } = harness(secretCanary);

describe('secret-canary', () => {
  it('passes when an API repeats what it was sent', async () => {
    await expectPass(itemsWith());
  });

  it.each([
    ['as it is', (secret: string) => secret],
    ['in base64', (secret: string) => Buffer.from(secret).toString('base64')],
    ['encoded for a URL', encodeURIComponent],
  ])('finds a secret in a log, %s', async (_how, write) => {
    await expectViolations(
      itemsWith(),
      [{ message: /A secret of the config is in what stream "items" says/, stream: 'items' }],
      { said: (config) => `asking with ${write(String(config['token']))}` },
    );
  });

  it('does not repeat the secret itself', async () => {
    const { violations } = await run(itemsWith(), { said: ({ token }) => `asking with ${token}` });
    expect(violations.map(({ message }) => message).join()).not.toMatch(/cAnary/);
  });
});
