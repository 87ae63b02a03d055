import { placeKey } from '../error/place.ts';
import type { ManifestNode } from '../manifest/node.ts';

/** Tells whether a node is met for the first time, wherever it is written: a shared definition is in many streams. */
export function once(): (node: Pick<ManifestNode, 'place'>) => boolean {
  const seen = new Set<string>();
  return ({ place }) => {
    const key = placeKey(place);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  };
}
