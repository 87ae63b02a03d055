import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { findingsOf } from '../../conformance/findings.ts';
import type { SubjectReport } from '../../conformance/report.ts';
import { reportText } from '../../conformance/report-text.ts';
import { writing } from '../../error/writing.ts';
import type { Environment } from '../environment.ts';

/** Where the results go. A path of `-` is stdout, which then holds nothing else. */
export interface ReportOptions {
  readonly verbose?: boolean;
  readonly strict?: boolean;
  readonly junit?: string;
  readonly json?: string;
  readonly sarif?: string;
  readonly lcov?: string;
  /** Annotations for the lines of a pull request, and the summary of the step. */
  readonly github?: boolean;
}

export async function writeReports(
  reports: readonly SubjectReport[],
  options: ReportOptions,
  environment: Environment,
): Promise<void> {
  const { strict = false } = options;
  const writers = {
    junit: async () => (await import('../../conformance/report-junit.ts')).reportJunit(reports),
    json: async () => (await import('../../conformance/report-json.ts')).reportJson(reports, strict),
    sarif: async () => (await import('../validate/report-sarif.ts')).asSarif(asFindings(reports)),
    lcov: async () => (await import('../../conformance/report-lcov.ts')).reportLcov(reports),
  };
  let isTaken = false;
  for (const [name, write] of Object.entries(writers)) {
    const path = options[name as keyof typeof writers];
    if (path === undefined) continue;
    const text = await write();
    if (path === '-') {
      isTaken = true;
      await environment.write(text);
    } else {
      await writing(path, async () => {
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, text);
      });
    }
  }
  if (options.github === true) {
    const { asGithub } = await import('../validate/report-github.ts');
    await environment.write(asGithub(asFindings(reports)));
    const summary = environment.env['GITHUB_STEP_SUMMARY'];
    if (summary !== undefined && summary !== '') {
      const { reportSummary } = await import('../../conformance/report-summary.ts');
      await appendFile(summary, reportSummary(reports));
    }
  }
  const width = Math.min(environment.terminal?.columns ?? 80, 100);
  const text = reportText(reports, { verbose: options.verbose === true, width });
  if (isTaken) environment.writeError(text);
  else await environment.write(text);
}

function asFindings(reports: readonly SubjectReport[]) {
  return reports.map((report) => ({ file: report.file, findings: findingsOf(report) }));
}
