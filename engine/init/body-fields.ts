import { isObject, type JsonObject, type JsonSchema } from '../util/json/json.ts';
import type { Parameter, RequestBody } from './api.ts';

/** Deeper fields belong to filters. */
const deepest = 3;

/** The fields of bodies that hold a single value, as parameters; of several bodies of one operation together. */
export function fieldsOfBodies(bodies: readonly RequestBody[]): readonly Parameter[] {
  const found = new Map<string, Parameter>();
  for (const body of bodies) {
    if (body.kind === 'text') continue;
    for (const { field, value } of leavesOf(body.value, [])) {
      const key = JSON.stringify(field);
      const seen = new Set([...(found.get(key)?.seen ?? []), ...(value === null ? [] : [String(value)])]);
      const parameter = bodyParameter(field, {}, [...seen]);
      found.set(key, body.kind === 'form' ? { ...parameter, in: 'form' } : parameter);
    }
  }
  return [...found.values()];
}

/** The fields of a body that a description has, whether or not its example shows them. */
export function fieldsOfSchema(schema: JsonSchema, before: readonly string[] = []): readonly Parameter[] {
  const properties = isObject(schema.properties) ? schema.properties : {};
  return Object.entries(properties).flatMap(([name, property]) => {
    const field = [...before, name];
    if (!isObject(property)) return [];
    if (isObject(property.properties)) return field.length < deepest ? fieldsOfSchema(property, field) : [];
    return [property.type].flat().includes('array') ? [] : [bodyParameter(field, property, [])];
  });
}

/** A body without some of its fields, nor objects that have nothing else. */
export function withoutFields(value: JsonObject, fields: readonly (readonly string[])[]): JsonObject {
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) => {
      const inner = fields.filter(([first]) => first === name).map(([, ...rest]) => rest);
      if (inner.some((rest) => rest.length === 0)) return [];
      if (inner.length === 0 || !isObject(each)) return [[name, each]];
      const kept = withoutFields(each, inner);
      return Object.keys(kept).length === 0 ? [] : [[name, kept]];
    }),
  );
}

function bodyParameter(field: readonly string[], schema: JsonSchema, seen: readonly string[]): Parameter {
  return { name: field.at(-1) ?? '', in: 'body', field, isRequired: false, schema, seen };
}

function* leavesOf(
  value: JsonObject,
  before: readonly string[],
): Generator<{ readonly field: readonly string[]; readonly value: unknown }> {
  for (const [name, each] of Object.entries(value)) {
    const field = [...before, name];
    if (!isObject(each) && !Array.isArray(each)) yield { field, value: each };
    else if (isObject(each) && field.length < deepest) yield* leavesOf(each, field);
  }
}
