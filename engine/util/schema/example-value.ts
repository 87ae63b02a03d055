import { isObject, type JsonObject } from '../json/json.ts';
import { alternativesOf } from './alternatives-of.ts';
import { epochCounts, epochUnit } from './epoch-counts.ts';
import { textOfPattern } from './text-of-pattern.ts';
import { validateAgainstSchema } from './validate-against-schema.ts';

export interface ExampleOptions {
  /** Milliseconds since the epoch. What looks like the begin of a period lies a little before. */
  readonly now: number;
  /** The values of these properties too, which the schema does not require. By default those with an example. */
  readonly wants?: (name: string, schema: JsonObject) => boolean;
}

/** How far before `now` a period begins: long enough for two windows of a month. */
const daysBefore = 40;

/**
 * A value that fits a JSON schema: what it gives as default or example where there is one, else the first candidate of
 * its type that fits. A schema that no candidate fits gets the nearest.
 */
export function exampleValue(schema: JsonObject, options: ExampleOptions, name = 'value'): unknown {
  const given = givenValue(schema);
  if (given !== undefined && !isStale(given, name)) return given;
  const type = typeOf(schema);
  if (type === 'object') return exampleObject(schema, options);
  if (type === 'array') return exampleList(schema, options, name);
  const [alternative] = alternativesOf(schema);
  if (type === undefined && alternative !== undefined) return exampleValue(alternative, options, name);
  const candidates =
    type === 'string'
      ? likeGiven(texts(name, schema, options.now), given, name, options.now)
      : [...countsFor(type, name, given, options.now), ...numbers(type, schema)];
  const fitting = candidates.find((candidate) => validateAgainstSchema(candidate, schema).length === 0);
  return fitting ?? given ?? candidates[0] ?? null;
}

/** An example that is too old still shows how dates are written. */
function likeGiven(
  candidates: readonly string[],
  given: unknown,
  name: string,
  now: number,
): readonly string[] {
  if (typeof given !== 'string') return candidates;
  const shape = (text: string) => text.replace(/\d/g, '0');
  const counts = isStale(given, name) ? epochCounts(momentFor(name, now), name, given).map(String) : [];
  const alike = candidates.filter((candidate) => shape(candidate) === shape(given));
  return [...counts, ...alike, ...candidates];
}

/** An example for a period is as old as the manifest: reading from its begin would be reading ten years, and until its end nothing. */
function isStale(given: unknown, name: string): boolean {
  if (!isBound(name)) return false;
  return (typeof given === 'string' && /^\d{4}-\d\d-\d\d/.test(given)) || epochUnit(given) !== undefined;
}

function isBound(name: string): boolean {
  return isBegin(name) || isEnd(name);
}

/** The moment that a property of that name is asked for. */
function momentFor(name: string, now: number): number {
  return isBegin(name) ? now - daysBefore * 86_400_000 : now;
}

/** A bound that is a number may be a count since the epoch. */
function countsFor(type: string | undefined, name: string, given: unknown, now: number): readonly number[] {
  const isNumber = type === 'integer' || type === 'number';
  return isNumber && isBound(name) ? epochCounts(momentFor(name, now), name, given) : [];
}

function givenValue(schema: JsonObject): unknown {
  const { default: preset, const: constant, examples, example } = schema;
  const choices = Array.isArray(schema['enum']) ? schema['enum'] : [];
  const shown = (Array.isArray(examples) ? examples : [examples ?? example]).map(filledIn);
  const fits = (value: unknown) =>
    value !== undefined &&
    value !== null &&
    value !== '' &&
    // A picture of a date is none.
    !/YYYY|MM-DD/.test(String(value)) &&
    validateAgainstSchema(value, schema).length === 0;
  return [constant, preset, ...choices, ...shown].find(fits);
}

/** An example may leave a part to be filled in: the domain of `<your-domain>.example.com`. Its name is a value that fits there. */
function filledIn(example: unknown): unknown {
  if (typeof example !== 'string') return example;
  return example.replace(/<([a-z][\w .-]*)>|\$?\{([a-z][\w.-]*)\}/gi, (_, angled, braced) =>
    slug(angled ?? braced),
  );
}

function typeOf(schema: JsonObject): string | undefined {
  const { type } = schema;
  const names = Array.isArray(type) ? type : [type];
  const name = names.find((each) => each !== 'null');
  if (typeof name === 'string') return name;
  return isObject(schema.properties) ? 'object' : undefined;
}

function exampleObject(schema: JsonObject, options: ExampleOptions): JsonObject {
  const value: JsonObject = {};
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const properties = isObject(schema.properties) ? schema.properties : {};
  for (const [name, property] of Object.entries(properties)) {
    if (!isObject(property)) continue;
    const isWanted = options.wants?.(name, property) ?? givenValue(property) !== undefined;
    if (required.has(name) || isWanted) value[name] = exampleValue(property, options, name);
  }
  const [alternative] = alternativesOf(schema);
  if (alternative === undefined) return value;
  const own = exampleObject(alternative, options);
  // What tells it from the others is there in any case, or the value would be one of them as well.
  return Object.assign(value, constantsOf(alternative), own);
}

function constantsOf({ properties }: JsonObject): JsonObject {
  const named = Object.entries(isObject(properties) ? properties : {});
  return Object.fromEntries(
    named.flatMap(([name, property]) => {
      const constant = isObject(property) ? property['const'] : undefined;
      return constant === undefined ? [] : [[name, constant] as const];
    }),
  );
}

function exampleList(schema: JsonObject, options: ExampleOptions, name: string): unknown[] {
  const { items, minItems } = schema;
  const count = typeof minItems === 'number' ? Math.max(1, minItems) : 1;
  const item = isObject(items) ? exampleValue(items, options, name.replace(/s$/, '')) : name;
  return Array.from({ length: count }, () => item);
}

function numbers(type: string | undefined, { minimum, maximum }: JsonObject): readonly unknown[] {
  if (type === 'boolean') return [false, true];
  if (type === 'null') return [null];
  const bounds = [minimum, maximum].filter((bound) => typeof bound === 'number');
  const values = [1, 10, 100, ...bounds, ...bounds.flatMap((bound) => [bound + 1, bound - 1])];
  return type === undefined ? ['value', ...values] : values;
}

function isBegin(name: string): boolean {
  return /start|since|begin|from|after|min/i.test(name);
}

function isEnd(name: string): boolean {
  return /(?:^|[_-])(?:end|until|to|before)(?:[_-]|$)|(?:^|[a-z])(?:End|Until|Before)(?=[A-Z]|$)/.test(name);
}

/** Texts that people are asked for, the likeliest for the name first. */
function* textsFor(name: string, schema: JsonObject, now: number): Generator<string> {
  const moment = new Date(momentFor(name, now)).toISOString();
  const day = moment.slice(0, 10);
  const seconds = `${moment.slice(0, 19)}Z`;
  const format = schema['format'];
  const isTime = format === 'date-time' || (format === undefined && /date|time|since/i.test(name));
  if (format === 'date') yield day;
  if (isTime) yield* [seconds, day];
  if (format === 'uri' || /url|uri|endpoint/i.test(name)) yield `https://${slug(name)}.example.com`;
  if (/host|domain/i.test(name)) yield `${slug(name)}.example.com`;
  if (format === 'email' || /e-?mail/i.test(name)) yield 'person@example.com';
  if (/(?:^|_)ids?$|number|count|port/i.test(name)) yield '1001';
  yield `example-${slug(name)}`;
  yield* [
    day,
    seconds,
    moment,
    `${moment.slice(0, 23)}000Z`,
    `${moment.slice(0, 10)} ${moment.slice(11, 19)}`,
  ];
  yield* [day.replaceAll('-', ''), day.slice(0, 7), day.slice(0, 4), `${moment.slice(0, 19)}+00:00`];
  yield `${day.slice(8)}-${day.slice(5, 7)}-${day.slice(0, 4)}`;
  yield* [
    `${day.slice(5, 7)}/${day.slice(8)}/${day.slice(0, 4)}`,
    String(Math.floor(Date.parse(moment) / 1000)),
  ];
  yield* ['1001', '1', 'example', 'EXAMPLE', 'a', 'A1', 'P1D', 'P30D', 'UTC', 'us', 'en', 'USD'];
  yield* ['https://example.com', 'https://example.com/', 'https://api.example.com/v1', 'example.com'];
  yield* ['person@example.com', '00000000-0000-4000-8000-000000000001', '0123456789abcdef'.repeat(2)];
}

function texts(name: string, schema: JsonObject, now: number): readonly string[] {
  const { maxLength, minLength, pattern } = schema;
  const all = [...textsFor(name, schema, now)];
  if (typeof minLength === 'number') all.push((all[0] ?? '').padEnd(minLength, 'x'));
  if (typeof maxLength === 'number') all.push((all[0] ?? '').slice(0, maxLength));
  if (typeof pattern !== 'string') return all;
  all.push(...lengthsOf(pattern).flatMap((length) => hexOf(length)));
  // The digits of a pattern make no date.
  all.push(...(isMoment(name) ? datesOf(momentFor(name, now)) : textOfPattern(pattern)));
  return all;
}

function isMoment(name: string): boolean {
  return /date|time|since|(?:^|_)(?:start|begin|from|after)(?:_|$)/i.test(name) || isEnd(name);
}

/** A moment in all orders and with all separators that people write. */
function* datesOf(moment: number): Generator<string> {
  const iso = new Date(moment).toISOString();
  const [year = '', month = '', day = ''] = iso.slice(0, 10).split('-');
  const time = iso.slice(11, 19);
  const times = ['', ` ${time.slice(0, 5)}`, ` ${time}`, `T${time.slice(0, 5)}`, `T${time}`, `T${time}.000`];
  for (const separator of ['-', '/', '.', ''])
    for (const parts of [
      [year, month, day],
      [day, month, year],
      [month, day, year],
    ])
      for (const each of times) yield `${parts.join(separator)}${each}`;
}

/** The lengths that a pattern names, such as 32 in `^[0-9a-f]{32}$`. */
function lengthsOf(pattern: string): number[] {
  return [...pattern.matchAll(/\{(\d{1,3})/g)].map(([, digits]) => Number(digits));
}

function hexOf(length: number): string[] {
  return ['1', 'a', 'A'].map((character) => character.repeat(length));
}

function slug(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'value'
  );
}
