import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test as testCommand } from '../../../../engine/commands/test/test.ts';
import { testEnvironment } from '../../../kit/environment.ts';
import { byDay, itemsWith } from '../../conformance/harness.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'manifold-folder-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the command in a folder of Airbyte's layout of these files, without secrets and without a network. */
async function run(files: Readonly<Record<string, string>>) {
  for (const [name, text] of Object.entries({ ...common, ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const environment = testEnvironment();
  const json = join(folder, 'out.json');
  const code = await testCommand([folder], { json: '-' }, environment);
  const { subjects } = JSON.parse(environment.written());
  const [subject] = subjects;
  rmSync(json, { force: true });
  const told = subject.checks.flatMap(
    ({
      id,
      severity,
      violations,
    }: {
      id: string;
      severity: string;
      violations: { severity?: string; message: string }[];
    }) => violations.map(({ severity: own, message }) => `${own ?? severity} ${id}: ${message}`),
  );
  const verdictOf = (id: string) => subject.checks.find((each: { id: string }) => each.id === id)?.verdict;
  return { code, told, remarks: subject.remarks as string[], verdictOf };
}

const manifest = itemsWith({
  incremental: byDay,
  schema: 'id: { type: integer }\nupdated_at: { type: string, format: date }',
});

const common = {
  'manifest.yaml': manifest,
  'metadata.yaml': 'data: { name: Items, allowedHosts: { hosts: [api.test] }, dockerImageTag: 1.2.0 }\n',
  'integration_tests/invalid_config.json': '{ "token": "wrong" }',
  'integration_tests/catalog.json': '{ "streams": [{ "stream": { "name": "items", "json_schema": {} } }] }',
  'integration_tests/expected_records.jsonl': [
    '{"stream": "items", "data": {"id": 1, "updated_at": "2026-01-02"}, "emitted_at": 1}',
    '{"stream": "items", "data": {"id": 2, "updated_at": "2026-01-03"}, "emitted_at": 1}',
  ].join('\n'),
  'integration_tests/state.json':
    '[{ "type": "STREAM", "stream": { "stream_state": { "updated_at": "2099-01-01" }, "stream_descriptor": { "name": "items" } } }]',
};

const today = `acceptance_tests:
  spec: { tests: [{ spec_path: manifest.yaml }] }
  connection:
    tests:
      - { config_path: secrets/config.json, status: succeed }
      - { config_path: integration_tests/invalid_config.json, status: failed }
  discovery: { tests: [{ config_path: secrets/config.json, backward_compatibility_tests_config: { previous_connector_version: 1.1.0 } }] }
  basic_read:
    tests:
      - config_path: secrets/config.json
        empty_streams: []
        expect_records: { path: integration_tests/expected_records.jsonl, exact_order: true }
  incremental:
    tests:
      - config_path: secrets/config.json
        configured_catalog_path: integration_tests/catalog.json
        future_state: { future_state_path: integration_tests/state.json }
  full_refresh: { bypass_reason: it takes a day }
`;

const before = `tests:
  spec: [{ spec_path: source_items/spec.yaml }]
  connection:
    - { config_path: secrets/config.json, status: succeed }
    - { config_path: integration_tests/invalid_config.json, status: failed }
  basic_read:
    - { config_path: secrets/config.json, configured_catalog_path: integration_tests/catalog.json, empty_streams: [items] }
  incremental:
    - { config_path: secrets/config.json, configured_catalog_path: integration_tests/catalog.json, future_state_path: integration_tests/state.json }
`;

describe('a folder of a connector', () => {
  it('runs as it is, with the tests of today', async () => {
    const { code, told, remarks, verdictOf } = await run({ 'acceptance-test-config.yml': today });
    expect(told).toEqual([]);
    expect(code).toBe(0);
    expect(remarks.map((each) => each.replace(/[:,].*/, ''))).toEqual(
      expect.arrayContaining(['secrets/config.json is not here', 'To compare with version 1.1.0']),
    );
    for (const id of [
      'hosts',
      'known-catalogs',
      'known-states',
      'expected-records',
      'check-verdict',
      'resume-no-loss',
    ])
      expect([id, verdictOf(id)]).toEqual([id, 'passed']);
  });

  it('runs with the tests of before, states by stream, and the manifest inside of its package', async () => {
    const { told, verdictOf } = await run({
      'acceptance-test-config.yml': before,
      'source_items/spec.yaml': `connectionSpecification:
  type: object
  required: [token]
  properties:
    token: { type: string, airbyte_secret: true }
    start_date: { type: string, default: "2026-01-01" }
`,
      'integration_tests/state.json': '{ "items": { "updated_at": "2099-01-01" } }',
    });
    expect(told).toEqual([]);
    expect(verdictOf('known-states')).toBe('passed');
    expect(verdictOf('known-catalogs')).toBe('passed');
  });

  it('says what of them does not fit the manifest, in the file where it stands', async () => {
    const { code, told } = await run({
      'acceptance-test-config.yml': today,
      'metadata.yaml': 'data: { name: Items, allowedHosts: { hosts: [api.example] } }\n',
      'integration_tests/catalog.json':
        '{ "streams": [{ "stream": { "name": "item", "json_schema": {} } }] }',
      'integration_tests/expected_records.jsonl': '{"stream": "items", "data": {"id": "one"}}',
      'integration_tests/state.json': '{ "thing": { "updated_at": "2099-01-01" } }',
    });
    expect(code).toBe(1);
    expect(told).toEqual([
      expect.stringMatching(/^error hosts: "api.test" is asked/),
      expect.stringMatching(/^error known-catalogs: The catalog names the stream "item"/),
      expect.stringMatching(/^error expected-records: "id" of a record of "items" must be an integer/),
      expect.stringMatching(/^warning known-states: A state of "thing" is given/),
    ]);
  });

  it('says of a file that its tests name and that is not here where they name it', async () => {
    const { code, told, remarks } = await run({
      'acceptance-test-config.yml': `acceptance_tests:
  spec: { tests: [{ spec_path: spec/of-it.json }] }
  connection: { tests: [{ config_path: fixtures/config.json }, { config_path: secrets/config.json }] }
  basic_read:
    tests:
      - config_path: fixtures/config.json
        configured_catalog_path: integration_tests/all.json
        expect_records: { path: integration_tests/records.jsonl }
  incremental: { tests: [{ config_path: secrets/config.json, future_state: { future_state_path: later.json } }] }
`,
    });
    expect(code).toBe(0);
    expect(told).toEqual(
      [
        'spec/of-it.json',
        'fixtures/config.json',
        'integration_tests/all.json',
        'integration_tests/records.jsonl',
        'later.json',
      ].map(
        (path) => `warning named-files: "${path}" is not in the folder, so what it would say is not tested.`,
      ),
    );
    expect(remarks).toEqual(['secrets/config.json is not here: a config is made out of the spec instead.']);
  });

  it('says of dynamic streams that they were not read', async () => {
    const streams = `dynamic_streams:
  - type: DynamicDeclarativeStream
    components_resolver: { type: ConfigComponentsResolver, stream_config: { type: StreamConfig, configs_pointer: [all] }, components_mapping: [{ type: ComponentMappingDefinition, field_path: [name], value: "{{ components_values.name }}" }] }
    stream_template: { type: DeclarativeStream, name: any, retriever: { type: SimpleRetriever, requester: { type: HttpRequester, url: "https://api.test/any" }, record_selector: { extractor: { type: DpathExtractor, field_path: [] } } }, schema_loader: { type: InlineSchemaLoader, schema: { type: object } } }
`;
    expect((await run({ 'manifest.yaml': `${manifest.trimEnd()}\n${streams}` })).remarks).toContain(
      'The streams of a template in "dynamic_streams" are made when a sync runs: what is written there was looked at, and they were not read.',
    );
    expect((await run({})).remarks).toEqual([]);
  });

  it('says of a component in Python that it is not looked into, and looks at all else', async () => {
    const { code, told, verdictOf } = await run({
      'manifest.yaml': manifest.replace(
        /extractor: \{[^}]*\}/,
        'extractor: { type: CustomRecordExtractor, class_name: source_declarative_manifest.components.Rows }',
      ),
      'components.py': 'class Rows:\n    pass\n',
    });
    expect(told.filter((each: string) => each.startsWith('error'))).toEqual([]);
    expect(told.join()).toContain('needs a hook named "Rows", and none is loaded');
    expect(code).toBe(0);
    expect(verdictOf('check-verdict')).toBe('passed');
    expect(verdictOf('page-complete')).toBe('nothing');
    expect(verdictOf('spec-secrets')).toBe('passed');
  });

  it("says what of the folder's own tests cannot be read", async () => {
    const own = (yaml: string, files = {}) => run({ 'acceptance-test-config.yml': yaml, ...files });
    expect((await own('acceptance_tests: [1')).remarks).toEqual([
      expect.stringMatching(
        /acceptance-test-config\.yml cannot be read, so the folder's own tests are left out: ./,
      ),
    ]);
    expect((await own('connector_image: x')).remarks).toEqual([
      expect.stringMatching(/has neither "acceptance_tests" nor "tests"/),
    ]);
    const expecting = `acceptance_tests:
  basic_read: { tests: [{ expect_records: { path: integration_tests/own.jsonl } }] }
  incremental: { tests: [{ future_state: { future_state_path: integration_tests/own.json } }] }`;
    const files = (records: string) => ({
      'integration_tests/own.jsonl': records,
      'integration_tests/own.json': '[1]',
    });
    expect(
      (await own(expecting, files('not json\n{"stream": "items", "data": {"id": 1}}\n'))).remarks,
    ).toEqual([
      'integration_tests/own.jsonl has 1 of 2 lines that are no {"stream": …, "data": {…}}: they are left out.',
      'integration_tests/own.json has no state of a stream.',
    ]);
    expect((await own(expecting, files('\n'))).remarks[0]).toBe(
      'integration_tests/own.jsonl is empty: no record is expected.',
    );
  });
});
