import type { SubjectReport } from '../../conformance/report.ts';
import type { CheckResult } from '../../conformance/run-checks.ts';
import { specifiedChecks } from '../../conformance/specified-checks.ts';
import type { TestResult } from '../../conformance/test-file/run-test.ts';

/** A report as it goes from one thread to another: checks by their names, without what only `--update` needs. */
export interface SentReport extends Omit<SubjectReport, 'checks' | 'mutants'> {
  readonly checks: readonly (Omit<CheckResult, 'check'> & { readonly id: string })[];
}

export function sentReport({ checks, tests, mutants: _, ...report }: SubjectReport): SentReport {
  return {
    ...report,
    checks: checks.map(({ check: { id }, ...result }) => ({ id, ...result })),
    tests: tests.map(sentTest),
  };
}

export function receivedReport({ checks, ...report }: SentReport): SubjectReport {
  return {
    ...report,
    checks: checks.flatMap(({ id, ...result }) =>
      specifiedChecks.filter((check) => check.id === id).map((check): CheckResult => ({ check, ...result })),
    ),
  };
}

export function sentTest({ outcome: _, ...result }: TestResult): TestResult {
  return result;
}
