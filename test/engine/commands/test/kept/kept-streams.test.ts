import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { digestOf } from '../../../../../engine/commands/test/inputs.ts';
import { test as testCommand } from '../../../../../engine/commands/test/test.ts';
import type { TestCommandOptions } from '../../../../../engine/commands/test/test-run.ts';
import { testEnvironment } from '../../../../kit/environment.ts';

const checks = ['pk-declared', 'request-builds', 'err-garbage', 'statuses', 'spec-optional', 'schema-valid'];

/** Projects have tasks; labels and users stand alone. */
const manifest = `version: 7.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [labels] }
definitions:
  stream:
    type: DeclarativeStream
    primary_key: id
    retriever:
      requester:
        url: "https://api.test/{{ parameters.name }}"
        authenticator: { type: BearerAuthenticator, api_token: "{{ config['token'] }}" }
      record_selector:
        extractor: { field_path: [] }
        record_filter: { condition: "{{ record.id != 'b' }}" }
    schema_loader: { type: JsonFileSchemaLoader, file_path: "./schemas/{{ parameters.name }}.json" }
  projects:
    $ref: "#/definitions/stream"
    name: projects
    $parameters: { name: projects }
  tasks:
    $ref: "#/definitions/stream"
    name: tasks
    $parameters: { name: tasks }
    retriever:
      $ref: "#/definitions/stream/retriever"
      requester: { url: "https://api.test/projects/{{ stream_partition.project }}/tasks" }
      partition_router:
        type: SubstreamPartitionRouter
        parent_stream_configs:
          - { type: ParentStreamConfig, parent_key: id, partition_field: project, stream: { $ref: "#/definitions/projects" } }
  labels:
    $ref: "#/definitions/stream"
    name: labels
    $parameters: { name: labels }
  users:
    $ref: "#/definitions/stream"
    name: users
    $parameters: { name: users }
streams:
  - $ref: "#/definitions/projects"
  - $ref: "#/definitions/tasks"
  - $ref: "#/definitions/labels"
  - $ref: "#/definitions/users"
spec:
  connection_specification:
    type: object
    properties: { token: { type: string, airbyte_secret: true } }
`;
const streams = ['projects', 'tasks', 'labels', 'users'];
const [projects, tasks, labels, users] = streams;

const one = (stream: string) => `  - name: one page
    stream: ${stream}
    http: [{ on: GET /${stream}, json: [{ id: a }, { id: b }] }]
    expect: { records: [{ id: a }], count: 1 }
`;
const tests = `config: { token: c4nary-of-the-tests }
tests:
${one('projects')}${one('labels')}${one('users')}  - name: of each project
    stream: tasks
    http: [{ on: GET /projects, json: [{ id: p }] }, { on: GET /projects/p/tasks, json: [{ id: a }] }]
    expect: { count: 1 }
`;

let folder: string;
let cache: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'manifold-kept-streams-'));
  cache = join(folder, '.cache', 'test');
  write({ 'x.yaml': manifest, 'x.test.yaml': tests });
  for (const name of streams)
    write({ [`schemas/${name}.json`]: '{ "type": "object", "properties": { "id": { "type": "string" } } }' });
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(texts: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

interface Subject {
  readonly keptStreams?: number;
  readonly checks: readonly {
    readonly id: string;
    readonly violations: readonly unknown[];
    readonly notRun: readonly { readonly stream: string; readonly reason: string }[];
  }[];
  readonly tests: readonly {
    readonly stream: string;
    readonly status: string;
    readonly milliseconds: number;
  }[];
}

async function run(options: TestCommandOptions = {}): Promise<Subject> {
  const environment = testEnvironment({ keeps: { folder: cache, program: () => 'a build' } });
  await testCommand([join(folder, 'x.yaml')], { checks, json: '-', ...options }, environment);
  return JSON.parse(environment.written()).subjects[0];
}

/** Marks what is kept, so that it shows in the next report what came from there. */
function mark(): void {
  for (const name of readdirSync(cache).filter((each) => each.endsWith('.streams.result'))) {
    const path = join(cache, name);
    const file = JSON.parse(readFileSync(path, 'utf8').replace(/^.*\n/, ''));
    for (const [stream, kept] of Object.entries<{
      tests?: { took: number[] };
      quiet: Record<string, unknown>;
    }>(file.streams)) {
      if (kept.tests !== undefined) kept.tests.took = kept.tests.took.map(() => 777);
      for (const check of Object.keys(kept.quiet))
        kept.quiet[check] = [{ kind: 'not-run', stream, reason: 'kept' }];
    }
    const text = JSON.stringify(file);
    writeFileSync(path, `${digestOf(text)}\n${text}`);
  }
}

/** The streams whose tests, and whose checks, came from an earlier run. */
function kept({ tests, checks }: Subject) {
  return {
    tests: tests
      .filter(({ milliseconds }) => milliseconds === 777)
      .map(({ stream }) => stream)
      .sort(),
    checks: [
      ...new Set(
        checks.flatMap(({ notRun }) =>
          notRun.filter(({ reason }) => reason === 'kept').map(({ stream }) => stream),
        ),
      ),
    ].sort(),
  };
}

function plain(subject: Subject): unknown {
  return JSON.parse(JSON.stringify(subject), (key, value) =>
    ['milliseconds', 'keptStreams', 'kept'].includes(key) ? undefined : value,
  );
}

const all = [...streams].sort();

/** After a run and a change: what of the next one is kept. It says what a run says that keeps nothing. */
async function keptAfter(change: Readonly<Record<string, string>>) {
  await run();
  write(change);
  const told = await run();
  expect(plain(told)).toEqual(plain(await run({ cache: false })));
  write({ 'x.yaml': manifest, 'x.test.yaml': tests });
  for (const name of streams)
    write({ [`schemas/${name}.json`]: '{ "type": "object", "properties": { "id": { "type": "string" } } }' });
  rmSync(cache, { recursive: true });
  await run();
  mark();
  write(change);
  const marked = await run();
  expect(marked.keptStreams ?? 0).toBe(kept(marked).checks.length);
  return kept(marked);
}

const edited = (from: string | RegExp, to: string) => {
  const text = manifest.replace(from, to);
  expect(text).not.toBe(manifest);
  return { 'x.yaml': text };
};

describe('what an earlier run found of streams', () => {
  it('is told of those that a change does not concern', async () => {
    const rest = [projects, tasks, users].sort();
    expect(await keptAfter(edited('    name: labels\n', '    name: labels # these\n'))).toEqual({
      tests: rest,
      checks: rest,
    });
  });

  it('stands where it stands now', async () => {
    await run();
    write(edited('definitions:\n', '# A line more.\ndefinitions:\n'));
    mark();
    const told = await run();
    expect(kept(told)).toEqual({ tests: all, checks: all });
    const { tests: places } = await run({ cache: false });
    expect(told.tests.map(({ milliseconds: _, ...test }) => test)).toEqual(
      places.map(({ milliseconds: _, ...test }) => test),
    );
    expect(plain({ ...told, checks: [] })).toEqual(plain({ ...(await run({ cache: false })), checks: [] }));
  });

  it.each([
    ['a parent, whose children read it', /(name: projects\n)/, '$1    incremental_sync: null\n'],
    [
      'a child, which may ask its parent for more',
      'url: "https://api.test/projects/',
      'url: "https://api.test/teams/',
    ],
  ])('is not told of %s', async (_, from, to) => {
    const rest = [labels, users].sort();
    expect(await keptAfter(edited(from, to))).toEqual({ tests: rest, checks: rest });
  });

  it.each([
    ['a definition that all use', edited("!= 'b'", "!= 'c'")],
    ['the spec', edited('type: string, airbyte', 'type: string, title: Token, airbyte')],
    ['what checks the connection', edited('stream_names: [labels]', 'stream_names: [users]')],
    ['the config of the tests', { 'x.test.yaml': tests.replace('c4nary', 'other') }],
    ['the moment of the tests', { 'x.test.yaml': `now: 2026-03-01T00:00:00Z\n${tests}` }],
    [
      'a schema',
      { 'schemas/labels.json': '{ "type": "object", "properties": { "id": { "type": "integer" } } }' },
    ],
    ['metadata', { 'metadata.yaml': 'data: {}' }],
    [
      'a token endpoint, whose answer all streams share',
      edited(
        '    name: users\n',
        `    name: users
    retriever:
      $ref: "#/definitions/stream/retriever"
      requester:
        $ref: "#/definitions/stream/retriever/requester"
        authenticator:
          { type: OAuthAuthenticator, token_refresh_endpoint: "https://api.test/token", client_id: a, client_secret: b, refresh_token: c, access_token_name: key }
`,
      ),
    ],
    [
      'a mistake anywhere',
      edited('    name: users\n', '    name: users\n    primary_kye: id\n    retriever: 3\n'),
    ],
    ['two streams of a name', edited(/(streams:\n)/, '$1  - $ref: "#/definitions/labels"\n')],
  ])('is not told when %s changes', async (_, change) => {
    expect(await keptAfter(change)).toEqual({ tests: [], checks: [] });
  });

  it('is told of all streams whose tests are the same', async () => {
    const change = {
      'x.test.yaml': tests.replace(one('labels'), one('labels').replace('count: 1', 'count: 2')),
    };
    const told = await keptAfter(change);
    expect(told).toEqual({ tests: [projects, tasks, users].sort(), checks: all });
  });

  it.each([
    ['a field that there is not', 'count: 1', 'cuont: 1'],
    ['a stream that there is not', 'stream: labels', 'stream: lables'],
    ['a name that is there twice', 'stream: users', 'stream: labels'],
    ['a test that fails', 'GET /users', 'GET /usres'],
    ['a test of nothing', '    stream: labels\n', ''],
  ])('leaves nothing of the test file unread that has %s', async (_, from, to) => {
    await run();
    const text = tests.replace(from, to);
    expect(text).not.toBe(tests);
    write({ 'x.test.yaml': text });
    const told = await run();
    expect(plain(told)).toEqual(plain(await run({ cache: false })));
    write({ 'x.test.yaml': tests });
    expect((await run()).tests.map(({ status }) => status)).toEqual(Array(4).fill('passed'));
  });

  it('is not told of tests that say what others say, when those say something else', async () => {
    const rows = '[{ id: a }, { id: b }]';
    const anchored = tests
      .replace(one('projects'), one('projects').replace(rows, `&rows ${rows}`))
      .replace(one('labels'), one('labels').replace(rows, '*rows'));
    write({ 'x.test.yaml': anchored });
    expect((await run()).tests.map(({ status }) => status)).toEqual(Array(4).fill('passed'));
    mark();
    write({ 'x.test.yaml': anchored.replace('&rows [{ id: a }', '&rows [{ id: c }') });
    const told = await run();
    expect(kept(told).tests).toEqual([tasks, users].sort());
    expect(told.tests.find(({ stream }) => stream === labels)?.status).toBe('failed');
  });

  it('never is a failure: that is found anew', async () => {
    write({ 'x.test.yaml': tests.replace(one('labels'), one('labels').replace('count: 1', 'count: 2')) });
    await run();
    mark();
    write(edited('definitions:\n', '# A line more.\ndefinitions:\n'));
    const told = await run();
    expect(kept(told).tests).toEqual([projects, tasks, users].sort());
    expect(told.tests.find(({ stream }) => stream === labels)?.status).toBe('failed');
  });

  it('says nothing of one of two streams where something is wrong with what both use', async () => {
    // Both take a page of HTML for nothing, which is told once: of the first.
    const broken = manifest.replace(
      'authenticator:',
      'error_handler: { type: DefaultErrorHandler, response_filters: [{ type: HttpResponseFilter, action: IGNORE, predicate: "{{ true }}" }] }\n        authenticator:',
    );
    write({ 'x.yaml': broken });
    const before = await run();
    write({
      'x.yaml': broken.replace(
        '    name: projects\n',
        '    name: projects\n    retriever: { $ref: "#/definitions/stream/retriever", requester: { url: "https://api.test/projects" } }\n',
      ),
    });
    const after = await run();
    expect(plain(after)).toEqual(plain(await run({ cache: false })));
    expect(plain(after)).not.toEqual(plain(before));
  });

  it('is not told of a stream that was left out since another one had the same wrong', async () => {
    const unbuilt =
      '    retriever:\n      $ref: "#/definitions/stream/retriever"\n      requester: { url: "{{ config.host.name }}" }\n';
    const broken = manifest
      .replace(/( {4}name: (?:labels|users)\n)/g, `$1${unbuilt}`)
      .replace('    type: object\n', '    type: object\n    required: [token]\n')
      .replace(
        'airbyte_secret: true } }',
        'airbyte_secret: true }, host: { type: object, properties: { name: { type: string } } } }',
      );
    write({ 'x.yaml': broken, 'x.test.yaml': 'config: { token: a, host: { name: "https://api.test" } }' });
    const about = ({ checks }: Subject) => checks.find(({ id }) => id === 'spec-optional');
    const before = await run();
    expect(about(before)?.violations).toHaveLength(1);
    write({ 'x.yaml': broken.replace(unbuilt, '') });
    const after = await run();
    expect(about(after)?.violations).toHaveLength(1);
    expect(plain(after)).toEqual(plain(await run({ cache: false })));
  });
});
