import { ConnectorError } from '../error/connector-error.ts';
import { fieldOf, type ManifestNode } from '../manifest/node.ts';
import { isPlainObject, type JsonObject, type JsonSchema } from '../util/json/json.ts';
import type { Undeclared } from './schema-difference.ts';

/** The text of a schema file for records that have these fields. */
export function newSchemaFile(fields: readonly Undeclared[]): string {
  const bare = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    additionalProperties: true,
    properties: {},
  };
  return extendedSchemaFile(`${JSON.stringify(bare, null, 2)}\n`, fields);
}

/** A JSON schema file with more properties, indented as it was. */
export function extendedSchemaFile(text: string, fields: readonly Undeclared[]): string {
  const schema: unknown = JSON.parse(text);
  if (isPlainObject(schema) && propertiesOf(schema) === undefined) schema.properties = {};
  for (const { path, schema: added } of fields) {
    const owner = path.slice(0, -1).reduce<unknown>((at, name) => inner(propertiesOf(at)?.[name]), schema);
    const properties = propertiesOf(owner);
    if (properties === undefined) throw nowhere(path);
    properties[path.at(-1) as string] = added;
  }
  const indent = /^[{[]\r?\n([ \t]+)/.exec(text)?.[1] ?? '  ';
  return JSON.stringify(schema, null, indent) + (text.endsWith('\n') ? '\n' : '');
}

function propertiesOf(schema: unknown): JsonObject | undefined {
  if (!isPlainObject(schema)) return undefined;
  if (isPlainObject(schema.properties)) return schema.properties;
  for (const keyword of ['anyOf', 'oneOf', 'allOf']) {
    const options: unknown = schema[keyword];
    for (const option of Array.isArray(options) ? options : []) {
      const found = propertiesOf(inner(option));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The schema of the items, where it is one of a list. */
function inner(schema: unknown): unknown {
  return isPlainObject(schema) && isPlainObject(schema.items) && schema.properties === undefined
    ? schema.items
    : schema;
}

/** A manifest with more properties in the inline schema at a node. Everything else stays as it is written. */
export function extendedManifest(text: string, schema: ManifestNode, fields: readonly Undeclared[]): string {
  if (schema.kind === 'mapping' && fieldOf(schema, 'properties') === undefined) {
    const all = Object.fromEntries(fields.map(({ path, schema: added }) => [path.join('.'), added]));
    const { at, insert } = insertion(text, schema, 'properties', all);
    return text.slice(0, at) + insert + text.slice(at);
  }
  const insertions = fields.map(({ path, schema: added }) => {
    const properties = propertiesNode(schema, path.slice(0, -1));
    if (properties?.kind !== 'mapping') throw nowhere(path);
    return insertion(text, properties, path.at(-1) as string, added);
  });
  let changed = text;
  for (const { at, insert } of insertions.toReversed().sort((a, b) => b.at - a.at))
    changed = changed.slice(0, at) + insert + changed.slice(at);
  return changed;
}

function propertiesNode(schema: ManifestNode, path: readonly string[]): ManifestNode | undefined {
  let at: ManifestNode | undefined = schema;
  for (const name of path) {
    const properties: ManifestNode | undefined = at && fieldOf(itemsOf(at), 'properties');
    at = properties && fieldOf(properties, name);
  }
  return at && fieldOf(itemsOf(at), 'properties');
}

function itemsOf(node: ManifestNode): ManifestNode {
  return fieldOf(node, 'properties') === undefined ? (fieldOf(node, 'items') ?? node) : node;
}

function insertion(
  text: string,
  properties: ManifestNode & { readonly kind: 'mapping' },
  name: string,
  schema: JsonSchema,
): { readonly at: number; readonly insert: string } {
  const { start, end } = properties.place;
  const entry = `${key(name)}: ${flow(schema)}`;
  const last = [...properties.entries.values()].at(-1);
  if (text[start] === '{') {
    const close = text.lastIndexOf('}', end - 1);
    const before = text.slice(0, close).trimEnd().length;
    return {
      at: before,
      insert: `${last === undefined ? ' ' : ', '}${entry}${last === undefined ? ' ' : ''}`,
    };
  }
  if (last === undefined) throw nowhere([name]);
  const first = [...properties.entries.values()][0]?.key.place.start ?? start;
  const column = first - (text.lastIndexOf('\n', first - 1) + 1);
  const line = text.indexOf('\n', text.slice(0, deepestEnd(last.value)).trimEnd().length);
  const at = line < 0 ? text.length : line + 1;
  return { at, insert: `${line < 0 ? '\n' : ''}${' '.repeat(column)}${entry}\n` };
}

/** Where the last scalar below a node ends: a mapping ends where the next thing begins. */
function deepestEnd(node: ManifestNode): number {
  const last =
    node.kind === 'sequence'
      ? node.items.at(-1)
      : node.kind === 'mapping'
        ? [...node.entries.values()].at(-1)?.value
        : undefined;
  return last === undefined ? node.place.end : Math.max(deepestEnd(last), 0);
}

function key(name: string): string {
  return /^[A-Za-z_][\w-]*$/.test(name) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(name)
    ? name
    : JSON.stringify(name);
}

/** `{ type: [string, "null"] }` */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (isPlainObject(value)) {
    const fields = Object.entries(value).map(([name, item]) => `${key(name)}: ${flow(item)}`);
    return `{ ${fields.join(', ')} }`;
  }
  return typeof value === 'string' ? key(value) : JSON.stringify(value);
}

function nowhere(path: readonly string[]): ConnectorError {
  return new ConnectorError(`The schema has no "properties" to which "${path.join('.')}" could be added.`, {
    kind: 'config_error',
  });
}
