import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { fieldSchemas, typesIn } from '../schema-paths.ts';
import { eachStream } from '../simulated/each-stream.ts';
import { fieldIn } from '../simulated/places.ts';
import { valueAt } from '../simulated/run.ts';
import type { SchemaAt } from '../subject.ts';

export const pkPresent = defineCheck({
  id: 'pk-present',
  group: 'records',
  level: 'simulated',
  severity: 'error',
  doc: 'every record has a part of its primary key that is not null, and none that is an object or a list',
  run: (subject) =>
    eachStream(subject, async function* ({ stream, run }) {
      const key = stream.definition?.primaryKey ?? [];
      if (key.length === 0 || run.records.length === 0) return;
      yield looked(stream.name);
      const hasNone = run.records.every((record) => key.every((path) => isNothing(valueAt(record, path))));
      for (const record of run.records) {
        const values = key.map((path) => valueAt(record, path));
        const isEmpty = hasNone;
        const compound = values.findIndex((value) => typeof value === 'object' && value !== null);
        if (!isEmpty && compound < 0) continue;
        const path = key[Math.max(0, compound)] ?? [];
        // `pk-scalar` tells of it.
        if (!isEmpty && isCompound(await stream.schema(), path)) return;
        const name = path.join('.');
        yield violation(
          fieldIn(stream.at, 'primary_key'),
          isEmpty
            ? `No record of stream "${stream.name}" has its primary key "${key.map((path) => path.join('.')).join(', ')}".`
            : `"${name}" in the primary key of stream "${stream.name}" is ${Array.isArray(values[compound]) ? 'a list' : 'an object'}, which no destination can compare.`,
          { stream: stream.name },
        );
        return;
      }
    }),
});

/** Whether the schema says that a field is an object or a list. */
function isCompound(schema: SchemaAt | undefined, path: readonly string[]): boolean {
  const types = schema === undefined ? [] : fieldSchemas(schema.value, path).flatMap(typesIn);
  return types.includes('object') || types.includes('array');
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined;
}
