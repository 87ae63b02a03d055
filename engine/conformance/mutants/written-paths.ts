import type { Place } from '../../error/place.ts';
import { fieldOf, type ManifestNode } from '../../manifest/node.ts';

export type Step = string | number;

/** Where nodes stand in the tree as it is written, before references are followed. What an alias repeats stands in several. */
export interface WrittenPaths {
  ofKey(place: Place): readonly (readonly Step[])[];
  ofList(place: Place): readonly (readonly Step[])[];
}

export function writtenPaths(root: ManifestNode): WrittenPaths {
  const keys = new Map<string, Step[][]>();
  const lists = new Map<string, Step[][]>();
  const add = (map: Map<string, Step[][]>, place: Place, path: Step[]) => {
    const key = spot(place);
    map.set(key, [...(map.get(key) ?? []), path]);
  };
  function walk(node: ManifestNode, path: Step[]): void {
    if (node.kind === 'mapping')
      for (const [name, { key, value }] of node.entries) {
        add(keys, key.place, [...path, name]);
        walk(value, [...path, name]);
      }
    if (node.kind === 'sequence') {
      add(lists, node.place, path);
      for (const [index, item] of node.items.entries()) walk(item, [...path, index]);
    }
  }
  walk(root, []);
  return { ofKey: (place) => keys.get(spot(place)) ?? [], ofList: (place) => lists.get(spot(place)) ?? [] };
}

function spot({ source, start, pointer }: Place): string {
  return source.text === undefined ? `${source.name}#${pointer}` : `${source.name}:${start}`;
}

/** A path as people read it, and as the excuse of a survivor names it. Items of a list go by their `name`, if they have one. */
export function pathText(root: ManifestNode, path: readonly Step[]): string {
  let at: ManifestNode | undefined = root;
  return path
    .map((step) => {
      at = at?.kind === 'sequence' ? at.items[Number(step)] : at && fieldOf(at, String(step));
      const name = typeof step === 'number' && at !== undefined ? fieldOf(at, 'name') : undefined;
      return name?.kind === 'scalar' ? String(name.value) : String(step);
    })
    .join('.');
}

/** The tree with another node at a path; without it where there is none. */
export function withNodeAt(
  root: ManifestNode,
  [step, ...rest]: readonly Step[],
  node: ManifestNode | undefined,
): ManifestNode {
  if (step === undefined) return node ?? root;
  if (root.kind === 'sequence') {
    const items = root.items.flatMap((item, index) => {
      if (index !== step) return [item];
      if (rest.length > 0) return [withNodeAt(item, rest, node)];
      return node === undefined ? [] : [node];
    });
    return { ...root, items };
  }
  if (root.kind !== 'mapping') return root;
  const entries = new Map(root.entries);
  const entry = entries.get(String(step));
  if (entry === undefined) return root;
  if (rest.length === 0 && node === undefined) entries.delete(String(step));
  else
    entries.set(String(step), {
      ...entry,
      value: rest.length === 0 ? (node ?? entry.value) : withNodeAt(entry.value, rest, node),
    });
  return { kind: 'mapping', place: root.place, entries };
}
