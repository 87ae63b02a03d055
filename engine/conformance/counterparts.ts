import type { ManifestNode } from '../manifest/node.ts';
import { grouped } from '../util/flow/grouped.ts';
import type { CheckEvent } from './check.ts';
import { violation } from './events.ts';
import { type NameKind, nameKind } from './name-kinds.ts';
import { placeOf, type SchemaField, typeNode } from './schema-fields.ts';
import { called, type Kind } from './value-kinds.ts';

/** Words for the sides of one thing, which are measured and so numbers. */
const measured: readonly (readonly string[])[] = [
  ['x', 'y', 'z'],
  ['width', 'height', 'depth'],
  ['lat', 'lng'],
  ['lat', 'lon'],
  ['lat', 'long'],
  ['latitude', 'longitude'],
  ['left', 'right'],
  ['top', 'bottom'],
  ['low', 'high'],
  ['lowest', 'highest'],
  ['min', 'max'],
  ['minimum', 'maximum'],
  ['gross', 'net'],
  ['debit', 'credit'],
  ['ups', 'downs'],
  ['likes', 'dislikes'],
];

/** Words for the sides of one thing, of whatever kind they are. */
const sides: readonly (readonly string[])[] = [
  ...measured,
  ['created', 'updated'],
  ['created', 'modified'],
  ['start', 'end'],
  ['started', 'ended'],
  ['begin', 'end'],
  ['start', 'finish'],
  ['from', 'to'],
  ['first', 'last'],
  ['open', 'close'],
  ['billing', 'shipping'],
  ['old', 'new'],
  ['previous', 'next'],
  ['previous', 'current'],
  ['before', 'after'],
  ['source', 'target'],
  ['source', 'destination'],
  ['sent', 'received'],
  ['send', 'receive'],
  ['inbound', 'outbound'],
  ['incoming', 'outgoing'],
  ['up', 'down'],
  ['upload', 'download'],
  ['home', 'work'],
  ['internal', 'external'],
  ['positive', 'negative'],
  ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
];

const usualKinds: Readonly<Record<NameKind, Kind>> = {
  question: 'flag',
  moment: 'text',
  amount: 'number',
  text: 'text',
  id: 'text',
};

/** Two fields of one object that are the two sides of one thing, such as `x` and `y`, and of two kinds. */
export function* oddCounterparts(
  leaves: readonly SchemaField[],
  told: Set<ManifestNode>,
): Generator<CheckEvent> {
  for (const [, fields] of grouped(leaves, ({ object }) => placeOf(object))) {
    const named = new Map(fields.map((field) => [field.words, field]));
    for (const field of fields)
      for (const name of counterpartsOf(field.words)) {
        const other = named.get(name);
        if (other === undefined || other.kind === field.kind || !isOdd(field, other)) continue;
        if (told.has(field.node) || told.has(other.node)) continue;
        told.add(field.node);
        yield violation(
          typeNode(field.node),
          `"${field.path.join('.')}" of stream "${field.stream}" is ${called[field.kind]}, and its counterpart "${other.name}" in the same object is ${called[other.kind]}.`,
          { stream: field.stream, also: [typeNode(other.node).place] },
        );
      }
  }
}

function* counterpartsOf(name: string): Generator<string> {
  const words = name.split(' ');
  for (const [index, word] of words.entries())
    for (const side of sides)
      if (side.includes(word))
        for (const other of side) if (other !== word) yield words.with(index, other).join(' ');
}

/** Which of two that differ is the wrong one: what its name speaks against, else the one that is written later. */
function isOdd(field: SchemaField, other: SchemaField): boolean {
  const expected = usualKindOf(field.words) ?? usualKindOf(other.words);
  if (expected === field.kind) return false;
  return expected === other.kind || field.node.place.start > other.node.place.start;
}

function usualKindOf(words: string): Kind | undefined {
  const says = nameKind(words);
  if (says !== undefined) return usualKinds[says];
  return measured.some((side) => words.split(' ').some((word) => side.includes(word))) ? 'number' : undefined;
}
