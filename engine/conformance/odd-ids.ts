import type { ManifestNode } from '../manifest/node.ts';
import { grouped } from '../util/flow/grouped.ts';
import { isIdWord, isPlainId } from '../util/text/id-words.ts';
import { singular } from '../util/text/singular.ts';
import type { CheckEvent } from './check.ts';
import { violation } from './events.ts';
import { type SchemaField, typeNode } from './schema-fields.ts';
import { called } from './value-kinds.ts';
import { wordsOf } from './words.ts';

// The id of a thing has one type, wherever it is named: `workspaces.sid` and `workspace_sid` of a worker are the same.

/** As many others have to agree before one is odd: APIs write one id as a number here and as a text there, and categories are of two sorts. */
const fewestOthers = 8;

/** One id of a thing that is a number, or a text, where all others of this thing are of the other kind. */
export function* oddIds(fields: readonly SchemaField[], told: Set<ManifestNode>): Generator<CheckEvent> {
  const ids = fields.flatMap((field) => {
    const thing = field.kind === 'text' || field.kind === 'number' ? thingOf(field) : undefined;
    return thing === undefined ? [] : [{ ...field, thing }];
  });
  for (const [thing, uses] of grouped(ids, (field) => field.thing)) {
    for (const one of uses) {
      const others = uses.filter((use) => use !== one);
      const [other] = others;
      if (other === undefined || others.length < fewestOthers || told.has(one.node)) continue;
      if (others.some(({ kind }) => kind === one.kind) || !areSeveral(one, others)) continue;
      told.add(one.node);
      yield violation(
        typeNode(one.node),
        `"${one.path.join('.')}" of stream "${one.stream}" is ${called[one.kind]}, and all ${others.length} other fields that hold the id of one "${thing.split(' ').slice(0, -1).join(' ')}", as "${other.path.join('.')}" of stream "${other.stream}", are ${called[other.kind]}.`,
        { stream: one.stream, also: [typeNode(other.node).place] },
      );
    }
  }
}

/** Of one object all may be written alike: the others are in another one. */
function areSeveral(one: SchemaField, others: readonly SchemaField[]): boolean {
  return others.some(({ object }) => object !== one.object);
}

/** What something is the id of, and how that is called: "workspace sid". */
function thingOf({ name, words, path, stream }: SchemaField): string | undefined {
  const last = words.split(' ').at(-1) ?? '';
  if (!isIdWord(last)) return undefined;
  if (!isPlainId(name)) return words;
  const holder = path.slice(0, -1).findLast((step) => step !== '[]' && step !== '*') ?? stream;
  return [...wordsOf(holder).map(singular), last].join(' ');
}
