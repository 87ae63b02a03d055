import { misspeltConfigFields } from '../../../engine/connector/misspelt-config-fields.ts';

const schema = {
  properties: {
    access_token: { type: 'string' },
    credentials: { oneOf: [{ properties: { client_id: {} } }, { properties: { api_key: {} } }] },
  },
};

test.each([
  [
    { acces_token: 'x' },
    ['The config has a field "acces_token" that nothing reads. Did you mean "access_token"?'],
  ],
  [
    { credentials: { client_idd: 'x' } },
    ['The config has a field "credentials.client_idd" that nothing reads. Did you mean "client_id"?'],
  ],
  // Left over from an older version, set by the platform, or beside the right one.
  [{ plan_of_last_year: 1 }, []],
  [{ __access_token: 1 }, []],
  [{ access_token: 'x', acces_token: 'y' }, []],
  [{ access_token: 'x', credentials: { api_key: 'y' } }, []],
])('%j', (config, expected) => {
  expect(misspeltConfigFields(config, schema)).toEqual(expected);
});
