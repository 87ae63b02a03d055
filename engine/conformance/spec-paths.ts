import { fieldOf, type ManifestNode, type MappingNode } from '../manifest/node.ts';
import { listOf } from './schema-walk.ts';

/** The schemas at a path of property names, in whichever variants have it. */
export function propertiesAt(schema: ManifestNode, path: readonly string[]): readonly MappingNode[] {
  if (schema.kind !== 'mapping') return [];
  const [name, ...rest] = path;
  if (name === undefined) return [schema];
  const property = fieldOf(fieldOf(schema, 'properties') ?? schema, name);
  const own =
    property === undefined || fieldOf(schema, 'properties') === undefined ? [] : propertiesAt(property, rest);
  const variants = ['oneOf', 'anyOf', 'allOf'].flatMap((word) => listOf(fieldOf(schema, word)));
  return [...own, ...variants.flatMap((variant) => propertiesAt(variant, path))];
}

/** The first of them. */
export function propertyAt(schema: ManifestNode, path: readonly string[]): MappingNode | undefined {
  return propertiesAt(schema, path)[0];
}
