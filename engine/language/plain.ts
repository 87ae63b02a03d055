import type { ManifestNode } from '../manifest/node.ts';

const values = new WeakMap<ManifestNode, unknown>();
const outlines = new WeakMap<ManifestNode, object>();
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

/**
 * Instead of the plain value of a mapping, or of those in a list, an empty object that leads back to its node: for what
 * is not looked into.
 */
export function outline(node: ManifestNode): unknown {
  if (node.kind === 'sequence') return node.items.map(outline);
  if (node.kind === 'scalar') return node.value;
  const known = outlines.get(node);
  if (known !== undefined) return known;
  const value = {};
  outlines.set(node, value);
  nodes.set(value, node);
  return value;
}

/** The node that a plain object or array, or an outline, was made from. */
export function nodeOf(value: unknown): ManifestNode | undefined {
  return typeof value === 'object' && value !== null ? nodes.get(value) : undefined;
}
