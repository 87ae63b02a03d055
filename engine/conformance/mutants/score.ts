import type { MutantsReport } from './run-mutants.ts';

export interface MutantCounts {
  readonly noticed: number;
  readonly survived: number;
  readonly excused: number;
  readonly notRun: number;
  /** Percent of those that were tried and are not excused. */
  readonly score: number;
}

export function countMutants({ results }: Pick<MutantsReport, 'results'>): MutantCounts {
  const count = (wanted: string) => results.filter(({ verdict }) => verdict === wanted).length;
  const [noticed, survived] = [count('noticed'), count('survived')];
  const tried = noticed + survived;
  return {
    noticed,
    survived,
    excused: count('excused'),
    notRun: count('not-run'),
    score: tried === 0 ? 100 : (noticed / tried) * 100,
  };
}

/** Whether as many were noticed as have to be, in percent. */
export function isEnough(report: MutantsReport): boolean {
  return countMutants(report).score >= report.minScore;
}
