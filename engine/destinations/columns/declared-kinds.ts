import { isObject, type JsonSchema } from '../../util/json/json.ts';
import { alternativesOf } from '../../util/schema/alternatives-of.ts';
import { typeNames } from '../../util/schema/schema-values.ts';
import { kinds } from './kinds.ts';

/** What a JSON schema says of the values of a field; 0 where it says nothing. */
export function declaredKinds(schema: unknown): number {
  if (!isObject(schema)) return 0;
  let set = 0;
  for (const type of typeNames(schema)) set |= kindsOfType(type, schema);
  for (const alternative of alternativesOf(schema)) set |= declaredKinds(alternative);
  return set;
}

/** What a JSON schema of records says of their fields. */
export function declaredFields({ properties }: JsonSchema): ReadonlyMap<string, number> {
  const known = isObject(properties) ? Object.entries(properties) : [];
  return new Map(known.map(([field, schema]) => [field, declaredKinds(schema)]));
}

function kindsOfType(type: string, { format, airbyte_type }: JsonSchema): number {
  switch (type) {
    case 'boolean':
      return kinds.boolean;
    case 'integer':
      return airbyte_type === 'big_integer' ? kinds.huge : kinds.integer;
    case 'number':
      return airbyte_type === 'integer' ? kinds.integer : kinds.double;
    case 'string':
      if (format === 'date') return kinds.date;
      if (format !== 'date-time') return kinds.text;
      return airbyte_type === 'timestamp_without_timezone' ? kinds.datetime : kinds.instant;
    case 'object':
    case 'array':
      return kinds.nested;
    default:
      return 0;
  }
}

const times = kinds.date | kinds.datetime | kinds.instant;

/** Whether values may be kept as times: only where the schema says of them nothing else. */
export function areTimes(set: number): boolean {
  return set !== 0 && (set & ~times) === 0;
}

const large = kinds.long | kinds.huge | kinds.endless;

/**
 * What a new column holds. APIs often declare a moment and send what has no offset, or only a day; and numbers, where they
 * send identifiers that a double would round. What came counts, as long as it is what was declared in another form.
 */
export function firstKinds(declared: number, seen: number): number {
  if (areTimes(declared) && areTimes(seen)) return seen;
  if (declared === kinds.double && (seen & large) !== 0 && (seen & ~(large | kinds.integer)) === 0)
    return seen;
  return declared | seen;
}
