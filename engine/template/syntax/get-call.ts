import type { Expression } from './ast.ts';
import type { Node } from './each-node.ts';

/** `target.get(key, fallback)`, which takes a member as `target[key]` does. */
export interface GetCall {
  readonly target: Expression;
  readonly key: Expression;
  /** What it is where there is no such member. */
  readonly fallback: Expression | undefined;
}

/** Undefined for every other expression. */
export function getCallOf(node: Node | undefined): GetCall | undefined {
  if (node?.type !== 'call' || node.target.type !== 'attribute' || node.target.name !== 'get')
    return undefined;
  const [key, fallback] = node.args;
  return key && { target: node.target.target, key, fallback };
}
