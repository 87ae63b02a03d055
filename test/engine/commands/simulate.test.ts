import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulate } from '../../../engine/commands/simulate.ts';
import { testEnvironment } from '../../kit/environment.ts';

const manifest = (authenticator: string) => `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [items] }
streams:
  - type: DeclarativeStream
    name: items
    retriever:
      type: SimpleRetriever
      requester: { type: HttpRequester, url: "https://{{ config['region']['host'] }}/items", authenticator: ${authenticator} }
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [data] } }
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: { id: { type: string } } } }
`;

const noAuth = '{ type: NoAuth }';
const custom = '{ type: CustomAuthenticator, class_name: source_shop.components.Signature }';

const spec = {
  connectionSpecification: {
    type: 'object',
    properties: {
      region: { type: 'object', properties: { host: { type: 'string', examples: ['eu.test'] } } },
    },
  },
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'manifold-simulate-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What is said of the streams. */
async function surveyed(text: string): Promise<string> {
  writeFileSync(join(folder, 'shop.yaml'), text);
  const environment = testEnvironment();
  const numbers = { records: '5', faults: '0', seed: '1', port: '0' };
  await simulate(join(folder, 'shop.yaml'), { ...numbers, host: '127.0.0.1', check: true }, environment);
  return environment.said();
}

it('says why a stream is not simulated', async () => {
  expect(await surveyed(manifest(noAuth))).toMatch(/^ {2}items: not simulated, because /);
});

it('makes up a config out of the spec beside a manifest that has none', async () => {
  writeFileSync(join(folder, 'spec.json'), JSON.stringify(spec));
  expect(await surveyed(manifest(noAuth))).toBe('  items\n');
});

it('needs no hook that only signs requests', async () => {
  writeFileSync(join(folder, 'spec.json'), JSON.stringify(spec));
  expect(await surveyed(manifest(custom))).toBe('  items\n');
});

/** It asks for another path at each moment. */
const alwaysNew = manifest(noAuth).replace('/items"', '/items/{{ now_utc().timestamp() }}"');

it('says of what a client over HTTP would not be answered', async () => {
  writeFileSync(join(folder, 'spec.json'), JSON.stringify(spec));
  expect(await surveyed(alwaysNew)).toMatch(
    /^ {2}items: not simulated, because over HTTP nothing says which of its slices "GET \/items\/[\d.]+" asks for\n$/,
  );
});

it('knows a token endpoint whose host is of the config', async () => {
  writeFileSync(join(folder, 'spec.json'), JSON.stringify(spec));
  const oauth = `{ type: OAuthAuthenticator, token_refresh_endpoint: "https://{{ config['region']['host'] }}/token", client_id: a, client_secret: b, grant_type: client_credentials }`;
  expect(await surveyed(manifest(oauth))).toBe('  items\n');
});
