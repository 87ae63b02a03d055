import type { Place } from '../error/place.ts';
import type { Severity, Violation } from './check.ts';
import { type CheckResult, withViolations } from './run-checks.ts';

/**
 * One finding for each cause: what a check tells of a place is left out where another one tells it with better evidence.
 * Who only compares a stream with others, or only tells that the whole fails, gives way to all that say what is wrong.
 */
export function toldOnce(results: readonly CheckResult[]): readonly CheckResult[] {
  const all = results.flatMap((result) =>
    [...result.violations, ...result.skipped.map(({ violation }) => violation)].map((violation) => ({
      violation,
      result,
    })),
  );
  return results.map((result) => {
    const { violations } = result;
    const kept = violations.filter(
      (violation) => !all.some((other) => saysMore(other, { violation, result }, results)),
    );
    return kept.length === violations.length ? result : withViolations(result, kept);
  });
}

interface Told {
  readonly violation: Violation;
  readonly result: CheckResult;
}

function saysMore(better: Told, { violation, result }: Told, inOrder: readonly CheckResult[]): boolean {
  const { check } = result;
  const other = better.result.check;
  if (other === check || isNote(better)) return false;
  const id = violation.rule ?? check.id;
  if (other.saysMoreThan?.includes(id) === true) return isSamePlace(better.violation, violation);
  if (check.tellsOutcome === true) {
    const { rule } = better.violation;
    const isRule = rule !== undefined && check.saysMoreThan?.includes(rule) !== true;
    const isWhy =
      isCause(better.violation, violation) || (isRule && isWrittenIn(better.violation, violation));
    return isError(better) && isWhy;
  }
  if (check.comparesStreams !== true) return false;
  if (other.comparesStreams !== true) return isSamePlace(better.violation, violation);
  // Where both point at one place, the first to speak says what it is for.
  if (isSamePlace(better.violation, violation))
    return inOrder.indexOf(better.result) < inOrder.indexOf(result);
  return isNarrower(better, violation);
}

function isNote(told: Told): boolean {
  return severityOf(told) === 'note';
}

function isError(told: Told): boolean {
  return severityOf(told) === 'error';
}

function severityOf({ violation: { severity }, result: { check } }: Told): Severity {
  return severity ?? check.severity;
}

/** What is told of an outcome stands first, and then the places at which it came about. */
function isCause({ places: [place] }: Violation, { places: [, ...causes] }: Violation): boolean {
  return causes.some((cause) => spotOf(cause) === spotOf(place));
}

/** What fails is the component around something that no manifest may have. */
function isWrittenIn(cause: Violation, outcome: Violation): boolean {
  return cause.stream === outcome.stream && isWithin(cause.places[0], outcome.places[0]);
}

/** Of two that compare the same stream with others, the one that points at less knows better what differs. */
function isNarrower({ violation }: Told, wider: Violation): boolean {
  const [one, other] = [violation.places[0], wider.places[0]];
  const isSame = one?.start === other?.start && one?.end === other?.end;
  return violation.stream === wider.stream && isWithin(one, other) && !isSame;
}

function isWithin(one: Place | undefined, other: Place | undefined): boolean {
  if (one === undefined || other === undefined || one.source.name !== other.source.name) return false;
  return one.start >= other.start && one.end <= other.end;
}

function isSamePlace(one: Violation, other: Violation): boolean {
  const [a, b] = [spotOf(one.places[0]), spotOf(other.places[0])];
  return a !== undefined && a === b;
}

/** An item of a list of texts, such as a part of a key, stands for the list. */
function spotOf(place: Place | undefined): string | undefined {
  if (place === undefined) return undefined;
  const pointer = place.style === undefined ? place.pointer : place.pointer.replace(/(?:\/\d+)+$/, '');
  return `${place.source.name}#${pointer}`;
}
