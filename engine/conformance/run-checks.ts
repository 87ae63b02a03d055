import { messageOf } from '../util/text/message-of.ts';
import type { Check, NotRun, Violation } from './check.ts';
import type { Skips } from './skips.ts';
import type { Subject } from './subject.ts';

/**
 * `passed`: something was looked at and nothing is wrong. `not-run`: nothing could be looked at, `reasons` say why.
 * `nothing`: there is nothing in the manifest that it concerns. A check with violations of less than its own severity
 * has passed, with remarks.
 */
export type Verdict = 'passed' | 'failed' | 'warned' | 'not-run' | 'nothing';

/** What came of one check. */
export interface CheckResult {
  readonly check: Check;
  readonly verdict: Verdict;
  readonly violations: readonly Violation[];
  /** What would be violations, had nobody said why they are not. */
  readonly skipped: readonly { readonly violation: Violation; readonly reason: string }[];
  readonly notRun: readonly NotRun[];
  /** The streams that were looked at; undefined in it stands for the manifest as a whole. */
  readonly looked: ReadonlySet<string | undefined>;
  /** Milliseconds. */
  readonly took: number;
  /** It has thrown: what came of it may be due to the machine. */
  readonly hasThrown?: boolean;
}

/** Runs the checks one after the other, in their order. */
export async function* runChecks(
  subject: Subject,
  checks: readonly Check[],
  skips: Skips = noSkips,
): AsyncGenerator<CheckResult> {
  for (const check of checks) yield await runCheck(subject, check, skips);
}

const noSkips: Skips = Object.freeze({ reasonFor: () => undefined });

export async function runCheck(subject: Subject, check: Check, skips: Skips = noSkips): Promise<CheckResult> {
  const violations: Violation[] = [];
  const skipped: { violation: Violation; reason: string }[] = [];
  const notRun: NotRun[] = [];
  const looked = new Set<string | undefined>();
  const started = performance.now();
  let hasThrown = false;

  function take(found: Violation): void {
    const reason = skips.reasonFor(check.id, found.stream);
    if (reason === undefined) violations.push(found);
    else skipped.push({ violation: found, reason });
    looked.add(found.stream);
  }

  try {
    for await (const event of check.run({ ...subject, asking: check.id })) {
      if (event.kind === 'violation') take(event);
      else if (event.kind === 'not-run') notRun.push(event);
      else looked.add(event.stream);
    }
  } catch (error) {
    hasThrown = true;
    take({
      kind: 'violation',
      severity: 'error',
      places: [],
      message: `The check itself failed: ${messageOf(error)}`,
    });
  }
  const verdict = verdictOf(check, { violations, notRun, looked });
  const took = performance.now() - started;
  return { check, verdict, violations, skipped, notRun, looked, took, ...(hasThrown && { hasThrown }) };
}

/** The same result with other violations: its verdict may be another. */
export function withViolations(result: CheckResult, violations: readonly Violation[]): CheckResult {
  return { ...result, violations, verdict: verdictOf(result.check, { ...result, violations }) };
}

function verdictOf(
  check: Check,
  { violations, notRun, looked }: Pick<CheckResult, 'violations' | 'notRun' | 'looked'>,
): Verdict {
  const severities = new Set(violations.map(({ severity = check.severity }) => severity));
  if (severities.has('error')) return 'failed';
  if (severities.has('warning')) return 'warned';
  if (looked.size > 0) return 'passed';
  return notRun.length > 0 ? 'not-run' : 'nothing';
}
