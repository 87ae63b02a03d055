import { fieldOf, type ManifestNode, type MappingNode, toValue } from '../manifest/node.ts';
import { parseManifest } from '../manifest/parse.ts';
import { isObject } from '../util/json/json.ts';
import type { SpecAt } from './subject.ts';

/** Where connectors have their spec that have none in their manifest. */
export const specFiles: readonly string[] = ['spec.json', 'spec.yaml'];

/** The first of some files that is there and has a document. */
export async function firstSpecFile(
  paths: readonly string[],
  read: (path: string) => Promise<string | undefined>,
): Promise<MappingNode | undefined> {
  for (const name of paths) {
    const text = await read(name);
    const node = text === undefined ? undefined : parseManifest({ name, text }).node;
    if (node !== undefined) return node;
  }
  return undefined;
}

/** The schema of the config in such a file: in camel case, as messages of the protocol write it, or as manifests do. */
export function schemaNodeIn(file: MappingNode): ManifestNode | undefined {
  return fieldOf(file, 'connectionSpecification') ?? fieldOf(file, 'connection_specification');
}

/** The spec of such a file; undefined where it has none. */
export function specIn(file: MappingNode | undefined): SpecAt | undefined {
  const node = file && schemaNodeIn(file);
  if (file === undefined || node?.kind !== 'mapping') return undefined;
  const schema = toValue(node);
  return isObject(schema) ? { node, schema, whole: file, isBeside: true } : undefined;
}
