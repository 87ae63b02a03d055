import { identityOf } from '../../../engine/destinations/identity.ts';

const spec = {
  properties: {
    region: { type: 'string' },
    token: { type: 'string', airbyte_secret: true },
    credentials: {
      oneOf: [
        { properties: { type: { const: 'oauth' }, refresh_token: { airbyte_secret: true } } },
        { properties: { type: { const: 'key' }, key: { airbyte_secret: true } } },
      ],
    },
  },
};
const of = (config: Record<string, unknown>) => identityOf('shop', config, spec);

test('names the connector and its start dates, and shows nothing of the config', () => {
  expect(of({ region: 'eu', token: 'hidden', start_date: '2024-01-01' })).toEqual({
    connector: 'shop',
    config: expect.stringMatching(/^[0-9a-f]{64}$/),
    start: { start_date: '2024-01-01' },
  });
});

test.each([
  ['a renewed secret', { region: 'eu', token: 'one' }, { region: 'eu', token: 'two' }],
  [
    'a renewed secret of a choice',
    { credentials: { type: 'oauth', refresh_token: 'one' } },
    { credentials: { type: 'oauth', refresh_token: 'two' } },
  ],
  ['another order', { region: 'eu', a: 1 }, { a: 1, region: 'eu' }],
  ['fields of the platform', { region: 'eu', __internal: 1 }, { region: 'eu' }],
  ['another port of this machine', { url: 'http://127.0.0.1:80/a' }, { url: 'http://127.0.0.1:81/a' }],
])('%s is the same connection', (_, one, other) => {
  expect(of(other).config).toBe(of(one).config);
});

test.each([
  ['another value', { region: 'eu' }, { region: 'us' }],
  ['another choice', { credentials: { type: 'oauth' } }, { credentials: { type: 'key' } }],
  ['another host', { url: 'https://a.test' }, { url: 'https://b.test' }],
])('%s is another connection', (_, one, other) => {
  expect(of(other).config).not.toBe(of(one).config);
});
