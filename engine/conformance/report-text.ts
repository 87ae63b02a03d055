import type { Place } from '../error/place.ts';
import { locationOf, positionOf, printDiagnostic, printLocation } from '../error/print-location.ts';
import { grouped } from '../util/flow/grouped.ts';
import { wrapped } from '../util/text/wrapped.ts';
import type { Severity, Violation } from './check.ts';
import { taken } from './coverage/coverage.ts';
import { type Level, meaningOf } from './level.ts';
import { mutantLines, mutantSummary } from './mutants/report-mutants.ts';
import { countsAt, type SubjectReport } from './report.ts';
import type { CheckResult } from './run-checks.ts';
import type { TestResult } from './test-file/run-test.ts';

export interface TextOptions {
  /** Also what has passed, and each way that no test has taken. */
  readonly verbose?: boolean;
  readonly width?: number;
}

const levels: readonly Level[] = ['static', 'simulated', 'recorded', 'live'];

/** For people: every line says what it stands on. */
export function reportText(reports: readonly SubjectReport[], options: TextOptions = {}): string {
  const parts = reports.map((report) => subjectText(report, options));
  const used = levels.filter((level) => reports.some((report) => isUsed(level, report)));
  const legend = used.map((level) => `${level.padEnd(11)}${meaningOf[level]}\n`);
  return [...parts, ...(used.length === 0 ? [] : ['\n', ...legend])].join('');
}

function isUsed(level: Level, report: SubjectReport): boolean {
  return Object.values(countsAt(level, report)).some((count) => count > 0);
}

function subjectText(report: SubjectReport, { verbose = false, width = 80 }: TextOptions): string {
  const { file, problems, remarks, checks, tests, coverage, mutants, took, isKept, keptStreams } = report;
  const lines: string[] = [];
  for (const problem of problems) lines.push(`${problem.severity}: ${printDiagnostic(problem)}\n`);
  for (const check of checks) lines.push(...checkLines(check, verbose, width));
  for (const test of tests) lines.push(...testLines(test, verbose, width));
  if (coverage !== undefined && verbose)
    for (const { place, choice, way, hits } of coverage.points)
      if (hits === 0) lines.push(`${locationOf(place)}: no test takes this way: ${choice}, ${way}`);
  if (mutants !== undefined) lines.push(...mutantLines(mutants, verbose, width));
  const body = lines.length === 0 ? '' : `${lines.join('\n')}\n`;
  const summary = levels.filter((level) => isUsed(level, report)).map((level) => summaryLine(level, report));
  if (coverage !== undefined && coverage.points.length > 0) summary.push(coverageLine(coverage));
  if (mutants !== undefined) summary.push(mutantSummary(mutants));
  const hint = verbose ? undefined : whyNotRun(checks);
  const told = [...remarks, ...(hint === undefined ? [] : [hint])];
  const notes = told.flatMap((remark) => wrapped(remark, width - 2).map((line) => `  ${line}`));
  const time = took >= 1000 ? `${(took / 1000).toFixed(1)} s` : `${Math.round(took)} ms`;
  const some =
    keptStreams === undefined
      ? ''
      : `, ${keptStreams.kept} of ${keptStreams.all} streams kept from an earlier run`;
  const timing = isKept === true ? `kept from an earlier run, which took ${time}` : `${time}${some}`;
  return `${body}${file}  (${timing})\n${[...notes, ...summary.map((line) => `  ${line}`)].join('\n')}\n`;
}

/** As many checks that are not run for one reason are no detail. */
const fewestNotRun = 5;

/** What one reason, such as a hook that is not loaded, keeps from being looked at: otherwise only --verbose tells of it. */
function whyNotRun(checks: readonly CheckResult[]): string | undefined {
  const reasons = checks.flatMap(({ verdict, notRun: [first] }) =>
    verdict === 'not-run' && first !== undefined ? [first.reason] : [],
  );
  const [commonest] = [...grouped(reasons, (reason) => reason).values()].toSorted(
    (a, b) => b.length - a.length,
  );
  const [reason] = commonest ?? [];
  return commonest === undefined || commonest.length < fewestNotRun
    ? undefined
    : `${commonest.length} checks could not be run: ${reason}`;
}

function summaryLine(level: Level, report: SubjectReport): string {
  const { passed, failed, warned, notRun } = countsAt(level, report);
  const parts = [
    ...(passed > 0 || failed + warned + notRun === 0 ? [`${passed} passed`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(warned > 0 ? [`${warned} warned`] : []),
    ...(notRun > 0 ? [`${notRun} not run`] : []),
  ];
  return `${level.padEnd(11)}${parts.join(', ')}`;
}

function coverageLine(coverage: NonNullable<SubjectReport['coverage']>): string {
  const all = coverage.points.length;
  const hit = taken(coverage);
  const fields =
    coverage.fields.all === 0 ? '' : `, ${coverage.fields.seen} of ${coverage.fields.all} fields seen`;
  return `coverage   ${percent(hit, all)} % of the ways through the manifest (${hit} of ${all})${fields}`;
}

function percent(part: number, all: number): string {
  return (Math.floor((part / all) * 1000) / 10).toFixed(1);
}

function checkLines(result: CheckResult, verbose: boolean, width: number): string[] {
  const { check, violations, skipped, notRun, verdict, looked } = result;
  const head = (word: string) => `${check.level.padEnd(11)}${word.padEnd(9)}${check.id}`;
  const lines: string[] = [];
  for (const [found, ...others] of alike(violations)) {
    if (found === undefined) continue;
    const severity: Severity = found.severity ?? check.severity;
    if (severity === 'note' && !verbose) continue;
    const [place] = found.places;
    lines.push(
      [
        head(severity),
        ...wrapped(found.message, width - 2).map((line) => `  ${line}`),
        ...placeLines(place, found.offset, severity),
        ...alsoLine(found.places.slice(1)),
        ...repeatedLines(found, others, width),
        '',
      ].join('\n'),
    );
  }
  if (!verbose) return lines;
  for (const { violation, reason } of skipped)
    lines.push(
      `${head('skipped')}${violation.stream === undefined ? '' : ` of ${violation.stream}`}: ${reason}`,
    );
  for (const { stream, reason } of notRun)
    lines.push(`${head('not run')}${stream === undefined ? '' : ` of ${stream}`}: ${reason}`);
  if (verdict === 'passed') lines.push(`${head('passed')}${streamCount(looked)}`);
  return lines;
}

/** What says the same of several places or streams is told once: a handler that is written in thirty streams. */
function alike(violations: readonly Violation[]): readonly (readonly Violation[])[] {
  return [
    ...grouped(violations, ({ severity, message, stream }) => {
      const said = stream === undefined ? message : message.replaceAll(`"${stream}"`, '""');
      return `${severity} ${said}`;
    }).values(),
  ];
}

function repeatedLines(first: Violation, others: readonly Violation[], width: number): string[] {
  const lines = new Set(others.flatMap(({ places: [place] }) => (place && positionOf(place)?.line) ?? []));
  if (lines.size === 0) return [];
  const where = `line ${[...lines].join(', ')}`;
  const streams = new Set(
    others.flatMap(({ message, stream }) => (message === first.message ? [] : (stream ?? []))),
  );
  const text =
    streams.size === 0
      ? `and in ${lines.size} other ${lines.size === 1 ? 'place' : 'places'}, ${where}`
      : `and of ${[...streams].map((name) => `"${name}"`).join(', ')}: ${where}`;
  return wrapped(text, width - 2).map((line) => `  ${line}`);
}

/** Where the others of it are: a declaration, what it contradicts. */
function alsoLine(places: readonly Place[]): string[] {
  const all = [...new Set(places.map((place) => locationOf(place)))].slice(0, 3);
  return all.length === 0 ? [] : [`  see also ${all.join(', ')}`];
}

/** What fails is shown as it is written. */
function placeLines(place: Place | undefined, offset: number | undefined, severity: Severity): string[] {
  if (place === undefined) return [];
  if (severity !== 'error') return [`  at ${locationOf(place, offset)}`];
  return ['', ...indented(printLocation(place, offset))];
}

function streamCount(looked: CheckResult['looked']): string {
  const streams = [...looked].filter((name) => name !== undefined).length;
  return streams === 0 ? '' : ` (${streams} ${streams === 1 ? 'stream' : 'streams'})`;
}

function testLines(test: TestResult, verbose: boolean, width: number): string[] {
  const level = test.recorded === undefined ? test.level : `${test.level} ${test.recorded}`;
  const head = (word: string) =>
    `${level.padEnd(11)}${word.padEnd(9)}${test.stream === undefined ? '' : `${test.stream}: `}${test.name}`;
  if (test.status === 'skipped') return verbose ? [`${head('skipped')}: ${test.reason}`] : [];
  if (test.status === 'passed') return verbose ? [head('passed')] : [];
  const lines = test.failures.flatMap(({ message, details = [], place }) => [
    ...wrapped(message, width - 2).map((line) => `  ${line}`),
    ...details.map((line) => `    ${line}`),
    ...(place === undefined ? [] : [`  ${shortLocation(place)}`]),
  ]);
  return [[head('failed'), ...lines, ''].join('\n')];
}

/** Without a caret: the differences show what is wrong. */
function shortLocation(place: Place): string {
  const spot = positionOf(place);
  return spot === undefined ? place.source.name : `at ${place.source.name}:${spot.line}`;
}

function indented(text: string): string[] {
  return text.split('\n').map((line) => (line === '' ? '' : `  ${line}`));
}
