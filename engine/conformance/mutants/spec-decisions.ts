import { fieldOf, type ManifestNode } from '../../manifest/node.ts';
import type { ComponentAt } from '../../validate/visit.ts';
import { drop, dropItems } from './alterations.ts';
import type { Change } from './change.ts';
import type { Decision } from './decisions.ts';

/** What a manifest decides besides its streams. */
export type Part = 'spec' | 'check';

interface Found {
  readonly change: Change;
  readonly decision: Decision;
}

const secrets: Decision = {
  seenBy: 'the check "spec-secrets", were it called as secrets are, or sent by an authenticator',
  alterations: [drop],
};
const tried: Decision = {
  seenBy: 'a test of `check` in which this stream cannot be read',
  alterations: [dropItems],
};

/** The changes of a spec, or of a check. */
export function* changesOfPart(at: ComponentAt, part: Part): Generator<Found> {
  if (part === 'spec') yield* inSchema(fieldOf(at.node, 'connection_specification'));
  else yield* changesIn(at.node, 'stream_names', tried);
}

/** At any depth: a choice has schemas of its own. */
function* inSchema(node: ManifestNode | undefined): Generator<Found> {
  if (node?.kind === 'sequence') for (const item of node.items) yield* inSchema(item);
  if (node?.kind !== 'mapping') return;
  const mark = fieldOf(node, 'airbyte_secret');
  if (mark?.kind === 'scalar' && mark.value === true) yield* changesIn(node, 'airbyte_secret', secrets);
  for (const { value } of node.entries.values()) yield* inSchema(value);
}

function* changesIn(node: ManifestNode, name: string, decision: Decision): Generator<Found> {
  const entry = node.kind === 'mapping' ? node.entries.get(name) : undefined;
  if (entry === undefined) return;
  for (const alteration of decision.alterations)
    for (const change of alteration(entry)) yield { change, decision };
}
