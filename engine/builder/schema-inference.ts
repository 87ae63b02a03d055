import { isPlainObject, type JsonObject, type JsonSchema } from '../util/json/json.ts';

export interface SchemaInference {
  add(record: JsonObject): void;
  /**
   * A JSON schema that all records fit: every field may be null except the required ones, which are paths of fields.
   * `problems` names the required fields that no record has. Undefined without records.
   */
  result(
    required: readonly (readonly string[])[],
  ): { readonly schema: JsonSchema; readonly problems: readonly string[] } | undefined;
}

/** Which kinds of values were seen at one place, in the order in which they first occurred. */
interface Seen {
  readonly kinds: Set<Kind>;
  readonly properties: Map<string, Seen>;
  items: Seen | undefined;
}

type Kind = 'null' | 'boolean' | 'string' | 'number' | 'array' | 'object';

/** Infers a JSON schema from records as the connector builder does: no integers, no required fields but the given ones. */
export function createSchemaInference(): SchemaInference {
  let root: Seen | undefined;
  return Object.freeze({
    add(record: JsonObject) {
      root ??= nothing();
      look(root, record);
    },
    result(required: readonly (readonly string[])[]) {
      if (root === undefined) return undefined;
      const schema: JsonSchema = { $schema: 'http://json-schema.org/schema#', ...toSchema(root) };
      makeNullable(schema);
      schema.type = 'object';
      const problems = required.map((path) => require(schema, path)).filter((text) => text !== undefined);
      return { schema, problems };
    },
  });
}

function nothing(): Seen {
  return { kinds: new Set(), properties: new Map(), items: undefined };
}

function look(seen: Seen, value: unknown): void {
  const kind = kindOf(value);
  seen.kinds.add(kind);
  if (kind === 'array') {
    for (const item of value as unknown[]) {
      seen.items ??= nothing();
      look(seen.items, item);
    }
  } else if (kind === 'object') {
    for (const [name, field] of Object.entries(value as JsonObject)) {
      if (field === undefined) continue;
      let property = seen.properties.get(name);
      if (property === undefined) {
        property = nothing();
        seen.properties.set(name, property);
      }
      look(property, field);
    }
  }
}

function kindOf(value: unknown): Kind {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  switch (typeof value) {
    case 'boolean':
      return 'boolean';
    case 'number':
    case 'bigint':
      return 'number';
    case 'object':
      return isPlainObject(value) ? 'object' : 'string';
    default:
      return 'string';
  }
}

/** Kinds that need no more than their name share one `type`; others are beside it under `anyOf`. */
function toSchema(seen: Seen): JsonSchema {
  const bare: string[] = [];
  const detailed: JsonSchema[] = [];
  for (const kind of seen.kinds) {
    if (kind === 'object' && seen.properties.size > 0) {
      const properties: JsonObject = {};
      for (const [name, property] of seen.properties) properties[name] = toSchema(property);
      detailed.push({ type: 'object', properties });
    } else if (kind === 'array' && seen.items !== undefined) {
      detailed.push({ type: 'array', items: toSchema(seen.items) });
    } else {
      bare.push(kind);
    }
  }
  const all = [
    ...(bare.length === 0 ? [] : [{ type: bare.length === 1 ? bare[0] : bare.sort() }]),
    ...detailed,
  ];
  return all.length === 1 ? (all[0] as JsonSchema) : { anyOf: all };
}

/** Lets every place in the schema be null, and drops the fields that never were anything else. */
function makeNullable(node: JsonSchema): void {
  const { anyOf } = node;
  if (Array.isArray(anyOf)) {
    const other = anyOf.length === 2 ? anyOf.filter(({ type }) => type !== 'null') : [];
    if (other.length !== 1) {
      makeEachNullable(node);
      return;
    }
    delete node.anyOf;
    Object.assign(node, other[0]);
  }
  makeEachNullable(node);
  const types = Array.isArray(node.type) ? node.type : [node.type];
  node.type = [...types.filter((type) => type !== 'null'), 'null'];
  // A list that contained nothing but nulls.
  if (types.length === 1 && types[0] === 'null') node.type = ['null', 'null'];
}

function makeEachNullable({ properties, items }: JsonSchema): void {
  if (isPlainObject(properties)) {
    for (const [name, property] of Object.entries(properties) as [string, JsonSchema][]) {
      if (property.type === 'null') delete properties[name];
      else makeNullable(property);
    }
  }
  if (isPlainObject(items)) makeNullable(items);
}

/** Marks a path as required; returns what is wrong when the records do not have it. */
function require(root: JsonSchema, path: readonly string[]): string | undefined {
  let node = root;
  for (const [index, name] of path.entries()) {
    const properties = node.properties;
    const place = index === 0 ? 'the record' : `"${path.slice(0, index).join('.')}"`;
    if (!isPlainObject(properties))
      return `"${path.join('.')}" is not a field of the records: ${place} is not an object.`;
    const property = properties[name];
    if (!isPlainObject(property))
      return `"${path.join('.')}" is not a field of the records: ${place} has no "${name}".`;
    const required = (node.required ?? []) as readonly string[];
    node.required = required.includes(name) ? required : [...required, name];
    withoutNull(property);
    node = property;
  }
  return undefined;
}

function withoutNull(node: JsonSchema): void {
  if (!Array.isArray(node.type)) return;
  const types = node.type.filter((type) => type !== 'null');
  node.type = types.length === 1 ? types[0] : types;
}
