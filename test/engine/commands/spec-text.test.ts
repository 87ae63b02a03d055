import { specText } from '../../../engine/commands/spec-text.ts';

const schema = {
  title: 'Shop',
  required: ['token'],
  properties: {
    token: { type: 'string', airbyte_secret: true, description: 'From your settings. <a href="x">Link</a>.' },
    region: { type: 'string', enum: ['us', 'eu'], default: 'us' },
    credentials: {
      type: 'object',
      oneOf: [
        {
          title: 'OAuth',
          required: ['id'],
          properties: { kind: { const: 'oauth' }, id: { type: 'string' } },
        },
        { title: 'Key', properties: { key: { type: 'string' } } },
      ],
    },
  },
};

test('shows the fields of a config, what they are and which are required', () => {
  expect(
    specText({
      connectionSpecification: schema,
      documentationUrl: 'https://docs.test',
      supportsNormalization: false,
      supportsDBT: false,
    }),
  ).toBe(`Shop

  token        string, required, secret. From your settings.
  region       "us" | "eu", default "us"
  credentials  object
    or: OAuth
      kind     "oauth"
      id       string, required
    or: Key
      key      string

https://docs.test
`);
});

test('says that nothing is needed', () => {
  expect(
    specText({ connectionSpecification: {}, supportsNormalization: false, supportsDBT: false }),
  ).toContain('It needs no config: {} will do.');
});
