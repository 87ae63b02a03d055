import type { Diagnostic } from '../../error/diagnostic.ts';
import { fieldOf, type ManifestNode, type MappingNode } from '../../manifest/node.ts';
import { errorAt, warningAt } from '../../manifest/node-diagnostic.ts';
import { pythonRegex } from '../../util/python/python-regex.ts';
import { didYouMean } from '../../util/text/did-you-mean.ts';
import { type ComponentAt, written } from '../visit.ts';

const types = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'];

/** The JSON schemas in a manifest mean something: those of records, and that of the config. */
export function* jsonSchemas(at: ComponentAt): Iterable<Diagnostic> {
  if (at.isHook) return;
  const records = at.family === 'SchemaLoader' ? written(at, 'schema') : undefined;
  const config = at.family === 'Spec' ? written(at, 'connection_specification') : undefined;
  if (records !== undefined) yield* schemaProblems(records, false);
  if (config !== undefined) {
    // No config would fit a type that does not exist; records are not checked.
    yield* schemaProblems(config, true);
    yield* repeatedNames(config);
  }
}

function* schemaProblems(schema: ManifestNode, isFatal: boolean): Iterable<Diagnostic> {
  const at = isFatal ? errorAt : warningAt;
  if (schema.kind !== 'mapping') {
    const value = schema.kind === 'scalar' ? schema.value : undefined;
    // True takes everything, false nothing.
    if (typeof value === 'boolean') return;
    const hint = types.includes(String(value)) ? ` Do you mean { type: ${value} }?` : '';
    yield at(schema, `A JSON schema is a mapping.${hint}`);
    return;
  }
  for (const type of listOf(fieldOf(schema, 'type'))) {
    if (type.kind === 'scalar' && types.includes(String(type.value))) continue;
    const name = type.kind === 'scalar' ? String(type.value) : '';
    yield at(type, `"${name}" is not a type of JSON schema.${nearType(name)}`);
  }
  const pattern = fieldOf(schema, 'pattern');
  const mistake = pattern?.kind === 'scalar' ? regexMistake(String(pattern.value)) : undefined;
  if (pattern !== undefined && mistake !== undefined)
    yield at(pattern, `"pattern" of a JSON schema is no regular expression: ${mistake}.`);
  const secret = fieldOf(schema, 'airbyte_secret');
  if (secret !== undefined && !(secret.kind === 'scalar' && typeof secret.value === 'boolean'))
    yield warningAt(secret, '"airbyte_secret" is true or false; anything else makes nothing secret.');
  const properties = fieldOf(schema, 'properties');
  if (properties !== undefined && properties.kind !== 'mapping') {
    yield at(properties, '"properties" of a JSON schema is a mapping of names to schemas.');
  } else if (properties !== undefined) {
    yield* requiredNames(schema, properties, isFatal);
    for (const { value } of properties.entries.values()) yield* schemaProblems(value, isFatal);
  }
  for (const name of ['items', 'additionalProperties', 'oneOf', 'anyOf', 'allOf'])
    for (const part of listOf(fieldOf(schema, name))) yield* schemaProblems(part, isFatal);
}

function* requiredNames(
  schema: MappingNode,
  properties: MappingNode,
  isFatal: boolean,
): Iterable<Diagnostic> {
  const required = fieldOf(schema, 'required');
  if (required === undefined) return;
  if (required.kind !== 'sequence') {
    const message = '"required" of a JSON schema is a list of property names, beside "properties".';
    yield (isFatal ? errorAt : warningAt)(required, message);
    return;
  }
  const names = [...properties.entries.keys()];
  for (const node of required.items) {
    const name = node.kind === 'scalar' ? String(node.value) : '';
    if (names.includes(name)) continue;
    yield warningAt(
      node,
      `"${name}" is required, but it is not among the properties.${didYouMean(name, names)}`,
    );
  }
}

/** What Python has against a pattern; undefined when it can read it. */
function regexMistake(pattern: string): string | undefined {
  try {
    pythonRegex(pattern);
    return undefined;
  } catch (error) {
    return error instanceof SyntaxError ? error.message : undefined;
  }
}

/** What other languages call it may only be the beginning of the type's name. */
function nearType(name: string): string {
  const longer = types.find((type) => name !== '' && type.startsWith(name));
  return longer === undefined ? didYouMean(name, types) : ` Did you mean "${longer}"?`;
}

function* repeatedNames(schema: ManifestNode): Iterable<Diagnostic> {
  const names = listOf(fieldOf(schema, 'required'));
  for (const [index, node] of names.entries()) {
    if (node.kind !== 'scalar') continue;
    const isRepeated = names
      .slice(0, index)
      .some((other) => other.kind === 'scalar' && other.value === node.value);
    if (!isRepeated) continue;
    yield warningAt(
      node,
      `"${node.value}" is listed twice in "required". It runs here, but the Python runtime refuses such a manifest.`,
    );
  }
}

function listOf(node: ManifestNode | undefined): readonly ManifestNode[] {
  if (node === undefined) return [];
  return node.kind === 'sequence' ? node.items : [node];
}
