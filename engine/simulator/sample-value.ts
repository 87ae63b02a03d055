import { isObject, type JsonObject } from '../util/json/json.ts';
import { alternativesOf } from '../util/schema/alternatives-of.ts';
import { typeNames } from '../util/schema/schema-values.ts';
import { idPattern } from '../util/text/id-words.ts';
import { hash } from './hash.ts';

/** Which record a value is for. */
export interface Sample {
  /** Different for every record of the stream. */
  readonly number: number;
  /** Milliseconds since the epoch: when the record changed. */
  readonly moment: number;
  readonly seed: number;
  /** Integers beyond 2^53, which only exact readers keep. */
  readonly hasLargeIntegers: boolean;
  /** A list of one is none in XML. */
  readonly hasLongLists?: boolean;
}

const deepest = 6;

/** A value that fits a JSON schema, the same for the same sample. */
export function sampleValue(schema: unknown, name: string, sample: Sample, depth = 0): unknown {
  if (!isObject(schema)) return `${name}-${sample.number}`;
  if (schema['const'] !== undefined) return schema['const'];
  const choices = schema['enum'];
  if (Array.isArray(choices)) {
    const values = choices.filter((value) => value !== null);
    return values[hash(`${name} ${sample.number}`) % Math.max(1, values.length)] ?? null;
  }
  const type = typeOf(schema);
  switch (type) {
    case 'object':
      return depth >= deepest ? {} : sampleObject(schema, sample, depth);
    case 'array':
      return depth >= deepest ? [] : sampleList(schema, name, sample, depth);
    case 'boolean':
      return hash(`${name} ${sample.number} ${sample.seed}`) % 2 === 0;
    case 'integer':
      return sampleInteger(name, sample, schema);
    case 'number':
      // A number may be a float, which is not exact.
      return isDateLike(name)
        ? Math.floor(sample.moment / 1000)
        : sampleInteger(name, { ...sample, hasLargeIntegers: false }, schema);
    case 'null':
      return null;
    case undefined: {
      const [alternative] = alternativesOf(schema);
      return alternative === undefined
        ? `${name}-${sample.number}`
        : sampleValue(alternative, name, sample, depth);
    }
    default:
      return sampleText(schema, name, sample);
  }
}

function typeOf(schema: JsonObject): string | undefined {
  const names = typeNames(schema);
  // What may be a number or a text is a text wherever it is put into another one.
  if (names.includes('string')) return 'string';
  const named = names.find((each) => each !== 'null') ?? names[0];
  if (named !== undefined) return named;
  return isObject(schema.properties) ? 'object' : undefined;
}

export function sampleObject(schema: JsonObject, sample: Sample, depth = 0): JsonObject {
  const value: JsonObject = {};
  const properties = isObject(schema.properties) ? schema.properties : {};
  for (const [name, property] of Object.entries(properties))
    value[name] = sampleValue(property, name, sample, depth + 1);
  return value;
}

function sampleList(schema: JsonObject, name: string, sample: Sample, depth: number): unknown[] {
  if (!isObject(schema.items)) return [];
  const item = sampleValue(schema.items, name, sample, depth + 1);
  return sample.hasLongLists === true ? [item, item] : [item];
}

function sampleInteger(name: string, sample: Sample, { minimum, maximum }: JsonObject): number | bigint {
  if (sample.hasLargeIntegers && maximum === undefined)
    return 9_007_199_254_740_993n + BigInt(sample.number) * 2n;
  if (isDateLike(name)) return Math.floor(sample.moment / 1000);
  const value = isKeyLike(name) ? sample.number : hash(`${name} ${sample.number} ${sample.seed}`) % 1000;
  const least = typeof minimum === 'number' ? Math.max(value, minimum) : value;
  return typeof maximum === 'number' ? Math.min(least, maximum) : least;
}

function sampleText(schema: JsonObject, name: string, sample: Sample): string {
  const format = schema['format'];
  if (format === 'date-time' || format === 'date' || format === 'time') {
    const iso = new Date(sample.moment).toISOString();
    if (format === 'date') return iso.slice(0, 10);
    if (format === 'time') return iso.slice(11, 19);
    const isLocal = schema.airbyte_type === 'timestamp_without_timezone';
    return isLocal ? iso.slice(0, 19) : `${iso.slice(0, 19)}Z`;
  }
  if (format === 'uuid') return uuidOf(name, sample);
  if (format === 'uri' || format === 'url' || isAddressLike(name)) return addressOf(name, sample);
  if (format === 'email') return `${name}.${sample.number}@example.com`;
  if (/time_?zone$/i.test(name)) return zones[sample.number % zones.length] ?? 'UTC';
  if (isCategoryLike(name)) return `${name}-${hash(`${name} ${sample.number}`) % 3}`;
  return `${name}-${sample.number}`;
}

/** Names that a template may look up. */
const zones = ['UTC', 'Europe/Berlin', 'America/New_York'] as const;

function addressOf(name: string, { number }: Pick<Sample, 'number'>): string {
  return `https://example.com/${name}/n${number}`;
}

function uuidOf(name: string, { number, seed }: Sample): string {
  const part = (salt: string) => hash(`${name} ${salt} ${seed}`).toString(16).padStart(8, '0');
  return `${part('a')}-${part('b').slice(0, 4)}-4${part('c').slice(0, 3)}-8${part('d').slice(0, 3)}-${number.toString(16).padStart(12, '0')}`;
}

/** By the customary names of fields: a moment. */
export function isDateLike(name: string): boolean {
  return /(?:^|[a-z_])(?:date|datetime|timestamp)$|_(?:at|on|time|date|ts)$|(?:[a-z])(?:At|Date|Time|On)$|^(?:created|updated|modified)$/.test(
    name,
  );
}

/** By the customary names of fields: where something is. */
export function isAddressLike(name: string): boolean {
  return /(?:^|_)(?:uri|url|href)$|(?:Uri|Url|URL|Href)$/.test(name);
}

const keyLike = new RegExp(
  `(?:^|_)(?:${idPattern}|ids|key|number|code|no|num|pk)$|(?:Id|ID|Key|Uuid|Number|Code)$`,
);

/** By the customary names of fields: what tells records apart. */
function isKeyLike(name: string): boolean {
  return keyLike.test(name);
}

/** By the customary names of fields: one of a few values that many records share. */
export function isCategoryLike(name: string): boolean {
  return /(?:^|_)(?:type|status|state|kind|category|currency|country|language|locale|role|level|priority|gender|color|unit)$|(?:Type|Status|State|Category|Currency|Country|Language|Role|Priority)$/.test(
    name,
  );
}
