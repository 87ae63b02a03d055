import { isDateLike } from '../../simulator/sample-value.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { givesLists, isKeyOfPartition } from '../partition-keys.ts';
import { eachStream } from '../simulated/each-stream.ts';
import { fieldIn } from '../simulated/places.ts';
import { identityOf } from '../simulated/run.ts';

export const pkUnique = defineCheck({
  id: 'pk-unique',
  group: 'records',
  level: 'simulated',
  severity: 'warning',
  doc: 'different records have different primary keys, across partitions too',
  run: (subject) =>
    eachStream(subject, function* ({ stream, run }) {
      const key = stream.definition?.primaryKey ?? [];
      if (key.length === 0 || run.records.length < 2) return;
      yield looked(stream.name);
      // A report has one record a day.
      if (key.every((path) => isDateLike(path.at(-1) ?? '') && !/date$/i.test(path.at(-1) ?? ''))) {
        yield violation(
          fieldIn(stream.at, 'primary_key'),
          `The primary key of stream "${stream.name}" is a moment, "${key.map((path) => path.join('.')).join(', ')}": of two records of the same moment a destination keeps one.`,
          { stream: stream.name },
        );
        return;
      }
      // With one record for each partition, which the API made up out of the manifest does not know, that is a key.
      if (isKeyOfPartition(stream.at) && !givesLists(stream.at)) return;
      const identity = identityOf(stream);
      const known = new Map<string, string>();
      for (const record of run.records) {
        const text = toJsonText(record);
        const same = known.get(identity(record));
        if (same === undefined) known.set(identity(record), text);
        else if (same !== text) {
          yield violation(
            fieldIn(stream.at, 'primary_key'),
            `Two different records of stream "${stream.name}" have the primary key ${identity(record)}: a destination keeps one of them. Fields such as "${key[0]?.join('.')}" have the same value in many records.`,
            { stream: stream.name },
          );
          return;
        }
      }
    }),
});
