import { literal } from '../../util/text/glob.ts';
import type { Mutant } from './find-mutants.ts';

/** Why mutants may survive, by path; a reason for all of a place, or one for each change. `*` is one step of a path, `**` any number. */
export type ExcuseTable = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/** The key of an excuse: its path, and the change where it names one. */
export interface Excuse {
  readonly path: string;
  readonly id: string | undefined;
  readonly reason: string;
}

export interface Excuses {
  readonly all: readonly Excuse[];
  for(mutant: Pick<Mutant, 'path' | 'id'>): Excuse | undefined;
}

export function createExcuses(table: ExcuseTable = {}): Excuses {
  const all = Object.entries(table).flatMap(([path, entry]): Excuse[] =>
    typeof entry === 'string'
      ? [{ path, id: undefined, reason: entry }]
      : Object.entries(entry).map(([id, reason]) => ({ path, id, reason })),
  );
  const patterns = all.map((excuse) => ({ excuse, pattern: patternOf(excuse.path) }));
  return Object.freeze({
    all,
    for: ({ path, id }: Pick<Mutant, 'path' | 'id'>) =>
      patterns.find(
        ({ excuse, pattern }) => (excuse.id === undefined || excuse.id === id) && pattern.test(`.${path}`),
      )?.excuse,
  });
}

function patternOf(path: string): RegExp {
  const steps = path.split('.').map((step) => step.split('*').map(literal).join('[^.]*'));
  const any = '[^.]*[^.]*';
  // Every step begins with a dot, and `**` is any number of steps.
  return new RegExp(`^${steps.map((step) => (step === any ? '(?:\\.[^.]*)*' : `\\.${step}`)).join('')}$`);
}
