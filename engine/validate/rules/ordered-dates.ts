import type { Diagnostic } from '../../error/diagnostic.ts';
import { warningAt } from '../../manifest/node-diagnostic.ts';
import { compareDatetimes } from '../../time/datetime.ts';
import { type ComponentAt, childIn, written } from '../visit.ts';
import { literalMoment } from './literal-dates.ts';

/** An end comes after its start, and an upper bound after the lower one: between others there is nothing to read. */
export function* orderedDates(at: ComponentAt): Iterable<Diagnostic> {
  if (at.family === 'IncrementalSync') {
    const end = boundOf(at, 'end_datetime');
    if (isBefore(end, boundOf(at, 'start_datetime')))
      yield warningAt(end.node, 'This end is before the start, so nothing is ever read.');
  }
  if (at.family === 'DatetimeBound') {
    const most = boundOf(at, 'max_datetime');
    if (isBefore(most, boundOf(at, 'min_datetime')))
      yield warningAt(most.node, 'This is before "min_datetime", so it is what always comes out.');
  }
}

type Bound = NonNullable<ReturnType<typeof boundOf>>;

/** What is written out, in place or in a component that has no bounds of its own. */
function boundOf(at: ComponentAt, field: string) {
  const inner = childIn(at, field);
  const isBounded = inner !== undefined && (written(inner, 'min_datetime') ?? written(inner, 'max_datetime'));
  const node = written(at, field);
  if (node === undefined || isBounded) return undefined;
  const moment = inner === undefined ? literalMoment(at, field) : literalMoment(inner, 'datetime');
  return moment && { node, moment };
}

function isBefore(bound: Bound | undefined, other: Bound | undefined): bound is Bound {
  return bound !== undefined && other !== undefined && compareDatetimes(bound.moment, other.moment) < 0;
}
