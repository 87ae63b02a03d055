import { parentPort, workerData } from 'node:worker_threads';
import { collectCoverage } from '../../conformance/coverage/collector.ts';
import type { TestResult } from '../../conformance/test-file/run-test.ts';
import { isConnectorError } from '../../error/connector-error.ts';
import type { Environment } from '../environment.ts';
import { chosenChecks } from './chosen-checks.ts';
import type { HelpedReport, HelperResult, HelperTask } from './helpers.ts';
import { openInputs } from './inputs.ts';
import { loadSubject } from './load-subject.ts';
import { reportOn, runTests } from './report-on.ts';
import { sentReport, sentTest } from './sent-report.ts';
import { workIn } from './shared-work.ts';
import type { TestRun } from './test-run.ts';
import type { Testable } from './testables.ts';

/** What of its environment a thread needs: it writes nothing. */
export type HelperEnvironment = Pick<
  Environment,
  'bundledHooks' | 'bundledSnapshot' | 'bundledSchema' | 'hasBundledSchema' | 'loadHooks'
>;

/** Takes pieces of the work that is shared with the thread that has started this one, and tells it what came of them. */
export async function helpToTest(environment: HelperEnvironment): Promise<void> {
  parentPort?.postMessage(await help(workerData, environment));
}

export async function help(task: HelperTask, environment: HelperEnvironment): Promise<HelperResult> {
  const { testables, options, memory, pieces, thread } = task;
  const work = workIn(memory, pieces);
  const run: TestRun = {
    options,
    checks: chosenChecks(options.checks),
    hooks: await environment.loadHooks(options.hooks ?? []),
    environment: {
      ...environment,
      env: {},
      write: async () => {},
      writeError: () => {},
      bundledManifest: '',
    },
  };
  const reports = new Map<number, HelpedReport>();
  const [only, ...others] = testables;
  if (only !== undefined && others.length === 0) return helpWithTests(only, task, run);
  if (work.join(thread))
    for (let piece = work.take(); piece !== undefined; piece = work.take()) {
      const testable = testables[piece];
      if (testable === undefined) continue;
      const inputs = openInputs(run.environment);
      const report = sentReport(await reportOn(testable, { ...run, inputs }));
      reports.set(piece, { report, inputs: inputs.noted() });
    }
  return { reports, tests: new Map(), seen: undefined, inputs: [] };
}

async function helpWithTests(
  testable: Testable,
  { memory, pieces, thread, left }: HelperTask,
  run: TestRun,
): Promise<HelperResult> {
  const nothing = { reports: new Map(), tests: new Map(), seen: undefined, inputs: [] };
  try {
    const work = workIn(memory, pieces);
    const inputs = openInputs(run.environment);
    const loaded = await loadSubject(testable, { ...run, inputs, isSound: work.isSound });
    if (!work.join(thread)) return nothing;
    const coverage = collectCoverage(loaded.subject);
    const tests = new Map<number, TestResult>();
    const numbers = left ?? [...(loaded.testFile?.fields?.tests ?? []).keys()];
    for await (const [index, result] of runTests(loaded, numbers, work.take, coverage))
      tests.set(index, sentTest(result));
    return { ...nothing, tests, seen: coverage.seen(), inputs: inputs.noted() };
  } catch (error) {
    // The other thread finds the same, and tells of it.
    if (isConnectorError(error)) return nothing;
    throw error;
  }
}
