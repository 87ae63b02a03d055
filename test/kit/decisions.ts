import type { Decision, DecisionKind, DecisionOf } from '../../engine/contract/decision.ts';
import { positionOf } from '../../engine/error/print-location.ts';
import { type Given, manifestOf, type Read, readManifest } from './read-manifest.ts';
import type { Answers } from './scope.ts';

/** What was decided during a read, in order. */
export interface Decided extends Read {
  readonly decisions: readonly Decision[];
  of<K extends DecisionKind>(kind: K): readonly DecisionOf<K>[];
  /** The text of the manifest's line where a decision is made; undefined where it has no place. */
  lineOf(decision: Decision): string | undefined;
}

/** Reads one stream, given as YAML, and listens to what is decided. */
export async function decisionsOf(stream: string, answers: Answers, given: Given = {}): Promise<Decided> {
  const text = manifestOf(stream, given.root);
  const decisions: Decision[] = [];
  const surroundings = { ...given.surroundings, onDecision: (one: Decision) => void decisions.push(one) };
  const read = await readManifest(text, answers, { ...given, surroundings });
  const isOf = <K extends DecisionKind>(kind: K, one: Decision): one is Decision & DecisionOf<K> =>
    one.kind === kind;
  return {
    ...read,
    decisions,
    of: <K extends DecisionKind>(kind: K) =>
      decisions.filter((one): one is Decision & DecisionOf<K> => isOf(kind, one)),
    lineOf({ place }) {
      const position = place && positionOf(place);
      return position && text.split('\n')[position.line - 1]?.trim();
    },
  };
}
