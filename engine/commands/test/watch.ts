import { watch as watchFolder } from 'node:fs/promises';
import { dirname } from 'node:path';
import { reportText } from '../../conformance/report-text.ts';
import { type CheckResult, runChecks } from '../../conformance/run-checks.ts';
import { createSkips } from '../../conformance/skips.ts';
import type { StreamAt, Subject } from '../../conformance/subject.ts';
import { runTest, type TestResult } from '../../conformance/test-file/run-test.ts';
import { isConnectorError } from '../../error/connector-error.ts';
import { printThrown } from '../../error/print-location.ts';
import { toValue } from '../../manifest/node.ts';
import { nodeAt } from '../../manifest/node-at.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { type LoadedSubject, loadSubject } from './load-subject.ts';
import type { TestRun } from './test-run.ts';
import type { Testable } from './testables.ts';

/** Editors write a file in several steps. Milliseconds. */
const settleTime = 30;

/**
 * Runs the tests and checks of the streams that have changed, each time a file beside a manifest changes, until the process is told to
 * stop. What a stream is, references and parameters written out, decides: a change of a shared definition concerns all
 * that use it.
 */
export async function watchTests(testables: readonly Testable[], run: TestRun): Promise<void> {
  const known = new Map<string, string>();
  for (const testable of testables) await rerun(testable, run, known, true);
  const { signal } = run.environment;
  const folders = new Set(
    testables.map(({ manifest, testFile, name }) => dirname(manifest ?? testFile ?? name)),
  );
  await run.environment.write(`watching ${[...folders].join(', ')}\n`);
  await Promise.all([...folders].map((folder) => follow(folder, testables, run, known, signal)));
}

async function follow(
  folder: string,
  testables: readonly Testable[],
  run: TestRun,
  known: Map<string, string>,
  signal: AbortSignal | undefined,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  // What is saved while tests run is looked at after them.
  let last = Promise.resolve();
  try {
    for await (const _ of watchFolder(folder, { recursive: true, ...(signal && { signal }) })) {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const inside = testables.filter(
          ({ manifest, testFile, name }) => dirname(manifest ?? testFile ?? name) === folder,
        );
        last = last.then(async () => {
          for (const testable of inside) await rerun(testable, run, known, false);
        });
      }, settleTime);
    }
  } catch (error) {
    if (signal?.aborted !== true) throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Runs what has changed since it was last run. `known` holds what each test was then, with its stream. */
export async function rerun(
  testable: Testable,
  run: TestRun,
  known: Map<string, string>,
  isFirst: boolean,
): Promise<void> {
  const started = performance.now();
  const { environment } = run;
  try {
    const loaded = await loadSubject(testable, run);
    const tests = await changedTests(loaded, known);
    const checks = await changedChecks(loaded, run, known);
    const wasBroken = known.delete(brokenKey(testable));
    if (tests.length + checks.length + loaded.problems.length === 0 && !isFirst) {
      if (wasBroken) await environment.write(`${testable.name} is as it was before.\n`);
      return;
    }
    const report = {
      file: testable.name,
      testFile: testable.testFile,
      problems: loaded.problems,
      remarks: [],
      checks,
      tests,
      coverage: undefined,
      took: performance.now() - started,
    };
    await environment.write(reportText([report], { verbose: true }));
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

/** Looks at the streams that have changed as if there were no others. */
async function changedChecks(
  { subject, skips }: LoadedSubject,
  { checks }: TestRun,
  known: Map<string, string>,
): Promise<CheckResult[]> {
  const changed: StreamAt[] = [];
  const spec = subject.spec && toValue(subject.spec.at.node);
  for (const stream of await subject.streams()) {
    const is = toJsonText([subject.config, spec, toValue(stream.at.node), (await stream.schema())?.value]);
    const key = `${subject.file} stream ${stream.name}`;
    if (known.get(key) !== is) changed.push(stream);
    known.set(key, is);
  }
  const results: CheckResult[] = [];
  if (changed.length === 0) return results;
  const narrowed: Subject = { ...subject, streams: async () => changed };
  for await (const result of runChecks(narrowed, checks, createSkips(skips))) results.push(result);
  return results;
}

async function changedTests(
  { subject, testFile }: LoadedSubject,
  known: Map<string, string>,
): Promise<TestResult[]> {
  if (testFile?.fields === undefined || testFile.node === undefined) return [];
  const { fields, node } = testFile;
  const streams = new Map((await subject.streams()).map((stream) => [stream.name, stream]));
  const shared = toJsonText([fields.config, fields.now]);
  const results: TestResult[] = [];
  for (const [index, test] of (fields.tests ?? []).entries()) {
    const at = streams.get(test.stream ?? '')?.at.node ?? subject.source.node;
    const is = toJsonText([shared, toValue(nodeAt(node, ['tests', index])), toValue(at)]);
    const key = `${subject.file} ${test.stream} ${test.name}`;
    if (known.get(key) === is) continue;
    known.set(key, is);
    results.push(await runTest(test, index, { subject, file: fields, node }));
  }
  return results;
}
