import type { ManifestNode } from '../manifest/node.ts';

const values = new WeakMap<ManifestNode, unknown>();
const nodes = new WeakMap<object, ManifestNode>();

/**
 * The plain value of a node, made once and shared by everyone who asks, so that a component's parser can work on plain
 * data and still find the node of any object or array in it. It must not be changed.
 */
export function plain(node: ManifestNode): unknown {
  if (node.kind === 'scalar') return node.value;
  const known = values.get(node);
  if (known !== undefined) return known;
  const value: unknown =
    node.kind === 'sequence'
      ? node.items.map(plain)
      : Object.fromEntries([...node.entries].map(([name, entry]) => [name, plain(entry.value)]));
  values.set(node, value);
  nodes.set(value as object, node);
  return value;
}

/** The node a plain object or array was made from. */
export function nodeOf(value: unknown): ManifestNode | undefined {
  return typeof value === 'object' && value !== null ? nodes.get(value) : undefined;
}
