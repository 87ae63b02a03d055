import { exitCodeOf, type SubjectReport } from '../../conformance/report.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import type { Environment } from '../environment.ts';
import { chosenChecks } from './chosen-checks.ts';
import type { FindHelpers } from './helpers.ts';
import { type NotedInput, openInputs } from './inputs.ts';
import { type KeptResults, openKeptResults } from './kept/kept-results.ts';
import type { KeptStreamsFile } from './kept/kept-streams.ts';
import { reportOn } from './report-on.ts';
import { receivedReport } from './sent-report.ts';
import type { TestCommandOptions, TestRun } from './test-run.ts';
import { countHelpers, startHelpers } from './test-threads.ts';
import { findTestables, type Testable } from './testables.ts';
import { refuseUpdateInCi } from './update-tests.ts';
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
  refuseWithoutMutate(options);
  const checks = chosenChecks(options.checks);
  const all = await findTestables(paths.length === 0 ? ['.'] : paths);
  const kept = openKeptResults(options, environment);
  const known = new Map<Testable, SubjectReport | undefined>();
  for (const each of all) known.set(each, await kept?.find(each));
  const testables = all.filter((each) => known.get(each) === undefined);
  const [only, ...others] = testables;
  const earlier = only && others.length === 0 ? await kept?.earlierStreams(only) : undefined;
  const helpers = await helpersFor(testables, options, environment, earlier !== undefined);
  try {
    const hooks = await environment.loadHooks(options.hooks ?? []);
    const run = { options, checks, hooks, environment };
    if (options.watch === true) {
      const { watchTests } = await import('./watch.ts');
      await watchTests(testables, run);
      return 0;
    }
    const made = await reportOnAll(testables, run, helpers, kept, earlier);
    for (const [index, { report, inputs }] of made.entries()) {
      const testable = testables[index];
      if (testable === undefined) continue;
      known.set(testable, report);
      if (environment.signal?.aborted !== true) await kept?.keep(testable, report, inputs);
    }
    if (made.length > 0) await kept?.tidy();
    const reports = all.flatMap((each) => known.get(each) ?? []);
    await writeReports(reports, options, environment);
    return exitCodeOf(reports, options.strict === true);
  } finally {
    await helpers.close();
  }
}

/** They would change nothing, and whoever gave them believes that they do. */
function refuseWithoutMutate(options: TestCommandOptions): void {
  if (options.mutate === true) return;
  const idle = (['stream', 'shard', 'budget', 'minScore'] as const).find(
    (name) => options[name] !== undefined,
  );
  if (idle === undefined) return;
  const option = idle === 'minScore' ? '--min-score' : `--${idle}`;
  throw new ConnectorError(
    `"${option}" goes with --mutate.${idle === 'stream' ? ' To run the tests of some streams, name them by --grep.' : ''}`,
    { kind: 'config_error' },
  );
}

interface Made {
  readonly report: SubjectReport;
  /** What was read for it. */
  readonly inputs: readonly NotedInput[] | undefined;
}

/** In their order, whoever has tested which. */
async function reportOnAll(
  testables: readonly Testable[],
  run: TestRun,
  helpers: StartedHelpers,
  kept: KeptResults | undefined,
  earlier: KeptStreamsFile | undefined,
): Promise<readonly Made[]> {
  const [only, ...others] = testables;
  if (only !== undefined && others.length === 0) {
    const streams = kept && { earlier, keep: (all: KeptStreamsFile) => kept.keepStreams(only, all) };
    return [await make(only, { ...run, kept: streams, leavesTests: helpers.areStarted }, helpers.find)];
  }
  const reports = new Map<number, Made>();
  const own = testables.keys();
  const started = await helpers.find([]);
  const take = started?.work.take ?? (() => own.next().value);
  for (let index = take(); index !== undefined; index = take()) {
    const testable = testables[index];
    if (testable !== undefined) reports.set(index, await make(testable, run));
  }
  for (const { reports: theirs } of (await started?.results()) ?? [])
    for (const [index, { report, inputs }] of theirs)
      reports.set(index, { report: receivedReport(report), inputs });
  return [...reports].sort(([a], [b]) => a - b).map(([, made]) => made);
}

async function make(testable: Testable, run: TestRun, findHelpers?: FindHelpers): Promise<Made> {
  const inputs = openInputs(run.environment);
  const report = await reportOn(testable, { ...run, inputs }, findHelpers);
  return { report, inputs: inputs.noted() };
}

interface StartedHelpers {
  readonly areStarted: boolean;
  readonly find: FindHelpers;
  close(): Promise<void>;
}

/** More tests than are over before another thread is ready. */
const worthwhileLeft = 100;

/** Threads start at once, unless what is known of an earlier run may leave little to do. */
async function helpersFor(
  testables: readonly Testable[],
  options: TestCommandOptions,
  { testWorker }: Environment,
  mayBeLittle: boolean,
): Promise<StartedHelpers> {
  const count = testWorker === undefined ? 0 : countHelpers(testables, options);
  const start = (left?: readonly number[]) =>
    testWorker === undefined || count === 0
      ? undefined
      : startHelpers(testWorker, testables, options, count, left);
  let started = mayBeLittle ? undefined : await start();
  return {
    areStarted: started !== undefined,
    async find(left) {
      if (mayBeLittle && left.length >= worthwhileLeft) started = await start(left);
      return started;
    },
    close: async () => started?.close(),
  };
}
