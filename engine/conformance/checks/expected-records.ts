import { isObject, type JsonObject } from '../../util/json/json.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { validateAgainstSchema } from '../../util/schema/validate-against-schema.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { fieldSchemas, isOpenSchema } from '../schema-paths.ts';
import { shown } from '../subset.ts';

export const expectedRecords = defineCheck({
  id: 'expected-records',
  group: 'records',
  level: 'recorded',
  severity: 'error',
  doc: "each record that the folder's `expected_records.jsonl` lists is of a stream of the manifest, fits its schema, and has its primary key, which no other record has",
  async *run(subject) {
    const { expectedRecords: all = [] } = subject.acceptance ?? {};
    if (all.length === 0) return;
    const streams = new Map((await subject.streams()).map((stream) => [stream.name, stream]));
    const seen = new Set<string>();
    const unknown = new Set<string>();
    for (const { stream: name, data, place } of all) {
      const stream = streams.get(name);
      yield looked(name);
      if (stream === undefined) {
        if (!unknown.has(name))
          yield violation({ place }, `A record of "${name}" is expected, and there is no such stream.`);
        unknown.add(name);
        continue;
      }
      const schema = await stream.schema();
      const key = stream.definition?.primaryKey ?? [];
      const values = key.map((path) => valueAt(data, path));
      if (key.length > 0 && values.every((value) => value === undefined || value === null))
        yield violation({ place }, `A record of "${name}" has no value for its primary key.`, {
          stream: name,
        });
      else if (key.length > 0) {
        const text = toJsonText([name, ...values]);
        if (seen.has(text))
          yield violation(
            { place },
            `Two records of "${name}" have the same primary key, ${shown(values)}.`,
            { stream: name },
          );
        seen.add(text);
      }
      if (schema === undefined) continue;
      const also = schema.node === undefined ? [] : [schema.node.place];
      for (const { path, message } of validateAgainstSchema(data, schema.value))
        yield violation({ place }, `"${path.join('.')}" of a record of "${name}" ${message} by the schema.`, {
          stream: name,
          also,
        });
      if (isOpenSchema(schema.value)) continue;
      for (const field of Object.keys(data))
        if (fieldSchemas(schema.value, [field]).length === 0)
          yield violation(
            { place },
            `A record of "${name}" has the field "${field}", which the schema has not.`,
            {
              stream: name,
              severity: 'warning',
              also,
            },
          );
    }
  },
});

function valueAt(record: JsonObject, path: readonly string[]): unknown {
  let at: unknown = record;
  for (const step of path) at = isObject(at) ? at[step] : undefined;
  return at;
}
