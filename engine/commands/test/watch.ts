import { watch as watchFolder } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SubjectReport } from '../../conformance/report.ts';
import { reportText } from '../../conformance/report-text.ts';
import { type CheckResult, runChecks } from '../../conformance/run-checks.ts';
import { createSkips } from '../../conformance/skips.ts';
import type { Subject } from '../../conformance/subject.ts';
import { runTest, type TestResult } from '../../conformance/test-file/run-test.ts';
import { toldOnce } from '../../conformance/told-once.ts';
import { isConnectorError } from '../../error/connector-error.ts';
import { printThrown } from '../../error/print-location.ts';
import { writtenPartsOf } from '../../language-server/written-parts.ts';
import { type ManifestNode, toValue } from '../../manifest/node.ts';
import { nodeAt } from '../../manifest/node-at.ts';
import { memoizeSync } from '../../util/flow/memoize.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { staticStreams } from '../../validate/source-streams.ts';
import { textIn } from '../../validate/visit.ts';
import { gatherChanges } from './gathered-changes.ts';
import { type LoadedSubject, loadSubject } from './load-subject.ts';
import { createRunMemory } from './run-memory.ts';
import type { TestRun } from './test-run.ts';
import type { Testable } from './testables.ts';

/** Editors write a file in several steps. Milliseconds. */
const settleTime = 30;
/** Output waits a moment for more of it. Milliseconds. */
const outputTime = 10;

/**
 * Runs the tests and checks of the streams that have changed, each time a file beside a manifest changes, until the process is told to
 * stop. What a stream is made of, in the manifest and in files, decides: a change of a shared definition concerns all
 * that use it.
 */
export async function watchTests(testables: readonly Testable[], run: TestRun): Promise<void> {
  const watched = testables.map((testable): Watched => {
    const own = { ...run, memory: createRunMemory() };
    const known = new Map<string, string>();
    return {
      folder: dirname(testable.manifest ?? testable.testFile ?? testable.name),
      texts: new Set([testable.manifest, testable.testFile].map((path) => path && basename(path))),
      rerun: (how) => rerun(testable, own, known, how),
    };
  });
  for (const each of watched) await each.rerun({ isFirst: true });
  const { signal } = run.environment;
  const folders = new Set(watched.map(({ folder }) => folder));
  await run.environment.write(`watching ${[...folders].join(', ')}\n`);
  const inside = (folder: string) => watched.filter((each) => each.folder === folder);
  await Promise.all([...folders].map((folder) => follow(folder, inside(folder), signal)));
}

interface Watched {
  readonly folder: string;
  /** Names of its manifest and its test file. */
  readonly texts: ReadonlySet<string | undefined>;
  readonly rerun: (how: RerunOptions) => Promise<void>;
}

interface RerunOptions {
  /** Says that nothing is to be run, too. */
  readonly isFirst?: boolean;
  /** Nothing but the manifest and its tests has changed: no other file needs to be looked at. */
  readonly onlyTexts?: boolean;
}

async function follow(
  folder: string,
  watched: readonly Watched[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const changes = gatherChanges(settled, async (names) => {
    for (const { texts, rerun } of watched)
      await rerun({ onlyTexts: names.every((name) => name !== null && texts.has(name)) });
  });
  try {
    for await (const { filename } of watchFolder(folder, { recursive: true, ...(signal && { signal }) }))
      changes.add(filename);
  } catch (error) {
    if (signal?.aborted !== true) throw error;
  } finally {
    changes.end();
  }
}

function settled(then: () => void): () => void {
  const timer = setTimeout(then, settleTime);
  return () => clearTimeout(timer);
}

/** Runs what has changed since it was last run. `known` holds what each test was then, and each stream. */
export async function rerun(
  testable: Testable,
  run: TestRun,
  known: Map<string, string>,
  { isFirst = false, onlyTexts = false }: RerunOptions = {},
): Promise<void> {
  const started = performance.now();
  const { environment } = run;
  try {
    const loaded = await loadSubject(testable, run);
    const streams = await changedStreams(loaded.subject, known, onlyTexts);
    const tests = changedTests(loaded, streams, known);
    const narrow = narrowed(loaded.subject, [...streams, ...tests.map(({ stream }) => stream)]);
    const report = (part: Partial<SubjectReport>): Promise<void> => {
      const empty = { problems: [], remarks: [], checks: [], tests: [], coverage: undefined };
      const { name: file, testFile } = testable;
      const took = performance.now() - started;
      return environment.write(reportText([{ ...empty, file, testFile, took, ...part }], { verbose: true }));
    };
    // Somebody waits for the tests. Checks look around in the whole manifest, and leave no time for output while they do.
    const { problems } = loaded;
    const results = await tested({ ...loaded, subject: narrow() }, tests);
    const wasBroken = known.delete(brokenKey(testable));
    const isUnchanged = results.length + problems.length + streams.size === 0;
    if (isUnchanged && wasBroken) await environment.write(`${testable.name} is as it was before.\n`);
    if (results.length + problems.length > 0 || isFirst) await report({ problems, tests: results });
    await sleep(outputTime);
    const checks = await checked({ ...loaded, subject: narrow(streams) }, run, streams);
    if (checks.length > 0) await report({ checks });
  } catch (error) {
    if (!isConnectorError(error)) throw error;
    // Somebody is in the middle of writing it, or has taken it away for a moment.
    known.set(brokenKey(testable), 'yes');
    await environment.write(`${printThrown(error)}\n`);
  }
}

function brokenKey({ name }: Testable): string {
  return `${name} cannot be read`;
}

/** The names of streams that are not made of what they were made of before. */
async function changedStreams(
  subject: Subject,
  known: Map<string, string>,
  onlyTexts: boolean,
): Promise<ReadonlySet<string>> {
  const changed = new Set<string>();
  const look = (what: string, name: string, is: string) => {
    const key = `${subject.file} ${what} ${name}`;
    if (known.get(key) !== is) changed.add(name);
    known.set(key, is);
  };
  const around = toJsonText([subject.config, subject.spec && toValue(subject.spec.whole)]);
  const parts = writtenPartsOf(subject.manifest);
  const listed = subject.source.children.filter(({ field }) => field === 'streams');
  for (const at of staticStreams(subject.source)) {
    const index = listed.indexOf(at);
    const made = index < 0 ? undefined : parts?.madeOf(`/streams/${index}`);
    look('stream', textIn(at, 'name') ?? '', `${around} ${made ?? toJsonText(toValue(at.node))}`);
  }
  if (!onlyTexts)
    for (const { name, schema } of await subject.streams())
      look('schema', name, toJsonText((await schema())?.value));
  return changed;
}

interface ChangedTest {
  readonly index: number;
  readonly stream: string | undefined;
}

/** Tests that are others than before, and those of streams that have changed. */
function changedTests(
  { subject, testFile }: LoadedSubject,
  streams: ReadonlySet<string>,
  known: Map<string, string>,
): readonly ChangedTest[] {
  const changed: ChangedTest[] = [];
  if (testFile?.fields === undefined || testFile.node === undefined) return changed;
  const { fields, node } = testFile;
  const shared = toJsonText([fields.config, fields.now]);
  // What a check asks for may be anything in the manifest.
  const whole = memoizeSync(
    () => subject.manifest.written?.place.source.text ?? toJsonText(toValue(subject.source.node)),
  );
  for (const [index, { stream, name }] of (fields.tests ?? []).entries()) {
    const is = `${shared} ${testText(nodeAt(node, ['tests', index]))} ${stream === undefined ? whole() : ''}`;
    const key = `${subject.file} test ${stream} ${name}`;
    if (known.get(key) !== is || (stream !== undefined && streams.has(stream)))
      changed.push({ index, stream });
    known.set(key, is);
  }
  return changed;
}

/** The nodes of a test file that has not changed are the same. */
const testTexts = new WeakMap<ManifestNode, string>();

function testText(node: ManifestNode): string {
  const text = testTexts.get(node) ?? toJsonText(toValue(node));
  testTexts.set(node, text);
  return text;
}

/** The subject as if it had no other streams than these, which are made once for checks and tests. */
function narrowed(
  subject: Subject,
  names: readonly (string | undefined)[],
): (streams?: ReadonlySet<string>) => Subject {
  const isSound = subject.findings().every(({ severity }) => severity !== 'error');
  const { manifest } = subject;
  const only = new Set(names.filter((name) => name !== undefined));
  const narrow = subject.altered(isSound ? { ...manifest, isChecked: true } : manifest, only);
  return (streams) =>
    streams === undefined
      ? narrow
      : {
          ...narrow,
          streams: async () => (await narrow.streams()).filter(({ name }) => streams.has(name)),
        };
}

async function checked(
  { subject, skips }: LoadedSubject,
  { checks }: TestRun,
  streams: ReadonlySet<string>,
): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  if (streams.size === 0) return results;
  for await (const result of runChecks(subject, checks, createSkips(skips))) results.push(result);
  return toldOnce(results);
}

async function tested(
  { subject, testFile }: LoadedSubject,
  changed: readonly ChangedTest[],
): Promise<TestResult[]> {
  const results: TestResult[] = [];
  if (testFile?.fields === undefined || testFile.node === undefined) return results;
  const { fields: file, node } = testFile;
  for (const { index } of changed) {
    const test = file.tests?.[index];
    if (test !== undefined) results.push(await runTest(test, index, { subject, file, node }));
  }
  return results;
}
