import type { Family } from '../contract/families.ts';
import { toValue } from '../manifest/node.ts';
import type { JsonObject, JsonSchema } from '../util/json/json.ts';
import { ancestorOf, type ComponentAt, childIn, written } from '../validate/visit.ts';

/** What a stream asks for before its own requests. */
const purposes: readonly Family[] = ['SchemaLoader', 'PropertiesFromEndpoint'];

/** The stream whose records a retriever reads; undefined where it reads what their schema, or the requests for them, are made of. */
export function streamOf(retriever: ComponentAt): ComponentAt | undefined {
  return purposeOf(retriever) === undefined ? ancestorOf(retriever, 'Stream') : undefined;
}

/** Who else in the stream reads by a retriever. */
function purposeOf(retriever: ComponentAt): ComponentAt | undefined {
  for (let above = retriever.parent; above !== undefined; above = above.parent) {
    if (purposes.includes(above.family)) return above;
    if (above.family === 'Stream') return undefined;
  }
  return undefined;
}

/** The schema of a record that describes fields: a list of them, each with a name and a type, or one of them by its name. */
export function schemaOfDescription(retriever: ComponentAt): JsonSchema {
  const purpose = purposeOf(retriever);
  if (purpose?.family === 'PropertiesFromEndpoint')
    return within(segmentsIn(purpose, 'property_field_path'), { type: 'string' });
  const identifier = childIn(purpose, 'schema_type_identifier');
  const [list, key, type] = ['schema_pointer', 'key_pointer', 'type_pointer'].map((name) =>
    segmentsIn(identifier, name),
  );
  const field = merged(within(key ?? [], { type: 'string' }), within(type ?? [], { enum: ['string'] }));
  return list === undefined || list.length === 0 ? field : within(list, { type: 'array', items: field });
}

function segmentsIn(at: ComponentAt | undefined, name: string): readonly string[] {
  const node = written(at, name);
  const value = node && toValue(node);
  return Array.isArray(value) ? value.map(String) : [];
}

/** An object that has a schema at a path. */
function within([first, ...rest]: readonly string[], schema: JsonObject): JsonObject {
  if (first === undefined) return schema;
  return { type: 'object', properties: { [first]: within(rest, schema) } };
}

function merged(one: JsonObject, other: JsonObject): JsonObject {
  return { ...one, ...other, properties: { ...(one.properties as object), ...(other.properties as object) } };
}
