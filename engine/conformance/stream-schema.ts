import { fieldOf, type ManifestNode } from '../manifest/node.ts';
import { schemaPaths } from '../util/path/schema-paths.ts';
import { type ComponentAt, written } from '../validate/visit.ts';
import type { SchemaAt, Subject } from './subject.ts';

/** Where the schema of a stream is written: in the manifest, or in a file beside it. */
export async function schemaNode(
  stream: ComponentAt,
  name: string,
  readNode: Subject['readNode'],
): Promise<ManifestNode | undefined> {
  const loaders = stream.children.filter(({ field }) => field === 'schema_loader');
  const [loader] = loaders;
  if (loaders.length > 1) return undefined;
  const inline = written(loader, 'schema');
  if (inline !== undefined) return inline;
  if (loader !== undefined && loader.traits.schemaFile === undefined) return undefined;
  const path = loader?.traits.schemaFile?.path ?? '';
  for (const candidate of schemaPaths(path, name)) {
    const node = await readNode(candidate).catch(() => undefined);
    if (node !== undefined) return node;
  }
  return undefined;
}

/** The node of a property in the schema of a stream, at a path of names; the nearest one above where there is none. */
export function propertyNode({ node }: SchemaAt, path: readonly string[]): ManifestNode | undefined {
  let at = node;
  for (const name of path) {
    const next = at && fieldOf(fieldOf(at, 'properties') ?? at, name);
    if (next === undefined) return at;
    at = next;
  }
  return at;
}
