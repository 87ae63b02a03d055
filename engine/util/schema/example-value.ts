import { isObject, type JsonObject } from '../json/json.ts';
import { alternativesOf } from './alternatives-of.ts';
import { countsFor, isStale } from './example-moments.ts';
import { likeGiven, slug, texts } from './example-texts.ts';
import { validateAgainstSchema } from './validate-against-schema.ts';

export interface ExampleOptions {
  /** Milliseconds since the epoch. What looks like the begin of a period lies a little before. */
  readonly now: number;
  /** The values of these properties too, which the schema does not require. By default those with an example. */
  readonly wants?: (name: string, schema: JsonObject) => boolean;
}

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
