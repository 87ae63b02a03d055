import type { Node } from './each-node.ts';

/** A text that a template writes out; undefined for every other node. */
export function constantText(node: Node | undefined): string | undefined {
  return node?.type === 'constant' && typeof node.value === 'string' ? node.value : undefined;
}
