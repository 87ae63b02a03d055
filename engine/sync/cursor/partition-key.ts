import { inNameOrder } from '../../util/json/in-name-order.ts';
import type { JsonObject } from '../../util/json/json.ts';

/** A text that is the same for equal partitions, whatever the order of their keys. */
export const partitionKey = (partition: JsonObject): string => canonical(partition);

/** The partition in the form of states: keys in order, at every depth. */
export function sortedPartition(partition: JsonObject): JsonObject {
  return inNameOrder(partition) as JsonObject;
}

function canonical(value: unknown): string {
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!isMapping(value)) return JSON.stringify(value) ?? 'null';
  const members = Object.keys(value)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`);
  return `{${members.join()}}`;
}

/** Numbers computed by templates are objects of a class of their own, which write themselves. */
function isMapping(value: unknown): value is JsonObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    (value.constructor === Object || value.constructor === undefined)
  );
}
