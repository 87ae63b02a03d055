import type { ManifestNode, MappingEntry, MappingNode } from '../../manifest/node.ts';

/** The tree with keys as they are written: YAML 1.1, in which manifests are read, takes `on:` for `true:`. */
export function withWrittenKeys(node: MappingNode): MappingNode {
  const entries = new Map<string, MappingEntry>();
  for (const [name, { key, value }] of node.entries) {
    const { source, start, end } = key.place;
    const written = typeof key.value === 'boolean' ? source.text?.slice(start, end) : undefined;
    entries.set(written ?? name, { key, value: inside(value) });
  }
  return { ...node, entries };
}

function inside(node: ManifestNode): ManifestNode {
  if (node.kind === 'mapping') return withWrittenKeys(node);
  return node.kind === 'sequence' ? { ...node, items: node.items.map(inside) } : node;
}
