import { setImmediate as nextRound } from 'node:timers/promises';
import { type CoverageCollector, collectCoverage } from '../../conformance/coverage/collector.ts';
import type { SubjectReport } from '../../conformance/report.ts';
import { type CheckResult, runChecks } from '../../conformance/run-checks.ts';
import { createSkips } from '../../conformance/skips.ts';
import { readTests } from '../../conformance/test-file/read-partly.ts';
import { runTest, type TestResult } from '../../conformance/test-file/run-test.ts';
import { toldOnce } from '../../conformance/told-once.ts';
import { isConnectorError } from '../../error/connector-error.ts';
import type { FindHelpers } from './helpers.ts';
import { keepTests, knownTests, testsByStream } from './kept/known-tests.ts';
import { hasMoreThanFiles } from './kept/more-than-files.ts';
import { keepStreams, openStreams } from './kept/open-streams.ts';
import { type LoadedSubject, loadSubject } from './load-subject.ts';
import type { TestRun } from './test-run.ts';
import type { Testable } from './testables.ts';
import { updateTests } from './update-tests.ts';

/** Checks and tests one manifest. Helpers take a part of its tests, where there are any. */
export async function reportOn(
  testable: Testable,
  run: TestRun,
  findHelpers?: FindHelpers,
): Promise<SubjectReport> {
  const started = performance.now();
  const empty = {
    file: testable.name,
    testFile: testable.testFile,
    problems: [],
    remarks: [],
    checks: [],
    tests: [],
    coverage: undefined,
  };
  try {
    const found =
      (await runAll(await loadSubject(testable, run), run, findHelpers)) ??
      (await runWhole(testable, { ...run, leavesTests: false }));
    return { ...empty, ...found, took: performance.now() - started };
  } catch (error) {
    if (!isConnectorError(error)) throw error;
    run.inputs?.add(undefined);
    const { message, nodes: places, offset } = error;
    return {
      ...empty,
      problems: [{ severity: 'error', message, places, offset }],
      took: performance.now() - started,
    };
  }
}

type Found = Omit<SubjectReport, 'file' | 'testFile' | 'took'>;

/** By this thread alone, which has read all of it before. */
async function runWhole(testable: Testable, run: TestRun): Promise<Found> {
  const found = await runAll(await loadSubject(testable, run), run, undefined);
  if (found === undefined) throw new TypeError(`"${testable.name}" has not been read.`);
  return found;
}

/** Undefined where a test that was left to be read is wrong: nothing of the file can be trusted then. */
async function runAll(
  loaded: LoadedSubject,
  run: TestRun,
  findHelpers: FindHelpers | undefined,
): Promise<Found | undefined> {
  const { checks, options, environment, inputs } = run;
  const { subject, testFile, remarks, skips, problems } = loaded;
  const streams = openStreams(loaded, run);
  const all = testFile?.fields?.tests ?? [];
  // Built-in checks take whatever way an API made of the manifest leads to: only what somebody expects counts.
  const coverage = all.length > 0 ? collectCoverage(subject) : undefined;
  const byStream = streams && options.grep === undefined ? testsByStream(loaded) : [];
  const known = streams && knownTests(loaded, byStream, streams, coverage);
  const found = new Map<number, TestResult>(known);
  const left = [...all.keys()].filter((index) => !found.has(index));
  const helpers = await findHelpers?.(left);
  helpers?.work.tellSound(subject.findings().every(({ severity }) => severity !== 'error'));
  const results: CheckResult[] = [];
  for await (const result of runChecks({ ...subject, memory: streams }, checks, createSkips(skips))) {
    results.push(result);
    // Simulated runs wait for nothing, and signals would have to.
    await nextRound();
  }
  const take = helpers?.work.take ?? numbersBelow(left.length);
  const first = take();
  // What stands before it others have taken, and read.
  const read = first === undefined ? testFile : testFile && readTests(testFile, left.slice(first));
  if (read?.fields === undefined && testFile?.fields !== undefined) return undefined;
  const own = { subject, testFile: read };
  for await (const [index, result] of runTests(own, left, beginningWith(first, take), coverage, options.grep))
    found.set(index, result);
  for (const { tests, seen, inputs: theirs } of (await helpers?.results()) ?? []) {
    inputs?.add(theirs);
    for (const [index, result] of tests) found.set(index, result);
    if (seen !== undefined) coverage?.add(seen);
  }
  if (hasMoreThanFiles(subject.manifest) || results.some(({ hasThrown }) => hasThrown))
    inputs?.add(undefined);
  const tests = [...found].sort(([a], [b]) => a - b).map(([, result]) => result);
  if (options.update === true && testFile !== undefined)
    await updateTests(testFile, tests, subject, environment);
  if (streams !== undefined) {
    if (coverage !== undefined) keepTests(byStream, streams, found, coverage.seen());
    await keepStreams(streams, loaded, run);
  }
  const report = {
    problems,
    remarks,
    checks: toldOnce(results),
    tests,
    coverage: await coverage?.result(),
    keptStreams: streams && streams.known > 0 ? { kept: streams.known, all: streams.all } : undefined,
  };
  if (options.mutate !== true) return report;
  const { tryMutants } = await import('./try-mutants.ts');
  return {
    ...report,
    ...(await tryMutants(
      { subject, testFile, skips, report: { ...report, checks: results } },
      options,
      environment,
    )),
  };
}

/** Runs those of the tests that are left of which `take` gives the place among them, until it gives no more. */
export async function* runTests(
  { subject, testFile }: Pick<LoadedSubject, 'subject' | 'testFile'>,
  left: readonly number[],
  take: () => number | undefined,
  coverage: CoverageCollector | undefined,
  grep?: string,
): AsyncGenerator<readonly [index: number, result: TestResult]> {
  if (testFile?.fields === undefined || testFile.node === undefined) return;
  const { fields: file, node, unread } = testFile;
  for (let place = take(); place !== undefined; place = take()) {
    const index = left[place];
    const test = index === undefined ? undefined : file.tests?.[index];
    if (index === undefined || test === undefined) return;
    if (unread?.has(index) === true) throw new TypeError(`"${test.name}" has not been read.`);
    if (grep !== undefined && !matches(grep, `${test.stream ?? ''}: ${test.name}`)) continue;
    yield [index, await runTest(test, index, { subject, file, node, coverage })];
  }
}

function matches(pattern: string, text: string): boolean {
  return text.toLowerCase().includes(pattern.toLowerCase());
}

function beginningWith(first: number | undefined, take: () => number | undefined): () => number | undefined {
  let next = first;
  return () => {
    const taken = next ?? take();
    next = undefined;
    return taken;
  };
}

function numbersBelow(count: number): () => number | undefined {
  let next = 0;
  return () => (next < count ? next++ : undefined);
}
