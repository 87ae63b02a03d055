import type { ManifestNode, MappingNode } from '../manifest/node.ts';
import { nodeAt } from '../manifest/node-at.ts';

type Step = string | number;

const fieldsOfNodes = new WeakMap<MappingNode, unknown>();

/** Keeps the parsed fields of a component that is made, to find out later where one of them is written. */
export function rememberFields(node: MappingNode, fields: unknown): void {
  if (fieldsOfNodes.get(node) !== fields) fieldsOfNodes.set(node, fields);
}

/**
 * The node that a parsed field was made from: the deepest one along the way to it, from the component at `node`.
 * Undefined when the component has no such field. It is looked for, since only an error asks.
 */
export function writtenAt(node: MappingNode, field: unknown): ManifestNode | undefined {
  const path = pathTo(field, fieldsOfNodes.get(node), []);
  return path && nodeAt(node, path);
}

function pathTo(field: unknown, value: unknown, path: readonly Step[]): readonly Step[] | undefined {
  if (value === field) return path;
  if (typeof value !== 'object' || value === null) return undefined;
  const items: Iterable<[Step, unknown]> = Array.isArray(value) ? value.entries() : Object.entries(value);
  for (const [step, item] of items) {
    const found = pathTo(field, item, [...path, step]);
    if (found !== undefined) return found;
  }
  return undefined;
}
