import type { Expression } from '../syntax/ast.ts';
import { childrenOf } from '../syntax/names.ts';
import { dictEntries, isDict } from '../values/dict.ts';
import { PyFloat } from '../values/number.ts';
import { PyTuple } from '../values/tuple.ts';
import type { Frame } from './frame.ts';

/**
 * Jinja computes constant expressions when it compiles, and writes what they come to into Python code. There is no way
 * to write an infinite number: the code has the name `inf`, which nothing defines. Inside of what is computed ahead of
 * time, it is a number like any other.
 */
export function hasInfinity(node: Expression): boolean {
  return node.type === 'constant' ? isUnwritable(node.value) : childrenOf(node).some(hasInfinity);
}

/** What cannot be written down as Python: an infinite number, one that is none, or something that has one. */
export function isUnwritable(value: unknown): boolean {
  if (value instanceof PyFloat) return !Number.isFinite(value.value);
  if (Array.isArray(value)) return value.some(isUnwritable);
  if (value instanceof PyTuple) return value.items.some(isUnwritable);
  return isDict(value) && dictEntries(value).some((entry) => entry.some(isUnwritable));
}

/** As it is computed ahead of time; what fails there fails later. */
export function foldOrRun(evaluate: (frame: Frame) => unknown, frame: Frame): unknown {
  try {
    return evaluate({ ...frame, run: { ...frame.run, folding: true } });
  } catch {
    return evaluate(frame);
  }
}
