import type { CheckEvent } from './check.ts';
import { looked, notRun } from './events.ts';
import type { SchemaAt, StreamAt, Subject } from './subject.ts';

/** Runs a check over the schema of each stream; streams whose schema is not known before a sync are told as such. */
export async function* eachSchema(
  subject: Subject,
  check: (schema: SchemaAt, stream: StreamAt) => Iterable<CheckEvent> | AsyncIterable<CheckEvent>,
): AsyncGenerator<CheckEvent> {
  for (const stream of await subject.streams()) {
    const schema = await stream.schema();
    if (schema === undefined) {
      yield notRun(stream.broken ?? 'its schema comes from the API', stream.name);
      continue;
    }
    yield looked(stream.name);
    yield* check(schema, stream);
  }
}
