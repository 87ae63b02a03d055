import type { Expression, Statement } from './ast.ts';

export type Node = Expression | Statement;

/**
 * Looks at the nodes of a part of a template, parents before children, in the order of their fields. What `look` returns
 * is looked at instead of all that is below a node; nothing is for an empty list.
 */
export function eachNode(part: unknown, look: (node: Node) => readonly unknown[] | undefined): void {
  if (typeof part !== 'object' || part === null) return;
  const below = isNode(part) ? look(part) : undefined;
  for (const value of below ?? Object.values(part)) eachNode(value, look);
}

/** All nodes of a part of a template, parents before children. */
export function nodesIn(part: unknown): readonly Node[] {
  const found: Node[] = [];
  eachNode(part, (node) => {
    found.push(node);
    return undefined;
  });
  return found;
}

function isNode(part: object): part is Node {
  return 'type' in part && 'offset' in part;
}
