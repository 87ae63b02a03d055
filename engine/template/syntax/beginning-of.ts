import type { Expression } from './ast.ts';

/** Where a path is written: a member stands where its own name does, behind what it is one of. */
export function beginningOf(path: Expression): number {
  return path.type === 'attribute' || path.type === 'item' || path.type === 'call'
    ? beginningOf(path.target)
    : path.offset;
}
