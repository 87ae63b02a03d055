import type { ManifestNode } from '../../manifest/node.ts';
import { type ReadPath, readPaths } from '../../simulator/read-paths.ts';
import { type ComponentAt, textIn, written } from '../../validate/visit.ts';
import { type AddedAt, addedFields } from '../added-fields.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { listOf } from '../schema-walk.ts';
import { streamsIn } from '../streams-in.ts';
import { plainName } from '../words.ts';

export const addedValues = defineCheck({
  id: 'added-values',
  group: 'records',
  level: 'static',
  severity: 'warning',
  doc: 'no part of a primary key is overwritten with another part, and what is moved out of an object is what is removed from it',
  *run({ source }) {
    const isNew = once();
    for (const stream of streamsIn(source)) {
      const name = textIn(stream, 'name') ?? '';
      const added = [...addedFields(stream)].filter(({ node }) => isNew(node));
      if (added.length > 0) yield looked(name);
      const key = listOf(written(stream, 'primary_key')).flatMap(textsOf);
      for (const each of added) {
        yield* overKey(each, key, name);
        yield* notMoved(each, stream, name);
      }
    }
  },
});

function textsOf(node: ManifestNode): readonly string[] {
  return listOf(node).flatMap((each) => (each.kind === 'scalar' ? [String(each.value)] : []));
}

function readOf({ node }: AddedAt): ReadPath | undefined {
  const [read, ...more] = readPaths(String(node.value));
  return more.length === 0 ? read : undefined;
}

/** `id` of a key of `id` and `board_id` is given the board. */
function* overKey(added: AddedAt, key: readonly string[], stream: string): Generator<CheckEvent> {
  const read = readOf(added);
  const [field, ...deeper] = added.path;
  const from = String(read?.path[0] ?? '');
  if (field === undefined || deeper.length > 0 || !/^stream_(?:slice|partition)$/.test(read?.name ?? ''))
    return;
  const other = key.find((part) => plainName(part) === plainName(from));
  if (!key.includes(field) || other === undefined || other === field) return;
  yield violation(
    added.name ?? added.node,
    `"${field}" of stream "${stream}" is overwritten with "${from}" of its partition, and both are parts of its primary key: all records of a partition get one key. Was "${other}" meant?`,
    { stream, also: [added.node.place] },
  );
}

/** `country.code` is added as `ref`, and `country.ref` is removed. */
function* notMoved(added: AddedAt, stream: ComponentAt, name: string): Generator<CheckEvent> {
  const read = readOf(added);
  const target = added.path.at(-1);
  const from = read?.path.map(String) ?? [];
  if (read?.name !== 'record' || target === undefined || from.length < 2 || from.at(-1) === target) return;
  const removed = stream.children.flatMap((at) => listOf(written(at, 'field_pointers')));
  const meant = removed.find(
    (pointer) => textsOf(pointer).join('.') === [...from.slice(0, -1), target].join('.'),
  );
  if (meant === undefined || removed.some((pointer) => textsOf(pointer).join('.') === from.join('.'))) return;
  yield violation(
    added.node,
    `"${target}" of stream "${name}" is "${from.join('.')}", and "${textsOf(meant).join('.')}" is removed without being read: was that meant?`,
    { stream: name, also: [meant.place] },
  );
}
