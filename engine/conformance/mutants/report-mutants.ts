import { locationOf, positionOf } from '../../error/print-location.ts';
import { wrapped } from '../../util/text/wrapped.ts';
import type { MutantResult, MutantsReport } from './run-mutants.ts';
import { countMutants } from './score.ts';

/** For people: every survivor with its place, what is different, and which test would see it. */
export function mutantLines({ results, idle }: MutantsReport, verbose: boolean, width: number): string[] {
  return [
    ...results.flatMap((result) => resultLines(result, verbose, width)),
    ...idle.map(
      ({ path, id }) =>
        `mutants    warning  the excuse of ${path}${id === undefined ? '' : ` (${id})`} excuses nothing: remove it\n`,
    ),
  ];
}

function resultLines(
  { mutant, verdict, noticedBy, reason }: MutantResult,
  verbose: boolean,
  width: number,
): string[] {
  const { path, id, says, place, seenBy, streams } = mutant;
  const head = (word: string) => `mutants    ${word.padEnd(9)}${path} ${says}`;
  if (verdict === 'noticed') return verbose ? [`${head('noticed')} — ${noticedBy}`] : [];
  if (verdict === 'excused') return verbose ? [`${head('excused')}: ${reason}`] : [];
  if (verdict === 'not-run') return verbose ? [head('not run')] : [];
  const named = [...streams];
  const more = named.length > 3 ? ` and ${named.length - 3} more` : '';
  const what = `No test of ${named.slice(0, 3).join(', ')}${more} notices. It would be seen by ${seenBy}.`;
  return [
    [
      head('survived'),
      ...wrapped(what, width - 2).map((line) => `  ${line}`),
      `  at ${locationOf(place)}   (${id})`,
      '',
    ].join('\n'),
  ];
}

export function mutantSummary(report: MutantsReport): string {
  const { noticed, survived, excused, notRun, score } = countMutants(report);
  const parts = [
    `${(Math.floor(score * 10) / 10).toFixed(1)} % noticed (${noticed} of ${noticed + survived})`,
    ...(excused > 0 ? [`${excused} excused`] : []),
    ...(notRun > 0 ? [`${notRun} not tried in time`] : []),
  ];
  return `mutants    ${parts.join(', ')}`;
}

export function mutantsJson({ results, idle, took, minScore }: MutantsReport) {
  return {
    ...countMutants({ results }),
    minScore,
    idleExcuses: idle,
    milliseconds: Math.round(took),
    results: results.map(({ mutant: { path, id, says, place, seenBy, streams }, ...rest }) => ({
      ...rest,
      path,
      change: id,
      says,
      file: place.source.name,
      ...positionOf(place),
      streams: [...streams],
      seenBy,
    })),
  };
}
