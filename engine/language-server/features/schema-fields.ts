import { isMap, type Node, namesIn, nodeAtPath, type Path, referencePath, textAt } from '../locate/syntax.ts';

/** Fields whose value names a field of records, with the place of the stream whose records these are. */
const streamOf: Readonly<Record<string, (root: Node | null, path: Path) => Node | undefined>> = {
  cursor_field: around,
  primary_key: around,
  parent_key: (root, path) => referred(root, nodeAtPath(root, [...path.slice(0, -1), 'stream'])),
};

/** What records have, where the stream says so in the manifest itself; undefined for other fields. */
export function schemaFields(root: Node | null, path: Path, field: string): readonly string[] | undefined {
  const find = streamOf[field];
  if (find === undefined) return undefined;
  const end = path.lastIndexOf(field) + 1;
  const loader = referred(root, below(find(root, path.slice(0, end)), 'schema_loader'));
  return namesIn(below(below(loader, 'schema'), 'properties'));
}

/** The nearest mapping outwards that has a schema. */
function around(root: Node | null, path: Path): Node | undefined {
  for (let depth = path.length - 1; depth >= 0; depth--) {
    const node = referred(root, nodeAtPath(root, path.slice(0, depth)));
    if (below(node, 'schema_loader') !== undefined) return node;
  }
  return undefined;
}

/** What a reference points to; the node itself where there is none. */
function referred(root: Node | null, node: Node | undefined): Node | undefined {
  const target = referencePath(textAt(node, '$ref') ?? '');
  return target === undefined || below(node, 'schema_loader') !== undefined ? node : nodeAtPath(root, target);
}

function below(node: Node | undefined, name: string): Node | undefined {
  return isMap(node) ? nodeAtPath(node, [name]) : undefined;
}
