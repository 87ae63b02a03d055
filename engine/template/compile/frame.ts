import type { Python } from '../values/python.ts';

/** Told which way a rendering went, when somebody listens. */
export type OnBranch = (offset: number, of: Branching, arm: Arm) => void;
export type Branching = 'if' | 'inline if' | 'and' | 'or';
export type Arm = 'then' | 'else' | 'left' | 'right' | number;

/** One rendering: what the template reads, and how deep it is in macros. */
export interface Run {
  readonly context: Readonly<Record<string, unknown>>;
  readonly globals: ReadonlyMap<string, unknown>;
  readonly py: Python;
  depth: number;
  /** Set while a constant is computed ahead of time, when an infinite number is a value like any other. */
  readonly folding?: boolean;
  readonly onBranch?: OnBranch | undefined;
}

/** A scope of `set` and `for` variables; most templates never have more than an empty one. */
export interface Frame {
  readonly run: Run;
  readonly parent: Frame | undefined;
  readonly variables: Map<string, unknown> | undefined;
}

/** Writes what a piece of a template renders to. */
export type Render = (frame: Frame, out: string[]) => void;

export function innerFrame(frame: Frame): Frame & { readonly variables: Map<string, unknown> } {
  return { run: frame.run, parent: frame, variables: new Map() };
}

export function lookUp(frame: Frame, name: string): unknown {
  for (let each: Frame | undefined = frame; each !== undefined; each = each.parent) {
    if (each.variables?.has(name)) return each.variables.get(name);
  }
  return undefined;
}
