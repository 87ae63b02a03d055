import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PreviewCommandOptions, preview } from '../../../engine/commands/preview/preview.ts';
import { schemaPlace } from '../../../engine/commands/preview/schema-place.ts';
import { test as testManifests } from '../../../engine/commands/test/test.ts';
import { readTestFile } from '../../../engine/conformance/test-file/read-test-file.ts';
import { testEnvironment } from '../../kit/environment.ts';
import { type Answers, fakeClock, fakeTransport } from '../../kit/scope.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'manifold-preview-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const manifest = `# What we sell.
version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [items] }
streams:
  - type: DeclarativeStream
    name: items
    primary_key: id
    schema_loader:
      type: InlineSchemaLoader
      schema:
        type: object
        properties: # all of them
          id: { type: [integer, "null"] } # the key
          owner:
            type: [object, "null"]
            properties: { name: { type: [string, "null"] } }

    retriever:
      type: SimpleRetriever
      requester:
        type: HttpRequester
        url: https://api.test/items
        authenticator: { type: ApiKeyAuthenticator, api_token: "{{ config['token'] }}", inject_into: { type: RequestOption, inject_into: request_parameter, field_name: api_key } }
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [data] } }
      paginator:
        type: DefaultPaginator
        page_size_option: { type: RequestOption, inject_into: request_parameter, field_name: size }
        page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: page }
        pagination_strategy: { type: PageIncrement, page_size: 100, start_from_page: 1 }
spec:
  type: Spec
  connection_specification: { type: object, properties: { token: { type: string, airbyte_secret: true } } }
`;

const canary = 'canary-7h1sIsS3cret';
const base64 = Buffer.from(canary).toString('base64');

/** Two pages when pages are small; the API repeats the token, and knows a person. */
const answers: Answers = ({ url }) => {
  const all = [
    { id: 1, owner: { name: 'Ada Lovelace', email: 'ada@lovelace.org' }, echo: canary },
    { id: 2, owner: null, note: `token ${base64}` },
    { id: 3, owner: null, email: 'ada@lovelace.org' },
  ];
  const size = Number(url.searchParams.get('size'));
  const start = (Number(url.searchParams.get('page') ?? 1) - 1) * size;
  return {
    body: { data: all.slice(start, start + size) },
    headers: { 'x-ratelimit-limit': '100', date: 'x' },
  };
};

async function run(given: Partial<PreviewCommandOptions> = {}, api: Answers = answers) {
  const path = join(folder, 'shop.yaml');
  const config = join(folder, 'config.json');
  if (!readdirSync(folder).includes('shop.yaml')) writeFileSync(path, manifest);
  writeFileSync(config, JSON.stringify({ token: canary }));
  const environment = testEnvironment({ transport: fakeTransport(api), clock: fakeClock() });
  const options = { pages: '3', slices: '2', records: '1000', config, ...given };
  const exitCode = await preview(path, 'items', options, environment);
  return { exitCode, path, out: environment.written(), said: environment.said() };
}

/** Everything that was written anywhere, save the config. */
function everything(): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return files
    .filter(({ name }) => name !== 'config.json')
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'))
    .join('\n');
}

test('the secret and the person are in nothing that preview writes', async () => {
  const outputs: string[] = [];
  for (const given of [
    {},
    { json: true },
    { curl: '1' },
    { why: 'id=1' },
    { select: '$.data[*]' },
    { record: join(folder, 'fixtures') },
    { saveTest: 'full' },
  ]) {
    const { out, said } = await run(given);
    outputs.push(out, said);
  }
  const written = everything();
  for (const text of [...outputs, written]) {
    expect(text).not.toContain(canary);
    expect(text).not.toContain(base64.slice(1, -3));
  }
  expect(written).not.toMatch(/lovelace/i);
});

test('--save-test writes a test that the test command passes', async () => {
  const { said, path } = await run({ saveTest: 'full' });
  const file = join(folder, 'shop.test.yaml');
  expect(said).toContain(`The test "full" is in ${file}`);
  const { fields, diagnostics } = readTestFile({ name: file, text: readFileSync(file, 'utf8') });
  expect(diagnostics).toEqual([]);
  expect(fields).toMatchObject({
    manifest: 'shop.yaml',
    tests: [
      { name: 'full', stream: 'items', expect: { count: 3, records: [{ id: 1 }, { id: 2 }, { id: 3 }] } },
    ],
  });
  await run({ saveTest: 'once more' });
  const environment = testEnvironment();
  expect(await testManifests([path], {}, environment)).toBe(0);
  expect(environment.written()).toContain('recorded   2 passed');
  await expect(run({ saveTest: 'full' })).rejects.toThrow('has a test named "full"');
});

test('--record keeps to its folder, whatever the stream is called', async () => {
  const fixtures = join(folder, 'deep', 'fixtures');
  const renamed = manifest.replaceAll('name: items', 'name: ../../esc/x');
  const file = join(folder, 'odd.yaml');
  const config = join(folder, 'config.json');
  writeFileSync(config, '{}');
  writeFileSync(file, renamed);
  const environment = testEnvironment({
    transport: fakeTransport(() => ({ body: { data: [] } })),
    clock: fakeClock(),
  });
  await preview(
    file,
    '../../esc/x',
    { pages: '3', slices: '2', records: '1000', config, record: fixtures },
    environment,
  );
  expect(readdirSync(fixtures)).toEqual(['.._.._esc_x.yaml']);
});

test('--record makes small pages, and keeps larger bodies by their digest', async () => {
  const fixtures = join(folder, 'fixtures');
  const { said } = await run({ record: fixtures });
  expect(said).toContain('2 exchanges');
  const text = readFileSync(join(fixtures, 'items.yaml'), 'utf8');
  expect(text).toContain('with: { query: {"size":"2"} }');
  expect(text).toContain('"page":"2"');
  const large = { body: { data: [{ id: 1, text: 'word '.repeat(5000) }] } };
  await run({ record: fixtures }, () => large);
  const [name] = readdirSync(join(fixtures, 'bodies'));
  expect(readFileSync(join(fixtures, 'items.yaml'), 'utf8')).toContain(`body_file: bodies/${name}`);
});

test('what still looks like a secret is not written, and its place is named', async () => {
  const hook = 'q8Zr2LmX5vTn9WcB3yKd7HsJ4fGp6NaE1u';
  const api: Answers = () => ({ body: { data: [{ id: 1, hook }] } });
  await expect(run({ saveTest: 'x' }, api)).rejects.toThrow(
    /Nothing was written: the body of answer 1 \(GET \/items\) has .* at \$\.data\[0\]\.hook/,
  );
  expect(readdirSync(folder)).not.toContain('shop.test.yaml');
  await run({ saveTest: 'kept', keep: ['$..hook'] }, api);
  await run({ saveTest: 'faked', fake: ['$..hook'] }, api);
  const text = readFileSync(join(folder, 'shop.test.yaml'), 'utf8');
  expect(text.split(hook)).toHaveLength(2);
});

test('--accept-schema adds what is not declared, and leaves everything else as it is', async () => {
  const { path, said, out } = await run({ acceptSchema: true });
  expect(said).toContain('declares owner.email, echo, note, email now');
  expect(out).not.toContain('not declared');
  const text = readFileSync(path, 'utf8');
  expect(text).toContain(`        properties: # all of them
          id: { type: [integer, "null"] } # the key
          owner:
            type: [object, "null"]
            properties: { name: { type: [string, "null"] }, email: { type: [string, "null"] } }
          echo: { type: [string, "null"] }
          note: { type: [string, "null"] }
          email: { type: [string, "null"] }

    retriever:`);
  const again = await run({ acceptSchema: true });
  expect(again.said).toBe('The schema declares every field that was seen.\n');
  expect(again.out).toContain('all 3 records fit');
});

test('--accept-schema writes into the file of the schema', async () => {
  const file = join(folder, 'items.json');
  writeFileSync(
    file,
    '{\n    "type": "object",\n    "properties": {\n        "id": {\n            "type": "integer"\n        }\n    }\n}\n',
  );
  writeFileSync(join(folder, 'shop.yaml'), withFile('./items.json'));
  await run({ acceptSchema: true }, () => ({ body: { data: [{ id: 1, name: 'x' }] } }));
  expect(readFileSync(file, 'utf8')).toBe(
    '{\n    "type": "object",\n    "properties": {\n        "id": {\n            "type": "integer"\n        },\n        "name": {\n            "type": [\n                "string",\n                "null"\n            ]\n        }\n    }\n}\n',
  );
});

const withFile = (path: string) =>
  manifest.replace(
    / {6}type: InlineSchemaLoader[\s\S]*?\n\n/,
    `      type: JsonFileSchemaLoader\n      file_path: ${path}\n\n`,
  );

test('a schema file that is not there is told of, and --accept-schema makes it out of what was seen', async () => {
  writeFileSync(join(folder, 'shop.yaml'), withFile('./schemas/shop/items.json'));
  const api: Answers = () => ({ body: { data: [{ id: 1, name: 'x' }, { id: 2.5 }] } });
  const before = await run({}, api);
  expect(before.exitCode).toBe(1);
  expect(before.out).toContain('there is no file schemas/shop/items.json  (--accept-schema makes it,');
  expect(before.out).not.toContain('error');
  const { said } = await run({ acceptSchema: true }, api);
  expect(said).toContain('schemas/shop/items.json is new, and declares id, name.');
  expect(JSON.parse(readFileSync(join(folder, 'schemas/shop/items.json'), 'utf8'))).toEqual({
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    additionalProperties: true,
    properties: { id: { type: ['number', 'null'] }, name: { type: ['string', 'null'] } },
  });
  const after = await run({}, api);
  expect(after).toMatchObject({ exitCode: 0, out: expect.stringContaining('all 2 records fit') });
});

test('a stream that names no schema gets the file of its name; one without records, a file without fields', async () => {
  writeFileSync(
    join(folder, 'shop.yaml'),
    manifest.replace(/ {4}schema_loader:\n {6}type: InlineSchemaLoader[\s\S]*?\n\n/, ''),
  );
  const nothing: Answers = () => ({ body: { data: [] } });
  expect((await run({}, nothing)).exitCode).toBe(0);
  const { said } = await run({ acceptSchema: true }, nothing);
  expect(said).toContain('schemas/items.json is new, and declares no field yet');
  await run({ acceptSchema: true }, () => ({ body: { data: [{ id: 1 }] } }));
  expect(readFileSync(join(folder, 'schemas/items.json'), 'utf8')).toContain('"id"');
});

test.each(['../outside.json', '../../etc/outside.json', './link/outside.json'])(
  'a schema is not made at %s, beyond the folder of the manifest',
  async (path) => {
    const inner = join(folder, 'inner');
    mkdirSync(inner);
    symlinkSync(folder, join(inner, 'link'));
    await expect(schemaPlace(path, join(inner, 'shop.yaml'), undefined)).rejects.toThrow(
      'is not in the folder of the manifest',
    );
  },
);

test('a manifest of the package has its schemas beside its folder', async () => {
  const own = join(folder, 'manifests/shop.yaml');
  mkdirSync(join(folder, 'manifests'));
  expect(await schemaPlace('schemas/shop/items.json', own, own)).toBe(
    join(folder, 'schemas/shop/items.json'),
  );
  expect(await schemaPlace('schemas/shop/items.json', own, undefined)).toBe(
    join(folder, 'manifests/schemas/shop/items.json'),
  );
});

test.each([
  ['schema: {}', 'schema: { properties: { id: { type: [integer, "null"] } } }'],
  ['schema: { type: object }', 'schema: { type: object, properties: { id: { type: [integer, "null"] } } }'],
  [
    'schema:\n        type: object',
    'schema:\n        type: object\n        properties: { id: { type: [integer, "null"] } }',
  ],
])('--accept-schema begins an inline schema: %j', async (before, after) => {
  const text = manifest.replace(/schema:\n {8}type: object[\s\S]*?\n\n/, `${before}\n\n`);
  writeFileSync(join(folder, 'shop.yaml'), text);
  const { path } = await run({ acceptSchema: true }, () => ({ body: { data: [{ id: 1 }] } }));
  expect(readFileSync(path, 'utf8')).toContain(after);
});

test.each([
  [{ curl: '9' }, 'There is no request 9. One request was sent'],
  [{ why: 'id' }, '"id" names no record: write FIELD=VALUE'],
  [{ pages: '0' }, '--pages takes a whole number from 1 on, not "0"'],
  [{ select: '$.nothing' }, '$.nothing is nowhere in the answers'],
])('%j says what is wrong', async (given, message) => {
  await expect(run(given)).rejects.toThrow(message);
});

test('--record into what is no folder is told, and nothing is written', async () => {
  const taken = join(folder, 'taken');
  writeFileSync(taken, 'mine');
  await expect(run({ record: join(taken, 'fixtures') })).rejects.toThrow(
    'taken/fixtures cannot be written to: there is a file of that name.',
  );
  expect(readFileSync(taken, 'utf8')).toBe('mine');
});
