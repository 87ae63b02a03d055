import * as z from 'zod';
import { specifiedChecks } from '../conformance/specified-checks.ts';
import type { Manifest } from '../connector/load-manifest.ts';
import { streamNode } from '../manifest/written-streams.ts';
import type { MissingWay, TestReport } from './messages.ts';
import { linesOf, outlineOf } from './outline.ts';

const line = z.number().optional();
const ways = z.object({ line: z.number(), choice: z.string(), way: z.string() });

/** What is used of the report of `manifold test --json`. */
const report = z.object({
  subjects: z.array(
    z.object({
      problems: z.array(z.object({ message: z.string(), line })),
      tests: z.array(
        z.object({
          stream: z.string().optional(),
          name: z.string(),
          status: z.enum(['passed', 'failed', 'skipped']),
          reason: z.string().optional(),
          failures: z.array(z.object({ message: z.string() })),
        }),
      ),
      checks: z.array(
        z.object({
          id: z.string(),
          verdict: z.string(),
          violations: z.array(
            z.object({ severity: z.string(), message: z.string(), stream: z.string().optional(), line }),
          ),
        }),
      ),
      coverage: z.object({ ways: z.number(), taken: z.number(), missing: z.array(ways) }).optional(),
      milliseconds: z.number(),
    }),
  ),
});

/** The report for the page: of each stream, what it was when it was tested, and which of its ways no test takes. */
export function testReport(json: string, manifest: Manifest | undefined): TestReport {
  const [subject] = report.parse(JSON.parse(json)).subjects;
  const docs = new Map(specifiedChecks.map(({ id, doc }) => [id, doc]));
  return {
    problems: subject?.problems.map(({ message }) => message) ?? [],
    tests: (subject?.tests ?? []).map(({ failures, stream, reason, ...test }) => ({
      ...test,
      stream,
      reason,
      failures: failures.map(({ message }) => message),
    })),
    checks: (subject?.checks ?? []).map(({ id, verdict, violations }) => ({
      id,
      verdict,
      doc: docs.get(id) ?? '',
      violations: violations.map((one) => ({ ...one, stream: one.stream, line: one.line })),
    })),
    coverage: subject?.coverage,
    streams: manifest === undefined ? {} : byStream(manifest, subject?.coverage?.missing ?? []),
    milliseconds: subject?.milliseconds ?? 0,
  };
}

function byStream(manifest: Manifest, missing: readonly MissingWay[]): TestReport['streams'] {
  return Object.fromEntries(
    outlineOf(manifest).map(({ name, digest }) => {
      const node = streamNode(manifest.root, name);
      const lines = node && linesOf(node);
      return [name, { digest, missing: missing.filter((way) => lines?.has(way.line)) }];
    }),
  );
}
