import type { ScalarNode } from '../manifest/node.ts';
import { memberUses } from '../template/member-uses.ts';
import { textsOf } from '../validate/texts.ts';
import { type ComponentAt, visit, written } from '../validate/visit.ts';

/** A name of the API's that a manifest writes: of a field, a parameter, a header. */
export interface NameUse {
  readonly name: string;
  readonly node: ScalarNode;
  readonly offset?: number;
}

/** What templates read of answers and records. */
const read: ReadonlySet<string> = new Set(['response', 'headers', 'record', 'last_record']);

/** Fields that hold a name, by the family of their component. */
const fields: readonly (readonly [family: string, field: string])[] = [
  ['RecordExtractor', 'field_path'],
  ['RequestOption', 'field_name'],
  ['RequestOption', 'field_path'],
  ['BackoffStrategy', 'header'],
  ['Authenticator', 'header'],
  ['ParentStreamConfig', 'parent_key'],
  ['PartitionRouter', 'cursor_field'],
];

/** Fields whose keys are names. */
const keyed = ['request_parameters', 'request_headers', 'request_body_json', 'request_body_data'];

/** The names of an API that the components below one write, in their order; those of shared definitions as often as they are used. */
export function* namesUsed(source: ComponentAt): Generator<NameUse> {
  for (const at of visit(source)) {
    if (at.isHook) continue;
    for (const [family, field] of fields) if (at.family === family) yield* namesAt(at, field);
    if (at.family === 'Requester') for (const field of keyed) yield* keysOf(at, field);
    for (const { node, text } of textsOf(at)) {
      for (const { name, member, deeper, offset, how } of memberUses(text)) {
        if (!read.has(name) || how === 'call') continue;
        for (const each of [member, ...deeper])
          yield { name: each, node, offset: Math.max(offset, text.indexOf(each, offset)) };
      }
    }
  }
}

function* namesAt(at: ComponentAt, field: string): Generator<NameUse> {
  const node = written(at, field);
  for (const each of node?.kind === 'sequence' ? node.items : [node])
    if (each?.kind === 'scalar' && typeof each.value === 'string' && !each.value.includes('{{'))
      yield { name: each.value, node: each };
}

function* keysOf(at: ComponentAt, field: string): Generator<NameUse> {
  const node = written(at, field);
  if (node?.kind !== 'mapping') return;
  for (const [name, { key }] of node.entries) yield { name, node: key };
}
