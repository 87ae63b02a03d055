import { secretsOf } from '../../../engine/protocol/secrets.ts';

const secret = { type: 'string', airbyte_secret: true };

describe('secretsOf', () => {
  it.each([
    ['a field', { properties: { key: secret, name: { type: 'string' } } }, { key: 'k', name: 'n' }, ['k']],
    ['a number', { properties: { pin: { type: 'integer', airbyte_secret: true } } }, { pin: 4711 }, ['4711']],
    [
      'a field of an object',
      { properties: { login: { properties: { password: secret } } } },
      { login: { user: 'u', password: 'p' } },
      ['p'],
    ],
    [
      'a field of any of several forms',
      {
        properties: { auth: { oneOf: [{ properties: { token: secret } }, { properties: { key: secret } }] } },
      },
      { auth: { key: 'k' } },
      ['k'],
    ],
    ['the items of a list', { properties: { keys: { items: secret } } }, { keys: ['a', 'b'] }, ['a', 'b']],
    [
      'all inside a secret object',
      { properties: { all: { airbyte_secret: true } } },
      { all: { a: ['x'] } },
      ['x'],
    ],
    ['nothing where nothing is given', { properties: { key: secret } }, {}, []],
    [
      'nothing of a config that does not fit',
      { properties: { login: { properties: { a: secret } } } },
      { login: 'x' },
      [],
    ],
  ])('finds %s', (_, schema, config, found) => {
    expect(secretsOf(schema, config)).toEqual(found);
  });
});
