import { isObject, type JsonObject, type JsonSchema } from '../util/json/json.ts';
import { atPointer } from '../util/json/json-pointer.ts';

/** How deep a schema is written out: schemas of APIs lead back to themselves. */
const deepest = 6;

/**
 * A schema of an API's description as a JSON schema of draft 7 without references: allOf, oneOf and anyOf are merged into
 * one, what is nullable has null among its types, and words of documentation are left out.
 */
export function flatSchema(
  schema: unknown,
  root: JsonObject,
  depth = 0,
  seen: readonly string[] = [],
): JsonSchema {
  if (!isObject(schema) || depth > deepest) return {};
  const { $ref: reference } = schema;
  if (typeof reference === 'string') {
    if (seen.includes(reference) || !reference.startsWith('#')) return {};
    return flatSchema(atPointer(root, reference.slice(1)), root, depth, [...seen, reference]);
  }
  const parts = ['allOf', 'oneOf', 'anyOf'].flatMap((word) =>
    Array.isArray(schema[word]) ? schema[word] : [],
  );
  const merged = parts.map((part) => flatSchema(part, root, depth, seen)).reduce<JsonSchema>(merge, {});
  const own: JsonSchema = {};
  const types = (Array.isArray(schema.type) ? schema.type : [schema.type]).filter(
    (type) => typeof type === 'string',
  );
  const isNullable = schema['nullable'] === true || schema['x-nullable'] === true;
  const { properties, items, format } = schema;
  if (isObject(properties)) {
    own.properties = Object.fromEntries(
      Object.entries(properties).map(([name, property]) => [
        name,
        flatSchema(property, root, depth + 1, seen),
      ]),
    );
    if (types.length === 0) types.push('object');
  }
  if (items !== undefined) own.items = flatSchema(items, root, depth + 1, seen);
  if (types.length > 0)
    own.type =
      isNullable && !types.includes('null') ? [...types, 'null'] : types.length === 1 ? types[0] : types;
  // The largest page that can be asked for.
  if (typeof schema['maximum'] === 'number') own['maximum'] = schema['maximum'];
  if ((format === 'date' || format === 'date-time') && types.includes('string')) own.format = format;
  return merge(merged, own);
}

function merge(one: JsonSchema, other: JsonSchema): JsonSchema {
  const types = new Set([one.type, other.type].flat().filter((type) => type !== undefined));
  const [mine, theirs] = [
    isObject(one.properties) ? one.properties : {},
    isObject(other.properties) ? other.properties : {},
  ];
  const names = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])];
  const properties = names.map(
    (name) => [name, merge(schemaOf(mine[name]), schemaOf(theirs[name]))] as const,
  );
  return {
    ...one,
    ...other,
    ...(types.size > 0 && { type: types.size === 1 ? [...types][0] : [...types] }),
    ...(names.length > 0 && { properties: Object.fromEntries(properties) }),
  };
}

function schemaOf(value: unknown): JsonSchema {
  return isObject(value) ? value : {};
}
