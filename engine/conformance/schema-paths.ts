import { isObject, type JsonObject } from '../util/json/json.ts';
import { alternativesOf } from '../util/schema/alternatives-of.ts';

/** The schemas of a field at a path, one for each alternative that has it. */
export function fieldSchemas(schema: JsonObject, path: readonly string[]): readonly JsonObject[] {
  const [name, ...rest] = path;
  if (name === undefined) return [schema];
  const { properties } = schema;
  const own = isObject(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
  const found = isObject(own) ? fieldSchemas(own, rest) : [];
  return [...found, ...alternativesOf(schema).flatMap((each) => fieldSchemas(each, path))];
}

/** A schema that says nothing of its fields lets every field be there. */
export function isOpenSchema(schema: JsonObject): boolean {
  return !isObject(schema.properties) || Object.keys(schema.properties).length === 0;
}

/** What an open schema is in the way of: `what` is a field with what it is to the stream. */
export function emptySchema(stream: string, what: string): string {
  return `The schema of stream "${stream}" names no field, so a destination that makes columns of it has none for ${what}, nor for any other.`;
}

/** The names of the types that a schema allows; a text where a list belongs counts as a list. */
export function typesIn({ type }: JsonObject): readonly string[] {
  return (Array.isArray(type) ? type : [type]).filter((name) => typeof name === 'string');
}

/** Dotted paths of all fields with their schemas, outer ones first; fields of list items are not columns. */
export function* fieldsOf(
  schema: JsonObject,
  path: readonly string[] = [],
): Generator<[readonly string[], JsonObject]> {
  const { properties } = schema;
  if (isObject(properties))
    for (const [name, property] of Object.entries(properties)) {
      if (!isObject(property)) continue;
      yield [[...path, name], property];
      yield* fieldsOf(property, [...path, name]);
    }
  for (const each of alternativesOf(schema)) yield* fieldsOf(each, path);
}
