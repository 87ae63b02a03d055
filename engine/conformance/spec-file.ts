import { fieldOf, type MappingNode, toValue } from '../manifest/node.ts';
import { parseManifest } from '../manifest/parse.ts';
import { isObject, type JsonObject } from '../util/json/json.ts';

/** Where connectors have their spec that have none in their manifest. */
export const specFiles: readonly string[] = ['spec.json', 'spec.yaml'];

/** The schema of the config in such a file; undefined where it has none. */
export function schemaInSpec(file: MappingNode | undefined): JsonObject | undefined {
  const node =
    file && (fieldOf(file, 'connectionSpecification') ?? fieldOf(file, 'connection_specification'));
  const schema = node && toValue(node);
  return isObject(schema) ? schema : undefined;
}

/** The same of the first of them that is there. */
export async function schemaBeside(
  readFile: (path: string) => Promise<string | undefined>,
): Promise<JsonObject | undefined> {
  for (const name of specFiles) {
    const text = await readFile(name);
    const schema = text === undefined ? undefined : schemaInSpec(parseManifest({ name, text }).node);
    if (schema !== undefined) return schema;
  }
  return undefined;
}
