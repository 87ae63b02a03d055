import type { Keywords } from './python-types.ts';

/** What filters, tests and macros may use. */
export interface Environment {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  readonly filter: (name: string, args: readonly unknown[], keywords: Keywords) => unknown;
  readonly test: (name: string, args: readonly unknown[], keywords: Keywords) => boolean;
}

/** `args` start with the value that is filtered or tested. */
export type Filter = (args: readonly unknown[], keywords: Keywords, environment: Environment) => unknown;
export type Test = (args: readonly unknown[], keywords: Keywords, environment: Environment) => boolean;
