import type { ManifestNode } from './node.ts';

/** The `class_name` of every custom component of a tree, each once. */
export function classNames(root: ManifestNode): readonly string[] {
  const names = new Set<string>();
  const seen = new Set<ManifestNode>();
  const visit = (node: ManifestNode): void => {
    // A node may stand in many places.
    if (node.kind === 'scalar' || seen.has(node)) return;
    seen.add(node);
    if (node.kind === 'sequence') {
      for (const item of node.items) visit(item);
      return;
    }
    for (const [name, { value }] of node.entries) {
      if (name === 'class_name' && value.kind === 'scalar') names.add(String(value.value));
      else visit(value);
    }
  };
  visit(root);
  return [...names];
}
