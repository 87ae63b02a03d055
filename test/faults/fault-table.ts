import type { Fault } from './show.ts';

const ends = {
  COMPLETE: 'the stream is complete',
  INCOMPLETE: 'the stream fails',
} as const;

/** The table of docs/faults.md. */
export function faultTable(faults: readonly Fault[]): string {
  const rows = faults.map(({ what, outcome, ends: end }) => `| ${what} | ${outcome} | ${ends[end]} |`);
  return ['| the API | a sync | in the end |', '| --- | --- | --- |', ...rows].join('\n');
}
