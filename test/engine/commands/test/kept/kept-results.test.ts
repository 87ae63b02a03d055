import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test as testCommand } from '../../../../../engine/commands/test/test.ts';
import type { TestCommandOptions } from '../../../../../engine/commands/test/test-run.ts';
import { defineHook } from '../../../../../engine/language/hook.ts';
import { testEnvironment } from '../../../../kit/environment.ts';

const checks = [
  'manifest-valid',
  'pk-declared',
  'request-builds',
  'schema-types',
  'expected-records',
  'hosts',
];

const manifest = `version: 7.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [items] }
streams:
  - type: DeclarativeStream
    name: items
    retriever:
      requester:
        url: https://api.test/items
        authenticator: { type: BearerAuthenticator, api_token: "{{ config['token'] }}" }
      record_selector: { extractor: { field_path: [] } }
    schema_loader: { type: JsonFileSchemaLoader, file_path: ./schemas/items.json }
spec:
  connection_specification:
    type: object
    properties: { token: { type: string, airbyte_secret: true } }
`;
const tests = `config: { token: c4nary-of-the-tests }
tests:
  - name: one page
    stream: items
    http: [{ on: GET /items, json: [{ id: a }] }]
    expect: { records: [{ id: a }] }
`;
const files = {
  'x.yaml': manifest,
  'x.test.yaml': tests,
  'schemas/items.json': '{ "type": "object", "properties": { "id": { "type": "string" } } }',
};

let folder: string;
let cache: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'manifold-kept-'));
  cache = join(folder, '.cache', 'test');
  write(files);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(texts: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

async function run(
  options: TestCommandOptions = {},
  program: string | undefined = 'a build',
  path = 'x.yaml',
) {
  const hook = defineHook('BackoffStrategy', {
    name: 'Never',
    fields: () => ({}),
    make: () => ({ backoff: () => 0 }),
  });
  const environment = testEnvironment({
    keeps: { folder: cache, program: () => program },
    loadHooks: async (paths) => (paths.length > 0 ? [hook] : []),
  });
  const code = await testCommand([join(folder, path)], { checks, ...options }, environment);
  const text = environment.written();
  return { code, text, isKept: text.includes('(kept from an earlier run') };
}

/** What is told, but for how long it took and that it is kept. */
function told(text: string): string {
  return text.replaceAll(/ {2}\((?:kept|\d).*\)/g, '');
}

describe('results of an earlier run', () => {
  it('are told again while nothing changes, word for word', async () => {
    const first = await run({ verbose: true });
    const second = await run({ verbose: true });
    expect([first.isKept, second.isKept]).toEqual([false, true]);
    expect(told(second.text)).toBe(told(first.text));
    expect(second.code).toBe(first.code);
  });

  it('are the same for programs, but for a word', async () => {
    const out = (name: string) => join(folder, 'out', name);
    const formats = { json: out('json'), junit: out('junit'), sarif: out('sarif'), lcov: out('lcov') };
    write({ 'x.test.yaml': tests.replace('[{ id: a }] }\n', '[{ id: z }] }\n') });
    await run(formats);
    const first = Object.values(formats).map((path) => readFileSync(path, 'utf8'));
    const { isKept, code } = await run(formats);
    const second = Object.values(formats).map((path) => readFileSync(path, 'utf8'));
    expect([isKept, code]).toEqual([true, 1]);
    expect(second[0]).toContain('"kept": true');
    expect(second[1]).toContain('<property name="kept" value="true"/>');
    const plain = (text: string) =>
      text.replace(',\n      "kept": true', '').replace(/.*<properties>.*\n/, '');
    expect(second.map(plain)).toEqual(first);
  });

  it('are told with everything that failed', async () => {
    write({ 'x.test.yaml': tests.replace('[{ id: a }] }\n', '[{ id: z }] }\n') });
    const first = await run();
    const second = await run();
    expect(second).toMatchObject({ code: 1, isKept: true });
    expect(second.text).toContain('No record {"id":"z"} was emitted.');
    expect(told(second.text)).toBe(told(first.text));
  });

  const expectedRecords = {
    'acceptance-test-config.yml':
      'acceptance_tests: { basic_read: { tests: [{ config_path: secrets/config.json, expect_records: { path: expected.jsonl } }] } }',
    'expected.jsonl': '{"stream": "items", "data": {"id": "a"}}\n',
  };
  const openapi = '{"openapi": "3.0.0", "paths": {"/items": {"get": {}}}}';

  it.each<
    readonly [what: string, before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>]
  >([
    ['the manifest', {}, { 'x.yaml': manifest.replace('name: items', 'name: items # these') }],
    ['the test file', {}, { 'x.test.yaml': tests.replace('{ id: a }]', '{ id: b }]') }],
    ['the config of its tests', {}, { 'x.test.yaml': tests.replace('c4nary', 'other') }],
    [
      'a schema',
      {},
      { 'schemas/items.json': '{ "type": "object", "properties": { "id": { "type": "integer" } } }' },
    ],
    [
      'metadata that was not there',
      {},
      { 'metadata.yaml': 'data: { allowedHosts: { hosts: [other.test] } }' },
    ],
    [
      'its metadata',
      { 'metadata.yaml': 'data: {}' },
      { 'metadata.yaml': 'data: { allowedHosts: { hosts: [other.test] } }' },
    ],
    ['a spec beside it', {}, { 'spec.json': '{}' }],
    ['acceptance tests that were not there', {}, expectedRecords],
    ['acceptance tests', expectedRecords, { 'acceptance-test-config.yml': '{}' }],
    [
      'records of acceptance tests',
      expectedRecords,
      { 'expected.jsonl': '{"stream": "items", "data": {"id": 1}}\n' },
    ],
    ['a config of acceptance tests', expectedRecords, { 'secrets/config.json': '{ "token": "x" }' }],
    ['the description of the API', {}, { 'openapi.json': openapi.replace('get', 'post') }],
  ])('are no longer told when %s changes, and again when it is as it was', async (_, before, after) => {
    write({ 'openapi.json': openapi, ...before });
    const options = { openapi: join(folder, 'openapi.json') };
    expect((await run(options)).isKept).toBe(false);
    expect((await run(options)).isKept).toBe(true);
    write(after);
    const changed = await run(options);
    expect(changed.isKept).toBe(false);
    const anew = await run({ ...options, cache: false });
    expect(told(changed.text)).toBe(told(anew.text));
    expect((await run(options)).isKept).toBe(true);
  });

  it('are no longer told when a file is gone', async () => {
    await run();
    rmSync(join(folder, 'schemas/items.json'));
    expect((await run()).isKept).toBe(false);
  });

  it('are those of a program, its checks and its tests', async () => {
    await run();
    expect((await run({}, 'another build')).isKept).toBe(false);
    expect((await run({ checks: ['pk-declared'] })).isKept).toBe(false);
    expect((await run({ checks: false })).isKept).toBe(false);
    expect((await run({ grep: 'two' })).isKept).toBe(false);
    expect((await run()).isKept).toBe(true);
  });

  it.each([
    ['MANIFOLD_BODY_LIMIT_MB', '1'],
    ['DEPLOYMENT_MODE', 'cloud'],
    ['NODE_OPTIONS', '--no-warnings'],
    ['TZ', 'Asia/Kathmandu'],
  ])('are those of an environment: %s', async (name, value) => {
    const before = process.env[name];
    await run();
    try {
      process.env[name] = value;
      expect((await run()).isKept).toBe(false);
    } finally {
      if (before === undefined) delete process.env[name];
      else process.env[name] = before;
    }
    expect((await run()).isKept).toBe(true);
  });

  it.each<readonly [string, TestCommandOptions]>([
    ['--no-cache', { cache: false }],
    ['--hooks, which may look at anything', { hooks: ['hook.js'] }],
    ['--update', { update: true }],
    ['--against', { against: 'git:HEAD' }],
    ['--mutate', { mutate: true, budget: '0' }],
  ])('are neither told nor kept with %s', async (_, options) => {
    await run(options);
    expect(readCache()).toEqual([]);
    await run();
    expect((await run(options)).isKept).toBe(false);
  });

  it('are not told where nobody knows the program', async () => {
    const environment = testEnvironment({ keeps: { folder: cache, program: () => undefined } });
    await testCommand([join(folder, 'x.yaml')], { checks }, environment);
    expect(readCache()).toEqual([]);
  });

  it.each([
    ['what cannot be tested', { 'x.yaml': 'streams: [' }],
    ['numbers that nobody can foresee', { 'x.yaml': manifest.replace("config['token']", 'generate_uuid()') }],
    [
      'a failure of the machine',
      { 'x.test.yaml': tests.replace('[{ id: a }] }\n', '[{ id: "ENOSPC: no space left" }] }\n') },
    ],
  ])('are not kept of %s', async (_, texts) => {
    write(texts);
    await run();
    expect((await run()).isKept).toBe(false);
  });

  it.each([
    ['cut off', (text: string) => text.slice(0, -40)],
    ['changed', (text: string) => text.replaceAll('passed', 'failed')],
    ['empty', () => ''],
    ['of another kind', () => 'nothing\n{}'],
  ])('are made again when the file is %s', async (_, spoil) => {
    const first = await run();
    for (const path of readCache()) writeFileSync(path, spoil(readFileSync(path, 'utf8')));
    const second = await run();
    expect(second.isKept).toBe(false);
    expect(told(second.text)).toBe(told(first.text));
    expect((await run()).isKept).toBe(true);
  });

  it('need no folder that can be written', async () => {
    write({ '.cache': 'a file where the folder should be' });
    const { code, isKept } = await run();
    expect([code, isKept]).toEqual([0, false]);
    expect((await run()).code).toBe(0);
  });

  it('hold nothing of configs and manifests', async () => {
    await run();
    const texts = readCache().map((path) => readFileSync(path, 'utf8'));
    expect(texts).toHaveLength(2);
    expect(texts.join()).toContain('one page');
    for (const secret of ['c4nary', 'BearerAuthenticator']) expect(texts.join()).not.toContain(secret);
  });

  it('are kept for each manifest of a folder', async () => {
    write({ 'y.yaml': manifest });
    await run({}, 'a build', '.');
    write({ 'y.yaml': manifest.replace('/items', '/others') });
    const { text } = await run({}, 'a build', '.');
    expect(text).toMatch(/x\.yaml {2}\(kept/);
    expect(text).toMatch(/y\.yaml {2}\(\d/);
    expect(text.indexOf('x.yaml')).toBeLessThan(text.indexOf('y.yaml'));
  });

  it('come out right of processes that keep them at once', async () => {
    const reports = await Promise.all([run(), run(), run(), run()]);
    expect(new Set(reports.map(({ text }) => told(text))).size).toBe(1);
    expect((await run()).isKept).toBe(true);
    // All of it, and stream by stream: nothing half written.
    expect(readCache()).toHaveLength(2);
  });
});

function readCache(): readonly string[] {
  try {
    return readdirSync(cache).map((name) => join(cache, name));
  } catch {
    return [];
  }
}
