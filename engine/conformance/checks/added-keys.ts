import type { Family } from '../../contract/families.ts';
import { fieldOf } from '../../manifest/node.ts';
import { readPaths } from '../../simulator/read-paths.ts';
import { idPattern } from '../../util/text/id-words.ts';
import { type ComponentAt, isUnknownHook, textIn, visit, written } from '../../validate/visit.ts';
import { addedFields } from '../added-fields.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { givesLists, isOfSlice } from '../partition-keys.ts';
import { textsOf } from '../schema-walk.ts';
import { schemaNode } from '../stream-schema.ts';
import { streamsIn } from '../streams-in.ts';

export const addedKeys = defineCheck({
  id: 'added-keys',
  group: 'records',
  level: 'static',
  severity: 'warning',
  doc: 'no transformation writes the same value over the primary keys of many records, and the value of a partition goes into the field that has its name',
  async *run({ source, readNode }) {
    const isNew = once();
    for (const at of streamsIn(source)) {
      const name = textIn(at, 'name') ?? '';
      const key = textsOf(written(at, 'primary_key'));
      const added = [...addedFields(at)];
      if (added.length === 0) continue;
      yield looked(name);
      const schema = await schemaNode(at, name, readNode);
      const properties = schema && fieldOf(schema, 'properties');
      const declared = properties?.kind === 'mapping' ? [...properties.entries.keys()] : [];
      const targets = new Set(added.map(({ path }) => path.join('.')));
      const constant: string[] = [];
      for (const { path, name: written, node } of added) {
        const reads = readPaths(String(node.value));
        const target = path.join('.');
        if (!key.includes(target) || reads.some(({ name: from }) => !isOfSlice(from))) continue;
        constant.push(target);
        const [part, ...more] = reads.filter(({ name: from }) => from !== 'config');
        const field = String(part?.path.at(-1) ?? '');
        const isElsewhere =
          !isPlainKey.test(field) && more.length === 0 && field !== target && !targets.has(field);
        if (!isElsewhere || !(key.includes(field) || declared.includes(field)) || !isNew(node)) continue;
        yield violation(
          written ?? node,
          `"${target}", a part of the primary key of stream "${name}", is overwritten with "${field}" of the partition, and "${field}" of the records is given nothing: was it to go there?`,
          { stream: name },
        );
      }
      const isAll = key.length > 0 && key.every((field) => constant.includes(field));
      const last = added.findLast(({ path }) => key.includes(path.join('.')));
      if (isAll && last !== undefined && isNew(last.node))
        yield* allAlike(at, name, key, last.name ?? last.node);
    }
  },
});

/** What records have of their own, whatever their partition: `segment_id` is "id" of the segment, and a member has an "id", too. */
const isPlainKey = new RegExp(`^(?:|(?:${idPattern})s?|key|code|number|slug|name)$`, 'i');

const makesRecords: ReadonlySet<Family> = new Set([
  ...(['RecordExtractor', 'RecordSelector', 'Transformation', 'RecordFilter', 'Retriever'] as const),
]);

/** One record for each partition has a key of that; several do not. */
function* allAlike(
  at: ComponentAt,
  name: string,
  key: readonly string[],
  node: Parameters<typeof violation>[0],
): Generator<CheckEvent> {
  // What a hook makes of an answer, one record or several, nobody sees.
  if (!givesLists(at) || visit(at).some((each) => isUnknownHook(each) && makesRecords.has(each.family)))
    return;
  yield violation(
    node,
    `All records of a partition of stream "${name}" are given the same primary key, "${key.join('", "')}": a destination keeps one of them.`,
    { stream: name },
  );
}
