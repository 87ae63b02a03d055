import { printThrown } from '../../error/print-location.ts';

/** What went wrong, and for which streams. */
export type Problems = Map<string, Set<string>>;

export function addProblem(problems: Problems, stream: string, error: unknown): void {
  const text = printThrown(error);
  problems.set(text, (problems.get(text) ?? new Set()).add(stream));
}
