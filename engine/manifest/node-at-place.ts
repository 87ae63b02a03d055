import type { Place } from '../error/place.ts';
import type { ManifestNode } from './node.ts';
import { walk } from './walk.ts';

/** The node that is written at a place, the outermost where several begin there; undefined when there is none. */
export function nodeAtPlace(root: ManifestNode, { pointer, start }: Place): ManifestNode | undefined {
  for (const { node } of walk(root))
    if (node.place.pointer === pointer && node.place.start === start) return node;
  return undefined;
}
