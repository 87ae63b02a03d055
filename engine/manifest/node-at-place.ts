import type { Place } from '../error/place.ts';
import type { ManifestNode } from './node.ts';

/** The node that is written at a place, the outermost where several begin there; undefined when there is none. */
export function nodeAtPlace(root: ManifestNode, place: Place): ManifestNode | undefined {
  if (root.place.pointer === place.pointer && root.place.start === place.start) return root;
  const children =
    root.kind === 'sequence'
      ? root.items
      : root.kind === 'mapping'
        ? [...root.entries.values()].map(({ value }) => value)
        : [];
  for (const child of children) {
    const found = nodeAtPlace(child, place);
    if (found !== undefined) return found;
  }
  return undefined;
}
