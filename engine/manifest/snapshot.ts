import type { Place, ScalarStyle, Source } from '../error/place.ts';
import {
  lazyMapping,
  type ManifestNode,
  type MappingEntry,
  type MappingNode,
  pointerStep,
  type ScalarNode,
} from './node.ts';

/**
 * A manifest as JSON that was parsed, and in which nothing was found to be wrong: to do either again would take most of
 * the time of a start.
 */
export interface Snapshot {
  /** The text that was parsed. The snapshot is of no use for any other. */
  readonly text: string;
  readonly root: Tree;
  /** What its custom components are called. */
  readonly classNames: readonly string[];
}

/** A manifest that was checked before, as it is written. */
export interface CheckedTree {
  readonly root: MappingNode;
  readonly classNames: readonly string[];
}

/** What a node is, where it starts and ends, and then: a scalar's style and value, the items, or keys and values in turn. */
type Tree =
  | readonly [kind: 0 | 1 | 2, start: number, end: number, style: number, value: ScalarNode['value']]
  | readonly [kind: 3 | 4, start: number, end: number, children: readonly Tree[]];

const styles: readonly ScalarStyle[] = ['plain', 'single', 'double', 'literal', 'folded'];

/** Undefined where JSON cannot hold the tree: aliases, keys that are not strings, numbers that JSON does not have. */
export function takeSnapshot({ root, classNames }: CheckedTree): Snapshot | undefined {
  const { text } = root.place.source;
  const tree = toTree(root, '');
  return text === undefined || tree === undefined ? undefined : { text, root: tree, classNames };
}

function toTree(node: ManifestNode, pointer: string): Tree | undefined {
  const { start, end, via } = node.place;
  if (via !== undefined || node.place.pointer !== pointer) return undefined;
  switch (node.kind) {
    case 'scalar': {
      const { value, float, timestamp, place } = node;
      const style = styles.indexOf(place.style ?? 'plain');
      if (typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value)))
        return undefined;
      return [float ? 1 : timestamp ? 2 : 0, start, end, style, value];
    }
    case 'sequence': {
      const items = node.items.map((item, index) => toTree(item, pointerStep(pointer, index)));
      return items.every(isTree) ? [3, start, end, items] : undefined;
    }
    case 'mapping': {
      const children = [...node.entries].flatMap(([name, { key, value }]) => {
        const at = pointerStep(pointer, name);
        return [key.value === name ? toTree(key, at) : undefined, toTree(value, at)];
      });
      return children.every(isTree) ? [4, start, end, children] : undefined;
    }
  }
}

function isTree(tree: Tree | undefined): tree is Tree {
  return tree !== undefined;
}

/** What was parsed from `source.text`; undefined when the snapshot is of another text. */
export function readSnapshot({ text, root, classNames }: Snapshot, source: Source): CheckedTree | undefined {
  if (text !== source.text) return undefined;
  return { root: toNode(root, source, '') as MappingNode, classNames };
}

function toNode(tree: Tree, source: Source, pointer: string): ManifestNode {
  const [kind, start, end] = tree;
  const place: Place = { source, start, end, pointer };
  switch (kind) {
    case 3:
      return {
        kind: 'sequence',
        items: tree[3].map((item, index) => toNode(item, source, pointerStep(pointer, index))),
        place,
      };
    case 4:
      return lazyMapping(place, () => toEntries(tree[3], source, pointer));
    default: {
      const [, , , style, value] = tree;
      return {
        kind: 'scalar',
        value,
        ...(kind === 1 && { float: true }),
        ...(kind === 2 && { timestamp: true }),
        place: { ...place, style: styles[style] as ScalarStyle },
      };
    }
  }
}

function toEntries(children: readonly Tree[], source: Source, pointer: string): Map<string, MappingEntry> {
  const entries = new Map<string, MappingEntry>();
  for (let at = 0; at < children.length; at += 2) {
    const key = children[at] as Tree;
    const name = String(key[4]);
    const below = pointerStep(pointer, name);
    entries.set(name, {
      key: toNode(key, source, below) as ScalarNode,
      value: toNode(children[at + 1] as Tree, source, below),
    });
  }
  return entries;
}
