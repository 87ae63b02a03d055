import { fieldOf, type ManifestNode } from '../../manifest/node.ts';
import type { ComponentAt } from '../../validate/visit.ts';
import { count, drop, dropAnyItem, dropItems, other } from './alterations.ts';
import type { Change } from './change.ts';
import type { Decision } from './decisions.ts';

/** What a manifest decides besides its streams. */
export type Part = 'spec' | 'check';

interface Found {
  readonly change: Change;
  readonly decision: Decision;
}

const ofConfigs = ['spec-config', 'spec-optional'];

/** What a spec asks of configs, by keyword. Texts and the form that shows them are no decisions. */
const ofSpec: Readonly<
  Record<string, Required<Decision> & { readonly isMeant: (value: ManifestNode) => boolean }>
> = {
  airbyte_secret: {
    seenBy: 'the check "spec-secrets", were it called as secrets are, or sent by an authenticator',
    alterations: [drop],
    checks: ['spec-secrets'],
    isMeant: (node) => node.kind === 'scalar' && node.value === true,
  },
  required: {
    seenBy: 'a test of `check` with a config that lacks it, which expects FAILED and what is said of it',
    alterations: [dropAnyItem],
    checks: ofConfigs,
    isMeant: ({ kind }) => kind === 'sequence',
  },
  pattern: {
    seenBy: 'tests of `check` with a value that it takes, and with one that it refuses',
    alterations: [drop, other],
    checks: ofConfigs,
    isMeant: (node) => node.kind === 'scalar' && typeof node.value === 'string',
  },
  enum: {
    seenBy: 'a test of `check` with this choice',
    alterations: [dropItems],
    checks: ofConfigs,
    isMeant: ({ kind }) => kind === 'sequence',
  },
  minimum: {
    seenBy: 'tests of `check` with the least value, and with one less',
    alterations: [count],
    checks: ofConfigs,
    isMeant: ({ kind }) => kind === 'scalar',
  },
  maximum: {
    seenBy: 'tests of `check` with the largest value, and with one more',
    alterations: [count],
    checks: ofConfigs,
    isMeant: ({ kind }) => kind === 'scalar',
  },
};
const tried: Decision = {
  seenBy: 'a test of `check` in which this stream cannot be read',
  alterations: [dropItems],
  checks: ['check-verdict'],
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
  for (const [name, { value }] of node.entries) {
    const decision = Object.hasOwn(ofSpec, name) ? ofSpec[name] : undefined;
    // A property may have the name of a keyword.
    if (decision?.isMeant(value) === true) yield* changesIn(node, name, decision);
    else yield* inSchema(value);
  }
}

function* changesIn(node: ManifestNode, name: string, decision: Decision): Generator<Found> {
  const entry = node.kind === 'mapping' ? node.entries.get(name) : undefined;
  if (entry === undefined) return;
  for (const alteration of decision.alterations)
    for (const change of alteration(entry)) yield { change, decision };
}
