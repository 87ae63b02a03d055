import type { Place } from '../error/place.ts';
import { positionOf } from '../error/print-location.ts';
import { toJsonText } from '../util/json/to-json-text.ts';
import { taken } from './coverage/coverage.ts';
import { mutantsJson } from './mutants/report-mutants.ts';
import { exitCodeOf, type SubjectReport } from './report.ts';

/** For programs: everything that is known, a manifest each under `subjects`. */
export function reportJson(reports: readonly SubjectReport[], strict: boolean): string {
  const report = { version: 1, exitCode: exitCodeOf(reports, strict), subjects: reports.map(toJson) };
  return `${JSON.stringify(JSON.parse(toJsonText(report)), undefined, 2)}\n`;
}

function toJson({
  file,
  testFile,
  problems,
  remarks,
  checks,
  tests,
  coverage,
  mutants,
  took,
  isKept,
  keptStreams,
}: SubjectReport) {
  return {
    file,
    testFile,
    problems: problems.map(({ severity, message, places, offset }) => ({
      severity,
      message,
      ...spotOf(places[0], offset),
    })),
    remarks,
    checks: checks.map((result) => ({
      id: result.check.id,
      level: result.check.level,
      verdict: result.verdict,
      streams: [...result.looked].filter((name) => name !== undefined),
      violations: result.violations.map(
        ({ severity = result.check.severity, message, places, offset, stream }) => ({
          severity,
          message,
          stream,
          ...spotOf(places[0], offset),
          related: places.slice(1).map((place) => spotOf(place)),
        }),
      ),
      skipped: result.skipped.map(({ violation: { message, stream }, reason }) => ({
        stream,
        reason,
        message,
      })),
      notRun: result.notRun.map(({ stream, reason }) => ({ stream, reason })),
      milliseconds: Math.round(result.took),
    })),
    tests: tests.map(
      ({ name, stream, level, recorded, status, reason, failures, place, took: milliseconds }) => ({
        name,
        stream,
        level,
        recorded,
        status,
        reason,
        ...spotOf(place),
        failures: failures.map(({ message, details, place }) => ({ message, details, ...spotOf(place) })),
        milliseconds: Math.round(milliseconds),
      }),
    ),
    ...(coverage && {
      coverage: {
        ways: coverage.points.length,
        taken: taken(coverage),
        fields: coverage.fields,
        missing: coverage.points
          .filter(({ hits }) => hits === 0)
          .map(({ place, choice, way }) => ({ ...spotOf(place), choice, way })),
      },
    }),
    ...(mutants && { mutants: mutantsJson(mutants) }),
    milliseconds: Math.round(took),
    ...(isKept === true && { kept: true }),
    ...(keptStreams && { keptStreams: keptStreams.kept }),
  };
}

function spotOf(place: Place | undefined, offset?: number) {
  return place === undefined ? {} : { file: place.source.name, ...positionOf(place, offset) };
}
