import { hosts } from '../../../../engine/conformance/checks/hosts.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(hosts);

describe('hosts', () => {
  it('passes for hosts that are let through, with values of the config in them', async () => {
    await expectPass(
      manifestWith({
        spec: '{ type: object, required: [shop], properties: { shop: { type: string, default: a } } }',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: what the platform fills in.
        root: 'metadata: { allowedHosts: { hosts: ["${shop}.api.test"] } }',
      }).replace('https://api.test/items', '"https://{{ config.shop }}.api.test/items"'),
    );
  });

  it('passes for a name after a star', async () => {
    await expectPass(manifestWith({ root: 'metadata: { allowedHosts: { hosts: ["*.test"] } }' }));
  });

  it('finds a host that is not among them', async () => {
    await expectViolations(manifestWith({ root: 'metadata: { allowedHosts: { hosts: [api.example] } }' }), [
      {
        message: '"api.test" is asked, and it is not among the "allowedHosts".',
        at: 'https://api.test/items',
      },
    ]);
  });

  it('warns of a host that only gives tokens', async () => {
    const authenticator =
      "{ type: OAuthAuthenticator, client_id: a, client_secret: b, refresh_token: c, token_refresh_endpoint: 'https://id.test/token' }";
    const manifest = manifestWith({ root: 'metadata: { allowedHosts: { hosts: [api.test] } }' });
    await expectViolations(
      manifest.replace(
        '{ url: https://api.test/items }',
        `{ url: https://api.test/items, authenticator: ${authenticator} }`,
      ),
      [
        {
          message: '"id.test" is asked, and it is not among the "allowedHosts".',
          at: "'https://id.test/token'",
          severity: 'warning',
        },
      ],
    );
  });
});
