import { openManifest } from '../../../engine/connector/open.ts';
import { fieldOf, toValue } from '../../../engine/manifest/node.ts';
import { isObject, type JsonObject } from '../../../engine/util/json/json.ts';
import { testTemplates } from '../../kit/templates.ts';
import { connectIntercom, intercomManifest } from './sync-intercom.ts';
import { virtualClock } from './virtual-clock.ts';

const start_date = '2024-01-01T00:00:00Z';

/** What the platform hands to the templates of a flow: a name, its value, and the two joined, for each of these. */
function platformValues(more: Record<string, string>): Record<string, string> {
  const given = {
    client_id: 'id-1',
    client_secret: 'secret/1',
    redirect_uri: 'https://cloud.airbyte.com/auth_flow?x=1&y=2',
    state: 'st.a-te_1',
    scope: '',
    auth_code: 'code-1',
  };
  const encoded = new Set(['redirect_uri', 'scope']);
  const values: Record<string, string> = { ...more };
  for (const [name, value] of Object.entries(given)) {
    const key = name === 'auth_code' ? 'code' : name;
    values[`${name}_key`] = key;
    values[`${name}_value`] = value;
    values[`${name}_param`] = `${key}=${encoded.has(name) ? encodeURIComponent(value) : value}`;
    values[key] = value;
  }
  return values;
}

async function flow() {
  const spec = fieldOf((await intercomManifest()).root, 'spec');
  const value = spec && toValue(spec);
  const oauth = isObject(value) && isObject(value.advanced_auth) ? value.advanced_auth : {};
  return oauth.oauth_config_specification as Record<string, JsonObject>;
}

/** Every text in a value that a template engine would be shown. */
const texts = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : isObject(value)
      ? [...Object.keys(value), ...Object.values(value).flatMap(texts)]
      : Array.isArray(value)
        ? value.flatMap(texts)
        : [];

describe('the consent screen', () => {
  it('is described in what the platform understands', async () => {
    const input = (await flow()).oauth_connector_input_specification ?? {};
    const known = new Set(Object.keys(platformValues({ region: '' })));
    for (const text of texts(input)) {
      // A plain Jinja takes no braces within braces, and knows no filter of others.
      expect(text).not.toMatch(/\{\{[^}]*\{\{/);
      for (const [, expression = ''] of text.matchAll(/\{[{%](.*?)[}%]\}/g)) {
        expect(expression).not.toContain('|');
        const names = expression.replace(/'[^']*'/g, '').match(/[a-z_]+/g) ?? [];
        const words = new Set(['if', 'endif', 'or', 'and', 'not']);
        for (const name of names) expect([text, words.has(name) || known.has(name)]).toEqual([text, true]);
      }
    }
  });

  it.each([
    ['us', 'https://app.intercom.com/oauth', 'https://api.intercom.io/auth/eagle/token'],
    ['', 'https://app.intercom.com/oauth', 'https://api.intercom.io/auth/eagle/token'],
    ['eu', 'https://app.eu.intercom.com/oauth', 'https://api.eu.intercom.io/auth/eagle/token'],
    ['au', 'https://app.au.intercom.com/oauth', 'https://api.au.intercom.io/auth/eagle/token'],
  ])('of region "%s" is on its own host', async (region, consent, token) => {
    const { oauth_connector_input_specification: input = {}, ...rest } = await flow();
    const user = rest.oauth_user_input_from_connector_config_specification?.properties as JsonObject;
    expect(user.region).toEqual({ type: 'string', path_in_connector_config: ['region'] });
    const values = platformValues({ region });
    const render = (text: unknown) => testTemplates(virtualClock()).string(String(text))(values);
    const url = new URL(String(render(input.consent_url)));
    expect(url.origin + url.pathname).toBe(consent);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'id-1',
      redirect_uri: 'https://cloud.airbyte.com/auth_flow?x=1&y=2',
      response_type: 'code',
      state: 'st.a-te_1',
    });
    expect(render(input.access_token_url)).toBe(token);
    expect(Object.entries(input.access_token_params as JsonObject).map(([k, v]) => [k, render(v)])).toEqual([
      ['code', 'code-1'],
      ['client_id', 'id-1'],
      ['client_secret', 'secret/1'],
    ]);
    expect(input.access_token_headers).toMatchObject({ 'Content-Type': 'application/x-www-form-urlencoded' });
    expect(input.extract_output).toEqual(['access_token']);
  });
});

describe('a config that an earlier form or flow has written', () => {
  const token = (config: JsonObject) => usedToken({ start_date, ...config });

  /** The token of the first request that the connector sends. */
  async function usedToken(config: JsonObject): Promise<string | undefined> {
    let used: string | undefined;
    const transport = {
      async send({ headers }: { headers: Record<string, string> }): Promise<never> {
        used ??= headers.Authorization;
        throw new Error('no network in tests');
      },
      async close() {},
    };
    const connector = await connectIntercom(config, { transport, clock: virtualClock() });
    await connector.check().catch(() => undefined);
    await connector.close();
    return used;
  }

  const app = { client_id: 'a', client_secret: 'b' };
  const configs: Record<string, JsonObject> = {
    'the token at the top': { access_token: 'x', ...app },
    'the token at the top, beside empty credentials': { access_token: 'x', credentials: {} },
    'the token at the top, beside the app': {
      access_token: 'x',
      credentials: { auth_type: 'oauth', ...app },
    },
    'the token in credentials': { credentials: { auth_type: 'oauth', ...app, access_token: 'x' } },
    'the token in credentials without a type': { credentials: { access_token: 'x' } },
    'the token and the app in credentials without a type': { credentials: { ...app, access_token: 'x' } },
    'a newer token in credentials': { access_token: 'old', credentials: { access_token: 'x' } },
    'a refresh token that nobody needs': {
      credentials: { auth_type: 'oauth', ...app, access_token: 'x', refresh_token: 'y' },
    },
  };
  it.each(Object.entries(configs))('with %s is read', async (_name, config) => {
    expect(await token(config)).toBe('Bearer x');
  });

  it('is never asked for a refresh token', async () => {
    const { properties } = openManifest(await intercomManifest()).spec?.connectionSpecification ?? {};
    const { credentials } = properties as { credentials: { oneOf: JsonObject[] } };
    for (const { properties: fields, required } of credentials.oneOf) {
      expect(required).not.toContain('refresh_token');
      const field = (fields as JsonObject).refresh_token;
      // Still secret where one is, but in no form.
      if (field !== undefined) expect(field).toMatchObject({ airbyte_hidden: true, airbyte_secret: true });
    }
  });
});
