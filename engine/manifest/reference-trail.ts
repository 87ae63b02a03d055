import type { Place } from '../error/place.ts';
import { lazyMapping, type ManifestNode, type MappingEntry, withPlace } from './node.ts';

/** The place with `via` as the last link in the chain of references that led to it. */
export function reachedBy(place: Place, via: Place | undefined): Place {
  if (via === undefined || isSame(place, via)) return place;
  const before = place.via === undefined ? via : reachedBy(place.via, via);
  return before === place.via ? place : { ...place, via: before };
}

function isSame(a: Place, b: Place): boolean {
  return a.source === b.source && a.start === b.start && a.pointer === b.pointer;
}

/** The same for every node of a tree. Without `via`, the tree itself. */
export function treeReachedBy(node: ManifestNode, via: Place | undefined): ManifestNode {
  if (via === undefined) return node;
  const place = reachedBy(node.place, via);
  const inner = place.via;
  switch (node.kind) {
    case 'scalar':
      return withPlace(node, place);
    case 'sequence':
      return { kind: 'sequence', items: node.items.map((item) => treeReachedBy(item, inner)), place };
    case 'mapping':
      return lazyMapping(place, () => {
        const entries = new Map<string, MappingEntry>();
        node.entries.forEach((entry, name) => {
          const key = withPlace(entry.key, reachedBy(entry.key.place, inner));
          entries.set(name, { key, value: treeReachedBy(entry.value, inner) });
        });
        return entries;
      });
  }
}
