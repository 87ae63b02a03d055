import type { Check } from '../../conformance/check.ts';
import { collectCoverage } from '../../conformance/coverage/collector.ts';
import { exitCodeOf, type SubjectReport } from '../../conformance/report.ts';
import { runChecks } from '../../conformance/run-checks.ts';
import { createSkips } from '../../conformance/skips.ts';
import { specifiedChecks } from '../../conformance/specified-checks.ts';
import { runTest, type TestResult } from '../../conformance/test-file/run-test.ts';
import { ConnectorError, isConnectorError } from '../../error/connector-error.ts';
import { didYouMean } from '../../util/text/did-you-mean.ts';
import type { Environment } from '../environment.ts';
import { type LoadedSubject, loadSubject } from './load-subject.ts';
import type { TestCommandOptions, TestRun } from './test-run.ts';
import { findTestables, type Testable } from './testables.ts';
import { refuseUpdateInCi, updateTests } from './update-tests.ts';
import { writeReports } from './write-reports.ts';

/**
 * `test`: the built-in checks of manifests and the tests beside them. Exit code 0 when all passed, 1 when something
 * failed, 2 when something could not be tested.
 */
export async function test(
  paths: readonly string[],
  options: TestCommandOptions,
  environment: Environment,
): Promise<number> {
  if (options.update === true) refuseUpdateInCi(environment);
  const checks = chosenChecks(options.checks);
  const hooks = await environment.loadHooks(options.hooks ?? []);
  const testables = await findTestables(paths.length === 0 ? ['.'] : paths);
  if (options.watch === true) {
    const { watchTests } = await import('./watch.ts');
    await watchTests(testables, { options, checks, hooks, environment });
    return 0;
  }
  const reports: SubjectReport[] = [];
  for (const testable of testables)
    reports.push(await reportOn(testable, { options, checks, hooks, environment }));
  await writeReports(reports, options, environment);
  return exitCodeOf(reports, options.strict === true);
}

export async function reportOn(testable: Testable, run: TestRun): Promise<SubjectReport> {
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
    const loaded = await loadSubject(testable, run);
    return { ...empty, ...(await runAll(loaded, run)), took: performance.now() - started };
  } catch (error) {
    if (!isConnectorError(error)) throw error;
    const { message, nodes: places, offset } = error;
    return {
      ...empty,
      problems: [{ severity: 'error', message, places, offset }],
      took: performance.now() - started,
    };
  }
}

async function runAll(
  { subject, testFile, remarks, skips, problems }: LoadedSubject,
  { checks, options, environment }: TestRun,
): Promise<Pick<SubjectReport, 'problems' | 'remarks' | 'checks' | 'tests' | 'coverage' | 'mutants'>> {
  const results = [];
  for await (const result of runChecks(subject, checks, createSkips(skips))) results.push(result);
  const tests: TestResult[] = [];
  const hasTests = (testFile?.fields?.tests ?? []).length > 0;
  // Built-in checks take whatever way an API made of the manifest leads to: only what somebody expects counts.
  const coverage = hasTests ? collectCoverage(subject) : undefined;
  if (testFile?.fields !== undefined && testFile.node !== undefined) {
    const { fields, node } = testFile;
    for (const [index, test] of (fields.tests ?? []).entries()) {
      if (options.grep !== undefined && !matches(options.grep, `${test.stream ?? ''}: ${test.name}`))
        continue;
      tests.push(await runTest(test, index, { subject, file: fields, node, coverage }));
    }
  }
  if (options.update === true && testFile !== undefined)
    await updateTests(testFile, tests, subject, environment);
  const report = { problems, remarks, checks: results, tests, coverage: await coverage?.result() };
  if (options.mutate !== true) return report;
  const { tryMutants } = await import('./try-mutants.ts');
  return { ...report, ...(await tryMutants({ subject, testFile, skips, report }, options, environment)) };
}

function matches(pattern: string, text: string): boolean {
  return text.toLowerCase().includes(pattern.toLowerCase());
}

function chosenChecks(ids: TestCommandOptions['checks']): readonly Check[] {
  if (ids === undefined) return specifiedChecks;
  if (ids === false) return [];
  const known = specifiedChecks.map(({ id }) => id);
  for (const id of ids) {
    if (known.includes(id)) continue;
    throw new ConnectorError(
      `There is no check "${id}".${didYouMean(id, known)} "manifold test --list" lists them.`,
      {
        kind: 'config_error',
      },
    );
  }
  return specifiedChecks.filter(({ id }) => ids.includes(id));
}
