import { fieldOf, type ManifestNode, type MappingNode } from './node.ts';
import { walk } from './walk.ts';

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
  // A node may stand in many places.
  for (const { node } of walk(root, ({ node }) => node.kind === 'mapping' && seen.has(node))) {
    if (node.kind !== 'mapping') continue;
    seen.add(node);
    const parameters = fieldOf(node, '$parameters');
    if (parameters !== undefined && (parameters.kind !== 'mapping' || parameters.entries.has('$ref')))
      hasPlainParameters = false;
    const className = fieldOf(node, 'class_name');
    if (className?.kind === 'scalar') classNames.add(String(className.value));
  }
  return { classNames: [...classNames], hasPlainParameters };
}
