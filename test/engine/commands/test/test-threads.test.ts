import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chosenChecks } from '../../../../engine/commands/test/chosen-checks.ts';
import type { Helpers } from '../../../../engine/commands/test/helpers.ts';
import { reportOn } from '../../../../engine/commands/test/report-on.ts';
import { receivedReport, sentReport } from '../../../../engine/commands/test/sent-report.ts';
import { createSharedWork } from '../../../../engine/commands/test/shared-work.ts';
import { countHelpers } from '../../../../engine/commands/test/test-threads.ts';
import { help } from '../../../../engine/commands/test/test-worker.ts';
import { findTestables, type Testable } from '../../../../engine/commands/test/testables.ts';
import { reportJson } from '../../../../engine/conformance/report-json.ts';
import { testEnvironment } from '../../../kit/environment.ts';

const streams = ['items', 'things', 'others'];
const manifest = `version: 7.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [items] }
streams:
${streams
  .map(
    (name) => `  - type: DeclarativeStream
    name: ${name}
    primary_key: id
    retriever:
      requester: { url: "https://api.test/${name}" }
      record_selector:
        extractor: { field_path: [] }
        record_filter: { condition: "{{ record.id != 'b' }}" }
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: { id: { type: string } } } }
`,
  )
  .join('')}`;
/** The last of them fails. */
const tests = `tests:\n${streams
  .map(
    (stream, index) =>
      `  - name: all
    stream: ${stream}
    http: [{ on: GET /${stream}, json: [{ id: a }, { id: b }] }]
    expect: { count: ${index === 2 ? 7 : 1} }
`,
  )
  .join('')}`;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'manifold-threads-'));
  for (const name of ['x', 'y', 'z']) writeFileSync(join(folder, `${name}.yaml`), manifest);
  writeFileSync(join(folder, 'x.test.yaml'), tests);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const options = { checks: ['manifest-valid', 'request-builds', 'pk-declared'] };

function run() {
  return { options, checks: chosenChecks(options.checks), hooks: [], environment: testEnvironment() };
}

/** What a program reads, but for the times. */
function read(json: string): unknown {
  return JSON.parse(json, (key, value) => (key === 'milliseconds' ? 0 : value));
}

async function testables(name = ''): Promise<readonly Testable[]> {
  return findTestables([join(folder, name)]);
}

test('tests that two threads share come out as those of one, in their order', async () => {
  const [only] = await testables('x.yaml');
  if (only === undefined) throw new Error('There is something to test.');
  const alone = await reportOn(only, run());

  // The other thread has the first test, this one those that are left.
  const work = createSharedWork(1, 1);
  work.tellSound(true);
  const theirs = await help(
    { testables: [only], options, memory: work.memory, pieces: 1, thread: 0 },
    testEnvironment(),
  );
  expect([...theirs.tests.keys()]).toEqual([0]);
  const left = [1, 2].values();
  const helpers: Helpers = {
    work: { ...work, take: () => left.next().value },
    results: async () => [structuredClone(theirs)],
    close: async () => {},
  };
  const shared = await reportOn(only, { ...run(), leavesTests: true }, async () => helpers);
  expect(read(reportJson([shared], false))).toEqual(read(reportJson([alone], false)));
  expect(shared.coverage).toEqual(alone.coverage);
});

test('a manifest that another thread has tested is reported as if this one had', async () => {
  const all = await testables();
  const work = createSharedWork(all.length, 1);
  const { reports } = await help(
    { testables: all, options, memory: work.memory, pieces: all.length, thread: 0 },
    testEnvironment(),
  );
  const theirs = [...structuredClone(reports).values()].map(({ report }) => receivedReport(report));
  const own = await Promise.all(all.map((each) => reportOn(each, run())));
  expect(theirs).toHaveLength(3);
  expect(read(reportJson(theirs, false))).toEqual(read(reportJson(own, false)));
});

test('what cannot be sent to another thread is not part of what is sent', async () => {
  const [only] = await testables('x.yaml');
  if (only === undefined) throw new Error('There is something to test.');
  const sent = sentReport(await reportOn(only, run()));
  expect(structuredClone(sent)).toEqual(sent);
});

test('a test file with mistakes is told of by the thread that was asked for it', async () => {
  writeFileSync(join(folder, 'x.yaml'), 'a: [');
  const [only] = await testables('x.yaml');
  if (only === undefined) throw new Error('There is something to test.');
  const { memory } = createSharedWork(10, 1);
  const result = await help({ testables: [only], options, memory, pieces: 10, thread: 0 }, testEnvironment());
  expect([...result.tests]).toEqual([]);
});

test('a mistake in a test that was left to others is told of as if nobody else read it', async () => {
  writeFileSync(join(folder, 'x.test.yaml'), `config: { a: 1 }\n${tests.replace('count: 7', 'count: many')}`);
  const [only] = await testables('x.yaml');
  if (only === undefined) throw new Error('There is something to test.');
  const alone = await reportOn(only, run());
  expect(alone.problems).toMatchObject([{ message: expect.stringContaining('"count"') }]);
  const shared = await reportOn(only, { ...run(), leavesTests: true });
  expect(read(reportJson([shared], false))).toEqual(read(reportJson([alone], false)));
});

describe('threads are started', () => {
  const many = Array.from({ length: 100 }, (_, index) => ({
    name: `${index}`,
    manifest: '',
    testFile: undefined,
  }));

  test.each([
    ['for many manifests', many, {}, 1],
    ['not for a few', many.slice(0, 4), {}, 0],
    ['as many as are asked for', many.slice(0, 2), { workers: '3' }, 2],
    ['none where one is asked for', many, { workers: '1' }, 0],
    ['not while expectations are rewritten', many, { workers: '3', update: true }, 0],
    ['not for mutants', many, { mutate: true }, 0],
  ])('%s', (_, all, given, expected) => {
    expect(countHelpers(all, given, 2)).toBe(expected);
  });

  test('for many tests of one manifest', async () => {
    writeFileSync(join(folder, 'x.test.yaml'), `${tests}${'# more\n'.repeat(20_000)}`);
    const all = await testables('x.yaml');
    expect(countHelpers(all, {}, 8)).toBe(3);
    expect([countHelpers(all, {}, 2), countHelpers(all, { grep: 'one' }, 8)]).toEqual([1, 0]);
  });

  test.each(['0', '-1', 'two', '1.5'])('not with --workers %s', (workers) => {
    expect(() => countHelpers(many, { workers })).toThrow(
      `--workers is a number from 1 to 99, not "${workers}".`,
    );
  });
});

test('what is kept depends on what all threads have read', async () => {
  const cache = join(folder, 'cache');
  const say = async (...more: string[]) => {
    const args = ['dist/bin/manifold.js', 'test', folder, '--checks', 'schema-types', '--json', '-', ...more];
    const env = { ...process.env, XDG_CACHE_HOME: cache };
    const { stdout } = await promisify(execFile)(process.execPath, args, { env });
    return JSON.parse(stdout).subjects.map(({ kept = false }) => kept);
  };
  const files = ['x', 'y', 'z'];
  for (const name of files) {
    const text = manifest.replace(
      /InlineSchemaLoader.*/,
      `JsonFileSchemaLoader, file_path: ./${name}.json }`,
    );
    writeFileSync(join(folder, `${name}.yaml`), text);
    writeFileSync(join(folder, `${name}.json`), '{"type": "object", "properties": {}}');
  }
  rmSync(join(folder, 'x.test.yaml'));
  expect(await say('--workers', '3')).toEqual([false, false, false]);
  expect(await say()).toEqual([true, true, true]);
  for (const name of files) {
    writeFileSync(
      join(folder, `${name}.json`),
      '{"type": "object", "properties": {"a": {"type": "string"}}}',
    );
    expect(await say('--workers', '2')).toEqual(files.map((each) => each !== name));
  }
});

test('the command says the same with one thread and with several', async () => {
  const say = async (workers: string, ...paths: string[]) => {
    const args = ['test', ...paths, '--no-cache', '--checks', 'request-builds', '--json', '-'];
    const { stdout } = await promisify(execFile)(process.execPath, [
      'dist/bin/manifold.js',
      ...args,
      '--workers',
      workers,
    ]).catch((error: { stdout: string }) => error);
    return read(stdout);
  };
  const one = await say('1', folder);
  expect(one).toMatchObject({ exitCode: 1, subjects: [{ tests: [{}, {}, { status: 'failed' }] }, {}, {}] });
  expect(await say('3', folder)).toEqual(one);
  expect(await say('2', join(folder, 'x.yaml'))).toMatchObject({
    exitCode: 1,
    subjects: [{ tests: [{}, {}, {}] }],
  });
});
