import type { Diagnostic } from '../error/diagnostic.ts';
import type { Coverage } from './coverage/coverage.ts';
import type { Level } from './level.ts';
import type { MutantsReport } from './mutants/run-mutants.ts';
import { isEnough } from './mutants/score.ts';
import type { CheckResult } from './run-checks.ts';
import type { TestResult } from './test-file/run-test.ts';

/** What came of one manifest. */
export interface SubjectReport {
  /** The path of the manifest, or of the connector's folder. */
  readonly file: string;
  /** The path of its test file, if it has one. */
  readonly testFile: string | undefined;
  /** Why nothing or not everything could be tested: mistakes in the manifest, the test file, the folder. */
  readonly problems: readonly Diagnostic[];
  /** What was found beside the manifest, and what became of it. */
  readonly remarks: readonly string[];
  readonly checks: readonly CheckResult[];
  readonly tests: readonly TestResult[];
  readonly coverage: Coverage | undefined;
  /** What came of its mutants, when they were tried. */
  readonly mutants?: MutantsReport | undefined;
  /** Milliseconds; of the earlier run, when it is kept of one. */
  readonly took: number;
  /** Streams of which what an earlier run found is told, and how many there are, where it is not all. */
  readonly keptStreams?: { readonly kept: number; readonly all: number } | undefined;
  /** Nothing was run: all of it came out of an earlier run of the same. */
  readonly isKept?: boolean | undefined;
}

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly warned: number;
  readonly notRun: number;
}

/** Checks and tests of one level, counted. Checks that found nothing to look at are not. */
export function countsAt(level: Level, { checks, tests }: Pick<SubjectReport, 'checks' | 'tests'>): Counts {
  const verdicts = checks.filter(({ check }) => check.level === level).map(({ verdict }) => verdict);
  const statuses = tests.filter((test) => test.level === level).map(({ status }) => status);
  const all: readonly string[] = [...verdicts, ...statuses];
  const count = (...names: readonly string[]) => all.filter((name) => names.includes(name)).length;
  return {
    passed: count('passed'),
    failed: count('failed'),
    warned: count('warned'),
    notRun: count('not-run', 'skipped'),
  };
}

/** 0: all passed. 1: something failed, or warned under `strict`. 2: something could not be tested. */
export function exitCodeOf(reports: readonly SubjectReport[], strict: boolean): 0 | 1 | 2 {
  if (reports.some(({ problems }) => problems.some(({ severity }) => severity === 'error'))) return 2;
  const isWrong = ({ checks, tests, mutants }: SubjectReport) =>
    tests.some(({ status }) => status === 'failed') ||
    (mutants !== undefined && (!isEnough(mutants) || (strict && mutants.idle.length > 0))) ||
    checks.some(({ verdict }) => verdict === 'failed' || (strict && verdict === 'warned'));
  return reports.some(isWrong) ? 1 : 0;
}
