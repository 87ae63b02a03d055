import { fieldOf, type ManifestNode } from './node.ts';

/** The deepest node along a path of field names and indexes. */
export function nodeAt(node: ManifestNode, path: readonly PropertyKey[]): ManifestNode {
  let at = node;
  for (const step of path) {
    const next = at.kind === 'sequence' ? at.items[Number(step)] : fieldOf(at, String(step));
    if (next === undefined) break;
    at = next;
  }
  return at;
}
