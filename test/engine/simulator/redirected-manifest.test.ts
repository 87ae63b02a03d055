import { loadManifest } from '../../../engine/connector/load-manifest.ts';
import { redirectedManifest } from '../../../engine/simulator/redirected-manifest.ts';
import { virtualClock } from '../../../engine/time/virtual-clock.ts';

const origin = 'http://127.0.0.1:8080';
const config = {
  key: 'abcd',
  region: 'eu',
  domain: 'shop.test',
  base: 'https://shop.test/v2/',
  scheme: 'https',
};

function redirected(text: string) {
  const manifest = loadManifest({ name: 'shop.yaml', text });
  return redirectedManifest(manifest, { config, clock: virtualClock(0), origin });
}

/** A manifest with one stream for each requester. */
function manifestOf(definitions: string, ...requesters: readonly string[]): string {
  const streams = requesters.map(
    (requester, index) => `  - type: DeclarativeStream # ${index}
    name: s${index}
    retriever:
      type: SimpleRetriever
      requester: ${requester}
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }
    schema_loader: { type: InlineSchemaLoader, schema: { $schema: "https://json-schema.org/x", type: object } }
`,
  );
  return `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [s0] }
${definitions}streams:
${streams.join('')}`;
}

test.each([
  ['with a port', 'https://api.shop.test:8443/v1', `${origin}/v1`],
  ['with credentials', `"https://user:{{ config['key'] }}@shop.test:8443/v1"`, `"${origin}/v1"`],
  ['with a host in a template', `'https://{{ config["domain"] }}.test'`, `'${origin}'`],
  ['a template with its path', `"{{ config['base'] }}orders"`, `"${origin}/v2/orders"`],
  [
    'a template of the host alone',
    `"{{ config['domain'] }}/v1/{{ config.region }}"`,
    `"${origin}/v1/{{ config.region }}"`,
  ],
  ['a scheme of its own', `"{{ config.scheme }}://{{ config.domain }}:80/v1"`, `"${origin}/v1"`],
  [
    'a choice, which stays one',
    `"{{ 'https://eu.test' if config.region == 'eu' else 'https://us.test/v1' }}/a"`,
    `"{{ '${origin}' if config.region == 'eu' else '${origin}/v1' }}/a"`,
  ],
  [
    'statements',
    `"{% if config.region == 'eu' %}https://eu.test{% else %}https://us.test{% endif %}/a"`,
    `"{% if config.region == 'eu' %}${origin}{% else %}${origin}{% endif %}/a"`,
  ],
  [
    'an address in its query',
    'https://shop.test/a?back=https://me.test/b',
    `"${origin}/a?back=https://me.test/b"`,
  ],
] as const)('%s', (_what, url, expected) => {
  const text = manifestOf('', `{ type: HttpRequester, url_base: ${url}, path: /orders } # a comment`);
  const { text: written, left } = redirected(text);
  expect(left).toEqual([]);
  expect(written).toBe(text.replace(url, expected));
});

test('what is written once is changed once, wherever it is used', () => {
  const definitions = `definitions:
  base: &base "https://api.shop.test/v1" # of all
  folded: >-
    https://api.shop.test/v2
  requester: { type: HttpRequester, url_base: *base }
`;
  const text = manifestOf(
    definitions,
    '{ $ref: "#/definitions/requester", path: /a }',
    '{ $ref: "#/definitions/requester", path: /b }',
    '{ type: HttpRequester, url_base: "#/definitions/folded", path: /c }',
    '{ "type": "HttpRequester", "url_base":"https://json.test", "path": "/d" }',
  );
  const { text: written } = redirected(text);
  expect(written).toContain(`&base "${origin}/v1" # of all`);
  expect(written).toContain(`  folded: "${origin}/v2"\n  requester:`);
  expect(written).toContain(`"url_base":"${origin}", "path": "/d"`);
  expect(written.match(/shop\.test/g)).toBeNull();
  // Addresses of schemas are no addresses that are asked.
  expect(written.match(/https:\/\/json-schema.org\/x/g)).toHaveLength(4);
  expect(redirected(written).text).toBe(written);
});

test('tokens and logins are asked for there, too', () => {
  const oauth = `{ type: OAuthAuthenticator, token_refresh_endpoint: "https://id.test/token", client_id: a, client_secret: b, refresh_token: c }`;
  const session = `{ type: SessionTokenAuthenticator, session_token_path: [t], request_authentication: { type: Bearer }, login_requester: { type: HttpRequester, url_base: "https://login.test", path: /in } }`;
  const { text } = redirected(
    manifestOf(
      '',
      `{ type: HttpRequester, url: "https://a.test/a", authenticator: ${oauth} }`,
      `{ type: HttpRequester, url: "https://a.test/a", authenticator: ${session} }`,
    ),
  );
  expect(text).toContain(`"${origin}/token"`);
  expect(text).toContain(`url_base: "${origin}", path: /in`);
  expect(text).not.toContain('.test');
});

test('tells what it leaves, as only a sync knows the host', () => {
  const url = '"{{ stream_partition.url }}/a"';
  const text = manifestOf('', `{ type: HttpRequester, url: ${url} }`);
  const { text: written, left } = redirected(text);
  expect(written).toBe(text);
  expect(left.map(({ value }) => value)).toEqual(['{{ stream_partition.url }}/a']);
});

test('tells what it leaves, as parameters make several of it', () => {
  const definitions = `definitions:
  requester: { type: HttpRequester, url_base: "{{ parameters['base'] }}", path: /a }
`;
  const { left } = redirected(
    manifestOf(
      definitions,
      '{ $ref: "#/definitions/requester", $parameters: { base: "https://a.test/one" } }',
      '{ $ref: "#/definitions/requester", $parameters: { base: "https://a.test/two" } }',
    ),
  );
  expect(left.map(({ value }) => value)).toEqual(["{{ parameters['base'] }}"]);
});
