import { validateAgainstSchema } from '../../util/schema/validate-against-schema.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { eachStream } from '../simulated/each-stream.ts';
import { propertyNode } from '../stream-schema.ts';

export const recordsSchema = defineCheck({
  id: 'records-schema',
  group: 'records',
  level: 'simulated',
  severity: 'error',
  doc: 'records of an API that keeps to the schema fit it when they are emitted',
  run: (subject) =>
    eachStream(subject, async function* ({ stream, run }) {
      const schema = await stream.schema();
      if (schema === undefined || run.records.length === 0) return;
      yield looked(stream.name);
      const told = new Set<string>();
      for (const record of run.records) {
        for (const { path, message } of validateAgainstSchema(record, schema.value)) {
          const names = path.map(String);
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

/** Of one stream. */
const mostTold = 5;
