import { isObject, type JsonObject } from '../json/json.ts';
import type { Check, SchemaProblem } from './schema-problem.ts';
import { isEqual, searchPattern } from './schema-values.ts';

type Path = readonly (string | number)[];

/** The rules of a JSON schema about lists. */
export function checkItems(value: unknown, schema: JsonObject, path: Path, check: Check): SchemaProblem[] {
  if (!Array.isArray(value)) return [];
  const problems: SchemaProblem[] = [];
  const say = (message: string) => problems.push({ path, message });
  const { minItems, maxItems, uniqueItems, contains } = schema;
  if (typeof minItems === 'number' && value.length < minItems) say(`must have at least ${minItems} items`);
  if (typeof maxItems === 'number' && value.length > maxItems) say(`must have at most ${maxItems} items`);
  if (
    uniqueItems === true &&
    value.some((item, index) => value.slice(0, index).some((other) => isEqual(item, other)))
  ) {
    say('must not have the same item twice');
  }
  const { first, others } = itemSchemas(schema);
  for (const [index, item] of value.entries()) {
    problems.push(...check(item, index < first.length ? first[index] : others, [...path, index]));
  }
  if (contains !== undefined && !value.some((item) => check(item, contains, path).length === 0)) {
    say('has no item of the expected form');
  }
  return problems;
}

/** A list of schemas is for the items in turn: `items` until draft 7, `prefixItems` after it. */
function itemSchemas({ items, prefixItems, additionalItems }: JsonObject) {
  if (Array.isArray(prefixItems)) return { first: prefixItems as unknown[], others: items ?? true };
  if (Array.isArray(items)) return { first: items as unknown[], others: additionalItems ?? true };
  return { first: [], others: items ?? true };
}

/** The rules of a JSON schema about objects. */
export function checkProperties(
  value: unknown,
  schema: JsonObject,
  path: Path,
  check: Check,
): SchemaProblem[] {
  if (!isObject(value)) return [];
  const problems: SchemaProblem[] = [];
  const names = Object.keys(value);
  const say = (message: string) => problems.push({ path, message });
  const needs = (required: unknown) => {
    for (const name of Array.isArray(required) ? required : []) {
      if (!Object.hasOwn(value, name)) problems.push({ path: [...path, name], message: 'is missing' });
    }
  };
  needs(schema.required);

  const { minProperties, maxProperties, propertyNames } = schema;
  if (typeof minProperties === 'number' && names.length < minProperties) {
    say(`must have at least ${minProperties} fields`);
  }
  if (typeof maxProperties === 'number' && names.length > maxProperties) {
    say(`must have at most ${maxProperties} fields`);
  }
  for (const name of names) {
    problems.push(...checkProperty(value[name], name, schema, path, check));
    if (propertyNames !== undefined) problems.push(...check(name, propertyNames, [...path, name]));
  }
  for (const keyword of ['dependencies', 'dependentRequired', 'dependentSchemas']) {
    for (const [name, needed] of Object.entries(isObject(schema[keyword]) ? schema[keyword] : {})) {
      if (!Object.hasOwn(value, name)) continue;
      if (Array.isArray(needed)) needs(needed);
      else problems.push(...check(value, needed, path));
    }
  }
  return problems;
}

function checkProperty(
  value: unknown,
  name: string,
  { properties, patternProperties, additionalProperties }: JsonObject,
  path: Path,
  check: Check,
): readonly SchemaProblem[] {
  const own = isObject(properties) && Object.hasOwn(properties, name) ? [properties[name]] : [];
  const matching = Object.entries(isObject(patternProperties) ? patternProperties : {})
    .filter(([pattern]) => searchPattern(pattern)?.test(name))
    .map(([, schema]) => schema);
  const known = [...own, ...matching];
  const schemas = known.length > 0 ? known : [additionalProperties ?? true];
  return schemas.flatMap((schema) => check(value, schema, [...path, name]));
}
