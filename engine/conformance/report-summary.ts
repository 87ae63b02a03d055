import { taken } from './coverage/coverage.ts';
import { type Level, meaningOf } from './level.ts';
import { countsAt, type SubjectReport } from './report.ts';

const levels: readonly Level[] = ['static', 'simulated', 'recorded', 'live'];

/** A table in Markdown, for the summary of a workflow's step. */
export function reportSummary(reports: readonly SubjectReport[]): string {
  const rows = reports.flatMap((report) =>
    levels.flatMap((level) => {
      const { passed, failed, warned, notRun } = countsAt(level, report);
      if (passed + failed + warned + notRun === 0) return [];
      const mark = failed > 0 ? '❌' : warned > 0 ? '⚠️' : '✅';
      return [`| ${mark} ${cell(report.file)} | ${level} | ${passed} | ${failed} | ${warned} | ${notRun} |`];
    }),
  );
  const broken = reports.flatMap(({ file, problems }) =>
    problems.filter(({ severity }) => severity === 'error').map(({ message }) => `- ❌ ${file}: ${message}`),
  );
  const covered = reports.flatMap(({ file, coverage }) =>
    coverage === undefined || coverage.points.length === 0
      ? []
      : [
          `- ${file}: ${taken(coverage)} of ${coverage.points.length} ways through the manifest are taken by its tests`,
        ],
  );
  const legend = levels.map((level) => `- **${level}**: ${meaningOf[level]}`);
  return [
    '## manifold test',
    '',
    '| manifest | evidence | passed | failed | warned | not run |',
    '|---|---|--:|--:|--:|--:|',
    ...rows,
    '',
    ...broken,
    ...covered,
    '',
    ...legend,
    '',
  ].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
