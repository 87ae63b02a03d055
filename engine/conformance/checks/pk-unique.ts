import type { ManifestNode } from '../../manifest/node.ts';
import { isDateLike } from '../../simulator/sample-value.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import type { ComponentAt } from '../../validate/visit.ts';
import { addedFields } from '../added-fields.ts';
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
          const made = madeOfNow(stream.at, key);
          if (made !== undefined) {
            yield violation(
              made,
              `The primary key of stream "${stream.name}", "${key.map((path) => path.join('.')).join(', ')}", is the moment at which a record is read: each sync gives the same record another key, and records that are read at one moment have the same.`,
              { stream: stream.name },
            );
            return;
          }
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

/** Where a stream adds its own key, and makes it of the clock. */
function madeOfNow(at: ComponentAt, key: readonly (readonly string[])[]): ManifestNode | undefined {
  const names = key.map((path) => path.join('.'));
  const made = [...addedFields(at)].filter(({ path }) => names.includes(path.join('.')));
  const [first] = made;
  const isOfNow = made.every(({ node }) =>
    /^\s*\{\{\s*(?:now|today)_utc\(\)[^}]*\}\}\s*$/.test(String(node.value)),
  );
  return made.length === names.length && isOfNow ? first?.node : undefined;
}
