import type { ManifestNode, MappingNode } from './node.ts';

/** What the text of a manifest says, before references and parameters make it many times as large. */
export interface Survey {
  /** The `class_name` of every custom component, each once. */
  readonly classNames: readonly string[];
  /** Nothing but plain mappings stands under `$parameters`, wherever it is written. */
  readonly hasPlainParameters: boolean;
}

/** Looks once at every node of a tree. */
export function survey(root: ManifestNode): Survey {
  const classNames = new Set<string>();
  let hasPlainParameters = true;
  const seen = new Set<MappingNode>();
  const visit = (node: ManifestNode): void => {
    if (node.kind === 'sequence') for (const item of node.items) visit(item);
    // A node may stand in many places.
    if (node.kind !== 'mapping' || seen.has(node)) return;
    seen.add(node);
    for (const [name, { value }] of node.entries) {
      if (name === '$parameters' && (value.kind !== 'mapping' || value.entries.has('$ref')))
        hasPlainParameters = false;
      if (name === 'class_name' && value.kind === 'scalar') classNames.add(String(value.value));
      else visit(value);
    }
  };
  visit(root);
  return { classNames: [...classNames], hasPlainParameters };
}
