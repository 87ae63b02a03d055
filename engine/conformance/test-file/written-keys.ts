import type { ManifestNode, MappingEntry, MappingNode } from '../../manifest/node.ts';

/** The tree with keys as they are written: YAML 1.1, in which manifests are read, takes `on:` for `true:`. */
export function withWrittenKeys(node: MappingNode): MappingNode {
  let isSame = true;
  const entries = new Map<string, MappingEntry>();
  for (const [name, entry] of node.entries) {
    const { key, value } = entry;
    const { source, start, end } = key.place;
    const written = typeof key.value === 'boolean' ? source.text?.slice(start, end) : undefined;
    const inner = inside(value);
    isSame &&= written === undefined && inner === value;
    entries.set(written ?? name, inner === value ? entry : { key, value: inner });
  }
  return isSame ? node : { ...node, entries };
}

function inside(node: ManifestNode): ManifestNode {
  if (node.kind === 'mapping') return withWrittenKeys(node);
  if (node.kind === 'scalar') return node;
  const items = node.items.map(inside);
  return items.every((item, index) => item === node.items[index]) ? node : { ...node, items };
}
