import { locationOf } from '../error/print-location.ts';
import type { SubjectReport } from './report.ts';

interface Case {
  readonly name: string;
  readonly className: string;
  readonly seconds: number;
  readonly failures: readonly { readonly message: string; readonly text: string }[];
  readonly skipped: string | undefined;
  /** What was found and is no failure. */
  readonly output: string;
}

/** JUnit's XML, as Jenkins, GitLab and others read it: a suite for each manifest, a case for each check and test. */
export function reportJunit(reports: readonly SubjectReport[]): string {
  const suites = reports.map(suiteText);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="manifold test">\n${suites.join('')}</testsuites>\n`;
}

function suiteText(report: SubjectReport): string {
  const cases = [...problemCases(report), ...checkCases(report), ...testCases(report)];
  const failed = cases.filter(({ failures }) => failures.length > 0).length;
  const errors = report.problems.filter(({ severity }) => severity === 'error').length;
  const skipped = cases.filter(({ skipped }) => skipped !== undefined).length;
  const counts = `tests="${cases.length}" failures="${failed - errors}" errors="${errors}" skipped="${skipped}"`;
  const head = `  <testsuite name="${escaped(report.file)}" ${counts} time="${(report.took / 1000).toFixed(3)}">\n`;
  const kept = '    <properties><property name="kept" value="true"/></properties>\n';
  return `${head}${report.isKept === true ? kept : ''}${cases.map(caseText).join('')}  </testsuite>\n`;
}

function* problemCases({ file, problems }: SubjectReport): Generator<Case & { readonly isError: true }> {
  for (const { severity, message, places } of problems) {
    if (severity !== 'error') continue;
    const text = places.map((place) => locationOf(place)).join('\n');
    yield {
      name: message,
      className: file,
      seconds: 0,
      failures: [{ message, text }],
      skipped: undefined,
      output: '',
      isError: true,
    };
  }
}

function* checkCases({ file, checks }: SubjectReport): Generator<Case> {
  for (const { check, verdict, violations, notRun, took } of checks) {
    if (verdict === 'nothing') continue;
    const texts = violations.map(({ severity = check.severity, message, places }) => ({
      severity,
      message,
      text: places.map((place) => locationOf(place)).join('\n'),
    }));
    const reason = notRun[0]?.reason ?? '';
    yield {
      name: check.id,
      className: `${file}.${check.level}`,
      seconds: took / 1000,
      failures: texts.filter(({ severity }) => severity === 'error'),
      skipped: verdict === 'not-run' ? reason : undefined,
      output: texts
        .filter(({ severity }) => severity !== 'error')
        .map(({ severity, message, text }) => `${severity}: ${message} ${text}`)
        .join('\n'),
    };
  }
}

function* testCases({ file, tests }: SubjectReport): Generator<Case> {
  for (const { name, stream, level, status, reason, failures, took } of tests)
    yield {
      name: stream === undefined ? name : `${stream}: ${name}`,
      className: `${file}.${level}`,
      seconds: took / 1000,
      failures: failures.map(({ message, details = [], place }) => ({
        message,
        text: [...details, ...(place === undefined ? [] : [locationOf(place)])].join('\n'),
      })),
      skipped: status === 'skipped' ? reason : undefined,
      output: '',
    };
}

function caseText({ name, className, seconds, failures, skipped, output, ...rest }: Case): string {
  const kind = 'isError' in rest ? 'error' : 'failure';
  const inside = [
    ...failures.map(
      ({ message, text }) =>
        `      <${kind} message="${escaped(message)}" type="${kind}">${escaped(text)}</${kind}>\n`,
    ),
    ...(skipped === undefined ? [] : [`      <skipped message="${escaped(skipped)}"/>\n`]),
    ...(output === '' ? [] : [`      <system-out>${escaped(output)}</system-out>\n`]),
  ];
  const head = `    <testcase name="${escaped(name)}" classname="${escaped(className)}" time="${seconds.toFixed(3)}"`;
  return inside.length === 0 ? `${head}/>\n` : `${head}>\n${inside.join('')}    </testcase>\n`;
}

/** XML has no way to write most control characters. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;');
}
