import type { RecordMergeStrategy } from '../../contract/families.ts';
import { isObject, type JsonObject } from '../../util/json/json.ts';

interface Batch {
  readonly records: readonly JsonObject[];
  readonly extractedCount: number;
}

/** Joins the partial records of several requests by their key, in the order in which keys were first seen. */
export function mergeRecords(batches: readonly Batch[], strategy: RecordMergeStrategy): Batch {
  const byKey = new Map<string, JsonObject>();
  const withoutKey: JsonObject[] = [];
  for (const { records } of batches) {
    for (const record of records) {
      const key = strategy.key(record);
      if (key === undefined) {
        withoutKey.push(record);
        continue;
      }
      const known = byKey.get(key);
      if (known === undefined) byKey.set(key, record);
      else mergeInto(known, record);
    }
  }
  const records = [...withoutKey, ...byKey.values()];
  return { records, extractedCount: records.length };
}

function mergeInto(target: JsonObject, source: JsonObject): void {
  for (const [name, value] of Object.entries(source)) {
    const known = target[name];
    if (isObject(known) && isObject(value)) mergeInto(known, value);
    else target[name] = value;
  }
}
