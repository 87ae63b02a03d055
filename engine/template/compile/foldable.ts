import { filters } from '../builtins/filters.ts';
import type { Expression } from '../syntax/ast.ts';
import { childrenOf } from '../syntax/names.ts';

/** Does Jinja compute this ahead of time? Names, attributes of things and calls have to wait for a context. */
export function isFoldable(node: Expression): boolean {
  if (node.type === 'name' || node.type === 'call') return false;
  if (node.type === 'filter') {
    const isFree = !Object.hasOwn(filters, node.name) || filters[node.name]?.readsEnvironment !== true;
    if (node.target === undefined || !isFree) return false;
  }
  return childrenOf(node).every(isFoldable);
}
