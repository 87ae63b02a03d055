import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test as testCommand } from '../../../../engine/commands/test/test.ts';
import type { TestCommandOptions } from '../../../../engine/commands/test/test-run.ts';
import { testEnvironment } from '../../../kit/environment.ts';
import { manifestWith } from '../../conformance/harness.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'manifold-test-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes files into the folder and runs the command over it. */
async function run(
  files: Readonly<Record<string, string>>,
  options: TestCommandOptions = {},
  env: Readonly<Record<string, string>> = {},
) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const environment = testEnvironment({ env });
  const code = await testCommand([folder], options, environment);
  return {
    code,
    text: environment
      .written()
      .replaceAll(`${folder}/`, '')
      .replace(/ {2}\(\d.*\)/g, ''),
    said: environment.said(),
    file: (name: string) => readFileSync(join(folder, name), 'utf8').replaceAll(`${folder}/`, ''),
  };
}

const keyed = manifestWith({
  stream: 'primary_key: id',
  schema: '{ type: object, properties: { id: { type: string } } }',
});
const legend = '\nstatic     read off the manifest, nothing was asked\n';
const passing = `config: {}
tests:
  - name: one page
    stream: items
    http: [{ on: GET /items, json: [{ id: a }] }]
    expect: { records: [{ id: a }] }
`;

const checks = ['spec-types', 'pk-declared'];

describe('manifold test', () => {
  it('counts what has passed, by what it stands on', async () => {
    const { code, text } = await run({ 'x.yaml': keyed, 'x.test.yaml': passing }, { checks });
    expect(text).toBe(`x.yaml
  static     2 passed
  simulated  1 passed

static     read off the manifest, nothing was asked
simulated  consistent with itself, against an API that was made up
`);
    expect(code).toBe(0);
  });

  it('tests a manifest once, also where its test file is named beside it', async () => {
    await run({ 'x.yaml': keyed, 'x.test.yaml': passing }, { checks });
    const environment = testEnvironment();
    const paths = ['x.yaml', 'x.test.yaml', '.', 'x.yaml'].map((name) => join(folder, name));
    expect(await testCommand(paths, { checks }, environment)).toBe(0);
    expect(environment.written().match(/2 passed/g)).toHaveLength(1);
  });

  it('refuses options that would change nothing', async () => {
    await expect(run({ 'x.yaml': keyed }, { checks: [] })).rejects.toThrow('"--checks" names no check');
    await expect(run({ 'x.yaml': keyed }, { stream: ['items'] })).rejects.toThrow(
      '"--stream" goes with --mutate. To run the tests of some streams, name them by --grep.',
    );
    await expect(run({ 'x.yaml': keyed }, { minScore: '90' })).rejects.toThrow(
      '"--min-score" goes with --mutate.',
    );
  });

  it('shows what fails at its line, and ends with 1', async () => {
    const broken = manifestWith({ spec: '{ type: object, properties: { a: { type: [string, integer] } } }' });
    const { code, text } = await run({ 'x.yaml': broken }, { checks });
    expect(text).toBe(`static     error    spec-types
  "a" has 2 types (string, integer), and a form can show one. Choose it.

  x.yaml:7:46
  7 |     { type: object, properties: { a: { type: [string, integer] } } }
    |                                              ^

static     warning  pk-declared
  Stream "items" has no primary key, so a destination cannot tell a change from
  a new record.
  at x.yaml:9:5

x.yaml
  static     1 failed, 1 warned
${legend}`);
    expect(code).toBe(1);
  });

  it('lets warnings pass, unless it is strict', async () => {
    expect((await run({ 'x.yaml': manifestWith() }, { checks })).code).toBe(0);
    expect((await run({}, { checks, strict: true })).code).toBe(1);
  });

  it('takes a reason for what does not hold', async () => {
    const skip = 'skip: { pk-declared: { items: the API has no ids } }';
    const { code, text } = await run(
      { 'x.yaml': manifestWith(), 'x.test.yaml': skip },
      { checks, strict: true, verbose: true },
    );
    expect(code).toBe(0);
    expect(text).toContain('static     skipped  pk-declared of items: the API has no ids');
  });

  it('ends with 2 when a test file has mistakes, and still runs the checks', async () => {
    const { code, text } = await run(
      { 'x.yaml': keyed, 'x.test.yaml': 'tests: [{ name: a, stream: item }]' },
      { checks },
    );
    expect(text).toContain('error: The manifest has no stream "item". Did you mean "items"?');
    expect(text).toContain('static     2 passed');
    expect(code).toBe(2);
  });

  it.each([
    ['relative to the test file', () => '../one/y.yaml'],
    ['absolute', () => join(folder, 'one/y.yaml')],
  ])('finds the manifest that a test file names by a path that is %s', async (_, named) => {
    const files = { 'one/y.yaml': keyed, 'two/x.test.yaml': `manifest: ${named()}\n${passing}` };
    const { code, text } = await run(files, { checks });
    expect(text).toContain('simulated  1 passed');
    expect(code).toBe(0);
  });

  it('says that the manifest of a test file is missing, and leaves alone what other tools test', async () => {
    const files = { 'x.yaml': keyed, 'y.test.yaml': passing, 'z.test.yaml': 'suite: of another tool\n' };
    const { code, text } = await run(files, { checks });
    expect(text).toContain('y.yaml');
    expect(text).not.toContain('z.');
    expect(code).toBe(2);
  });

  it('ends with 2 when there is no check of a name, no manifest, or none that can be read', async () => {
    await expect(run({ 'x.yaml': keyed }, { checks: ['spec-type'] })).rejects.toThrow(
      'There is no check "spec-type". Did you mean "spec-types"?',
    );
    await expect(run({ 'x.yaml': 'name: nothing' })).rejects.toThrow('There is no manifest in the folder');
    const { code } = await run({ 'x.yaml': 'type: DeclarativeSource\nstreams: [' });
    expect(code).toBe(2);
  });

  it('writes JUnit, JSON, SARIF and annotations, each saying what it stands on', async () => {
    const failing = passing.replace('records: [{ id: a }]', 'records: [{ id: "<b>" }]');
    const out = (name: string) => join(folder, 'out', name);
    const options = {
      checks,
      junit: out('junit.xml'),
      json: out('x.json'),
      sarif: out('x.sarif'),
      github: true,
    };
    const summary = join(folder, 'summary.md');
    const { code, text, file } = await run({ 'x.yaml': manifestWith(), 'x.test.yaml': failing }, options, {
      GITHUB_STEP_SUMMARY: summary,
    });
    expect(code).toBe(1);
    expect(text).toContain(
      '::warning file=x.yaml,line=9,col=5,title=pk-declared::Stream "items" has no primary key',
    );
    expect(text).toContain(
      '::error file=x.test.yaml,line=6,col=25,title=test::Test "one page": No record {"id":"<b>"} was emitted. (simulated)',
    );
    const junit = file('out/junit.xml');
    expect(junit).toContain('<testsuite name="x.yaml" tests="3" failures="1" errors="0" skipped="0"');
    expect(junit).toContain(
      '<failure message="No record {&quot;id&quot;:&quot;&lt;b&gt;&quot;} was emitted." type="failure">',
    );
    expect(junit).toContain('classname="x.yaml.simulated"');
    const sarif = JSON.parse(file('out/x.sarif'));
    expect(
      sarif.runs[0].results.map(({ ruleId, level }: { ruleId: string; level: string }) => [ruleId, level]),
    ).toEqual([
      ['pk-declared', 'warning'],
      ['test', 'error'],
    ]);
    const json = JSON.parse(file('out/x.json'));
    expect(json).toMatchObject({
      exitCode: 1,
      subjects: [{ tests: [{ name: 'one page', status: 'failed', level: 'simulated' }] }],
    });
    expect(readFileSync(summary, 'utf8')).toContain('| simulated | 0 | 1 | 0 | 0 |');
  });

  it('leaves stdout to a report that is written there', async () => {
    const { text, said } = await run({ 'x.yaml': keyed }, { checks, json: '-' });
    expect(JSON.parse(text).exitCode).toBe(0);
    expect(said).toContain('2 passed');
  });

  it('compares with the manifest at a commit, and with the schemas that it had there', async () => {
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
        stdio: 'pipe',
      });
    const withFile = keyed.replace(
      /schema_loader:[\s\S]*?\n {4}primary_key/,
      'schema_loader: { type: JsonFileSchemaLoader, file_path: ./schemas/items.json }\n    primary_key',
    );
    writeFileSync(join(folder, 'x.yaml'), withFile);
    mkdirSync(join(folder, 'schemas'));
    writeFileSync(
      join(folder, 'schemas/items.json'),
      '{"type":"object","properties":{"id":{"type":"string"},"old":{"type":"string"}}}',
    );
    git('init', '-q');
    git('add', '.');
    git('commit', '-q', '-m', 'first');
    const { code, text } = await run(
      { 'schemas/items.json': '{"type":"object","properties":{"id":{"type":"integer"}}}' },
      { checks: ['catalog-compatible'], against: 'git:HEAD' },
    );
    expect(text).toContain('"id" of stream "items" was of the type string and is integer.');
    expect(text).toContain('"old" of stream "items" is gone from its schema.');
    expect(code).toBe(1);
    const unknown = await run({}, { checks: ['catalog-compatible'], against: 'git:nothing' });
    expect(unknown.text).toContain('The repository has no commit, tag or branch "nothing".');
    expect(unknown.code).toBe(2);
  });

  it('runs only the tests that are asked for', async () => {
    const { text } = await run({ 'x.yaml': keyed, 'x.test.yaml': passing }, { checks: false, grep: 'TWO' });
    expect(text).toBe('x.yaml\n\n');
  });

  it('rewrites what failing tests expect, prints the difference, and never does so in CI', async () => {
    const old = `# What the API gives.
tests:
  - name: one page # of one
    stream: items
    http: [{ on: GET /items, json: [{ id: a, more: 1 }, { id: b }] }]
    expect: { records: [{ id: z }], count: 1 }
`;
    const files = { 'x.yaml': keyed, 'x.test.yaml': old };
    const options = { checks: false as const, update: true };
    await expect(run(files, options, { CI: 'true' })).rejects.toThrow('it does not run where CI is set');
    const { text, file } = await run(files, options);
    expect(text).toContain('-    expect: { records: [{ id: z }], count: 1 }');
    const updated = file('x.test.yaml');
    expect(updated).toContain('# What the API gives.');
    expect(updated).toContain('name: one page # of one');
    const again = await run({}, { checks: false });
    expect(again.code).toBe(0);
    expect(updated).toMatch(/records: \[ ?\{ id: a \}, \{ id: b \} ?\], count: 2/);
  });

  it('hides the secrets of the config in the difference, beside which they may stand', async () => {
    const spec = `spec:
  type: Spec
  connection_specification:
    { type: object, properties: { key: { type: string, airbyte_secret: true } } }
`;
    const expectation = 'expect: { count: 2 }, config: { key: canary-1 }';
    const tests = `config: { key: canary-2 }
tests:
  - { name: one, stream: items, http: [{ on: GET /items, json: [{ id: a }] }], ${expectation} }
`;
    const files = { 'x.yaml': `${keyed}\n${spec}`, 'x.test.yaml': tests };
    const { text, file } = await run(files, { checks: false, update: true });
    expect(text).toContain('+  - { name: one');
    expect(text).not.toContain('canary');
    expect(file('x.test.yaml')).toContain('config: { key: canary-1 }');
  });
});
