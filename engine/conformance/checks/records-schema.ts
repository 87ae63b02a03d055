import { addedOfPartition, childKeys } from '../../simulator/child-keys.ts';
import { isObject } from '../../util/json/json.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { validateAgainstSchema } from '../../util/schema/validate-against-schema.ts';
import { visit } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { remadeFields } from '../remade-fields.ts';
import { smallApiFor } from '../simulated/api.ts';
import { eachStream } from '../simulated/each-stream.ts';
import { valueAt } from '../simulated/run.ts';
import { propertyNode } from '../stream-schema.ts';
import type { StreamAt, Subject } from '../subject.ts';

export const recordsSchema = defineCheck({
  id: 'records-schema',
  group: 'records',
  level: 'simulated',
  severity: 'error',
  doc: 'records of an API that keeps to the schema fit it when they are emitted',
  run: (subject) =>
    eachStream(subject, async function* ({ stream, run }) {
      const raws = smallApiFor(subject, stream).simulator.offered(stream.name);
      const schema = await stream.schema();
      if (schema === undefined || run.records.length === 0) return;
      yield looked(stream.name);
      const described = isObject(schema.value.properties) ? schema.value.properties : {};
      const untyped = await untypedFields(subject, stream);
      const remade = [...remadeFields(stream.at, described)];
      const told = new Set<string>();
      for (const record of run.records) {
        for (const { path, message } of validateAgainstSchema(record, schema.value)) {
          const names = path.map(String);
          const isCursor = names.length === 1 && names[0] === stream.definition?.cursorField;
          // What the API had just so is no fault of the manifest, unless the manifest says how it is written.
          const isGiven = raws.some(
            ({ raw }) => toJsonText(valueAt(raw, names)) === toJsonText(valueAt(record, names)),
          );
          if (names.length === 0 || (isGiven && !isCursor) || untyped.has(names[0])) continue;
          if (remade.some((each) => each.every((name, index) => names[index] === name))) continue;
          const key = `${names.filter((name) => !/^\d+$/.test(name)).join('.')} ${message}`;
          if (told.has(key) || told.size >= mostTold) continue;
          told.add(key);
          yield violation(
            propertyNode(schema, names) ?? stream.at.node,
            `The schema of stream "${stream.name}" does not fit what it emits: "${names.join('.')}" ${message}.`,
            { stream: stream.name },
          );
        }
      }
    }),
});

/** Fields that are made of a key of the parent whose type no schema says. */
async function untypedFields(subject: Subject, stream: StreamAt): Promise<ReadonlySet<string | undefined>> {
  const found = new Set<string | undefined>();
  const streams = await subject.streams();
  for (const each of childKeys(visit(stream.at))) {
    if (each.child !== stream.at) continue;
    const parent = await streams.find(({ name }) => name === each.parent)?.schema();
    const described = parent?.value.properties;
    if (isObject(described) && Object.hasOwn(described, each.key)) continue;
    for (const { path } of addedOfPartition(each)) found.add(path[0]);
  }
  return found;
}

/** Of one stream. */
const mostTold = 5;
