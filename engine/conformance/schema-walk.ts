import { fieldOf, type ManifestNode, type MappingNode } from '../manifest/node.ts';

/** A schema inside of a JSON schema, with the properties that lead to it. */
export interface SchemaNode {
  readonly node: MappingNode;
  /** Names of properties; `[]` is an item of a list. */
  readonly path: readonly string[];
  /** Alternatives (oneOf, anyOf, allOf) have the path of what they are alternatives of. */
  readonly isAlternative: boolean;
  readonly parent: SchemaNode | undefined;
}

/** A JSON schema and all in it, outer ones first. */
export function* schemasIn(
  node: ManifestNode | undefined,
  path: readonly string[] = [],
  parent?: SchemaNode,
  isAlternative = false,
): Generator<SchemaNode> {
  if (node?.kind !== 'mapping') return;
  const here: SchemaNode = { node, path, parent, isAlternative };
  yield here;
  const properties = fieldOf(node, 'properties');
  if (properties?.kind === 'mapping')
    for (const [name, { value }] of properties.entries) yield* schemasIn(value, [...path, name], here);
  for (const item of listOf(fieldOf(node, 'items'))) yield* schemasIn(item, [...path, '[]'], here);
  const additional = fieldOf(node, 'additionalProperties');
  if (additional?.kind === 'mapping') yield* schemasIn(additional, [...path, '*'], here);
  for (const word of ['oneOf', 'anyOf', 'allOf'])
    for (const each of listOf(fieldOf(node, word))) yield* schemasIn(each, path, here, true);
}

/** A field that may hold one or several. */
export function listOf(node: ManifestNode | undefined): readonly ManifestNode[] {
  if (node === undefined) return [];
  return node.kind === 'sequence' ? node.items : [node];
}

/** The values of a field that may hold one or several, as texts. */
export function textsOf(node: ManifestNode | undefined): readonly string[] {
  return listOf(node).flatMap((each) => (each.kind === 'scalar' ? [String(each.value)] : []));
}

/** The names of types that a schema allows. */
export function typesOf(node: ManifestNode): readonly string[] {
  return listOf(fieldOf(node, 'type')).flatMap((type) =>
    type.kind === 'scalar' && typeof type.value === 'string' ? [type.value] : [],
  );
}

/**
 * What is left of references in a JSON schema: a `$ref` that leads nowhere, or the text of one that does not lead into
 * the manifest, which has taken the place of the schema.
 */
export function* referencesIn(node: ManifestNode | undefined): Generator<ManifestNode> {
  for (const { node: schema } of schemasIn(node)) {
    const reference = fieldOf(schema, '$ref');
    if (reference !== undefined) yield reference;
    const properties = fieldOf(schema, 'properties');
    const inside = properties?.kind === 'mapping' ? [...properties.entries.values()] : [];
    const parts = ['items', 'oneOf', 'anyOf', 'allOf'].flatMap((word) => listOf(fieldOf(schema, word)));
    for (const each of [...inside.map(({ value }) => value), ...parts])
      if (each.kind === 'scalar' && typeof each.value === 'string') yield each;
  }
}
