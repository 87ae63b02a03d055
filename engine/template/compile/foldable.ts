import { filters } from '../builtins/filters.ts';
import type { Body, Expression } from '../syntax/ast.ts';
import { childrenOf } from '../syntax/names.ts';

/** Is its result the same as long as config and parameters are the same? */
export function isOfConfig(body: Body): boolean {
  return body.every(
    (statement) => statement.type === 'data' || (statement.type === 'output' && isSteady(statement.value)),
  );
}

function isSteady(node: Expression): boolean {
  if (node.type === 'name') return node.name === 'config' || node.name === 'parameters';
  if (node.type === 'call' || (node.type === 'filter' && readsEnvironment(node.name))) return false;
  return childrenOf(node).every(isSteady);
}

function readsEnvironment(filter: string): boolean {
  return !Object.hasOwn(filters, filter) || filters[filter]?.readsEnvironment === true;
}

/** Does Jinja compute this ahead of time? Names, attributes of things and calls have to wait for a context. */
export function isFoldable(node: Expression): boolean {
  if (node.type === 'name' || node.type === 'call') return false;
  if (node.type === 'filter') {
    const isFree = !Object.hasOwn(filters, node.name) || filters[node.name]?.readsEnvironment !== true;
    if (node.target === undefined || !isFree) return false;
  }
  return childrenOf(node).every(isFoldable);
}
