import type { Expression } from './ast.ts';

/** A text that a template writes out; undefined for every other expression. */
export function constantText(node: Expression | undefined): string | undefined {
  return node?.type === 'constant' && typeof node.value === 'string' ? node.value : undefined;
}
