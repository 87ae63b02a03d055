import { isObject } from '../../util/json/json.ts';
import { parseJson } from '../../util/json/parse-json.ts';
import type { OpenDocument } from '../locate/open-document.ts';
import {
  isMap,
  isScalar,
  type Node,
  namesIn,
  nodeAtPath,
  type Path,
  referencePath,
  textAt,
} from '../locate/syntax.ts';

/** Fields whose value names a field of records, with the place of the stream whose records these are. */
const streamOf: Readonly<Record<string, (root: Node | null, path: Path) => Node | undefined>> = {
  cursor_field: around,
  primary_key: around,
  parent_key: (root, path) => nodeAtPath(root, [...path.slice(0, -1), 'stream']),
};

/** References that lead to references may lead in a circle. */
const mostReferences = 20;

/** What records have, as the stream's schema says, in the manifest or in a file beside it; undefined for other fields. */
export function schemaFields(
  { readFile }: Pick<OpenDocument, 'readFile'>,
  root: Node | null,
  path: Path,
  field: string,
): readonly string[] | undefined {
  const find = streamOf[field];
  if (find === undefined) return undefined;
  const end = path.lastIndexOf(field) + 1;
  const stream = find(root, path.slice(0, end));
  const loader = fieldBehind(root, stream, 'schema_loader');
  const inline = fieldBehind(root, loader, 'schema');
  if (inline !== undefined) return namesIn(fieldBehind(root, inline, 'properties'));
  const file = textOf(fieldBehind(root, loader, 'file_path')) ?? './schemas/{{ parameters.name }}.json';
  const parameters = fieldBehind(root, stream, '$parameters');
  const name = textAt(parameters, 'name') ?? textAt(stream, 'name') ?? '';
  const text = readFile(file.replace(/\{\{\s*parameters(?:\.name|\[['"]name['"]\])\s*\}\}/, name));
  return text === undefined ? [] : propertyNames(text);
}

function propertyNames(text: string): readonly string[] {
  try {
    const schema = parseJson(text);
    return isObject(schema) && isObject(schema.properties) ? Object.keys(schema.properties) : [];
  } catch {
    return [];
  }
}

function textOf(node: Node | undefined): string | undefined {
  return isScalar(node) && typeof node.value === 'string' ? node.value : undefined;
}

/** The nearest mapping outwards that has a schema. */
function around(root: Node | null, path: Path): Node | undefined {
  for (let depth = path.length - 1; depth >= 0; depth--) {
    const node = nodeAtPath(root, path.slice(0, depth));
    if (fieldBehind(root, node, 'schema_loader') !== undefined) return node;
  }
  return undefined;
}

/** A field of a mapping, or of what it refers to. */
function fieldBehind(root: Node | null, node: Node | undefined, name: string): Node | undefined {
  let at = node;
  for (let followed = 0; followed < mostReferences && isMap(at); followed++) {
    const found = nodeAtPath(at, [name]);
    if (found !== undefined) return found;
    const target = referencePath(textAt(at, '$ref') ?? '');
    at = target && nodeAtPath(root, target);
  }
  return undefined;
}
