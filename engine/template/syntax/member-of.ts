import type { Expression } from './ast.ts';
import type { Node } from './each-node.ts';
import { getCallOf } from './get-call.ts';

/** A member of something, by a name or an index that is written out. */
export interface Member {
  readonly target: Expression;
  readonly member: unknown;
}

/** `x.y`, `x['y']` and `x.get('y', z)` take the same member. Undefined for every other expression. */
export function memberOf(node: Node): Member | undefined {
  if (node.type === 'attribute') return { target: node.target, member: node.name };
  const taken = node.type === 'item' ? { target: node.target, key: node.index } : getCallOf(node);
  return taken?.key.type === 'constant' ? { target: taken.target, member: taken.key.value } : undefined;
}
