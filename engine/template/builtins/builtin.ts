import type { Python } from '../values/python.ts';

/** A filter or test: its parameters, the value first, written as for `bind`, and what it does with their values. */
export interface Builtin<Result = unknown> {
  readonly parameters: readonly string[];
  readonly run: (args: readonly unknown[], py: Python) => Result;
  /** Its result depends on more than its arguments, so it is never computed ahead of time. */
  readonly readsEnvironment?: boolean;
}

export type Builtins<Result = unknown> = Readonly<Record<string, Builtin<Result>>>;

export function builtin<Result>(
  parameters: readonly string[],
  run: (args: readonly unknown[], py: Python) => Result,
): Builtin<Result> {
  return { parameters: ['value', ...parameters], run };
}
