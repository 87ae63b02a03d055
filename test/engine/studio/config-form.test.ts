import { configForm, missingFields, withKept } from '../../../engine/studio/config-form.ts';

const schema = {
  type: 'object',
  required: ['url', 'credentials'],
  properties: {
    url: { type: 'string' },
    credentials: {
      type: 'object',
      oneOf: [
        { properties: { kind: { const: 'key' }, api_key: { type: 'string', airbyte_secret: true } } },
        {
          properties: {
            kind: { const: 'login' },
            user: { type: 'string' },
            password: { airbyte_secret: true },
          },
        },
      ],
    },
    tokens: {
      type: 'array',
      items: { type: 'object', properties: { name: {}, token: { airbyte_secret: true } } },
    },
    'a/b': { type: 'string', airbyte_secret: true },
  },
};
const config = {
  url: 'https://x.test',
  credentials: { kind: 'login', user: 'me', password: 'p4ss' },
  tokens: [{ name: 'one', token: 't0ken' }],
  'a/b': 's3cret',
};

test('everything but secrets is shown, at any depth and in every form', () => {
  const { values, given } = configForm(schema, config);
  expect(values).toEqual({
    url: 'https://x.test',
    credentials: { kind: 'login', user: 'me' },
    tokens: [{ name: 'one' }],
  });
  expect(given).toEqual(['/credentials/password', '/tokens/0/token', '/a~1b']);
  expect(JSON.stringify(values)).not.toMatch(/p4ss|t0ken|s3cret/);
});

test('a field that one of several forms calls a secret is one', () => {
  expect(configForm(schema, { credentials: { kind: 'login', api_key: 'k3y' } }).values).toEqual({
    credentials: { kind: 'login' },
  });
});

test('secrets that are kept come from what was there before, and only those', () => {
  const entered = { url: 'https://y.test', credentials: { kind: 'login', user: 'you' } };
  expect(withKept(entered, config, ['/credentials/password', '/a~1b', '/nothing/here'])).toEqual({
    url: 'https://y.test',
    credentials: { kind: 'login', user: 'you', password: 'p4ss' },
    'a/b': 's3cret',
  });
  expect(entered.credentials).toEqual({ kind: 'login', user: 'you' });
});

test('a pointer reaches nothing but what the config has itself', () => {
  const kept = withKept({}, config, ['/__proto__/polluted', '/constructor/name']);
  expect(Object.keys(kept)).toEqual([]);
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
});

test('what is missing is what must be there', () => {
  expect(missingFields(schema, {})).toEqual(['url', 'credentials']);
  expect(missingFields(schema, { url: '', credentials: {} })).toEqual(['url']);
  expect(missingFields({}, {})).toEqual([]);
});
