import type { ManifestNode, MappingEntry, MappingNode, ScalarNode } from '../../manifest/node.ts';

/**
 * The tree with keys and moments as they are written. YAML 1.1, in which manifests are read, takes `on:` for `true:`, and
 * writes the moment `2026-01-01T00:00:00Z` with `+00:00` at its end: what an API answers has neither.
 */
export function withWrittenTexts(node: MappingNode): MappingNode {
  let isSame = true;
  const entries = new Map<string, MappingEntry>();
  for (const [name, entry] of node.entries) {
    const { key, value } = entry;
    const written = typeof key.value === 'boolean' || key.timestamp === true ? textOf(key) : undefined;
    const inner = inside(value);
    isSame &&= written === undefined && inner === value;
    entries.set(written ?? name, inner === value ? entry : { key, value: inner });
  }
  return isSame ? node : { ...node, entries };
}

function inside(node: ManifestNode): ManifestNode {
  if (node.kind === 'mapping') return withWrittenTexts(node);
  if (node.kind === 'scalar') return node.timestamp === true ? moment(node) : node;
  const items = node.items.map(inside);
  return items.every((item, index) => item === node.items[index]) ? node : { ...node, items };
}

/** A moment with a tag, `!!timestamp`, is what YAML makes of it. */
function moment(node: ScalarNode): ScalarNode {
  const written = textOf(node);
  return written === undefined || !/^\d/.test(written)
    ? node
    : { kind: 'scalar', value: written, place: node.place };
}

function textOf({ place: { source, start, end } }: ScalarNode): string | undefined {
  return source.text?.slice(start, end);
}
