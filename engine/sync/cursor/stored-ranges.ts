import type { Position, StoredRange } from '../../contract/families.ts';
import { malformedState } from '../state/malformed-state.ts';
import type { CursorValues } from './cursor-values.ts';
import type { Range } from './ranges.ts';
import { parseStored } from './stored-value.ts';

/** A position in the form in which a cursor continues from it. */
export interface StoredRanges<V> {
  /** Where reading continues, unless there is a gap. */
  readonly start: V;
  readonly ranges: readonly Range<V>[];
}

/** What a stored position says has been read. */
export function readStoredRanges<V, G>(
  values: CursorValues<V, G>,
  cursorField: string,
  position: Position,
  start: V | undefined,
): StoredRanges<V> {
  if (position.kind === 'ranges') return readRanges(values, position.ranges, start);
  const first = start ?? values.zero;
  const stored = Object.hasOwn(position.fields, cursorField)
    ? parseStored(values, cursorField, position.fields[cursorField])
    : undefined;
  const isAhead = stored !== undefined && !values.isNothing(stored) && values.compare(stored, first) >= 0;
  const reached = isAhead ? stored : first;
  return { start: reached, ranges: [{ start: first, end: reached, mostRecent: reached }] };
}

function readRanges<V, G>(
  values: CursorValues<V, G>,
  stored: readonly StoredRange[],
  start: V | undefined,
): StoredRanges<V> {
  const ranges = stored.map(
    ({ start: from, end, mostRecent }): Range<V> => ({
      start: parseStored(values, 'start', from),
      end: parseStored(values, 'end', end),
      mostRecent:
        mostRecent === undefined ? undefined : parseStored(values, 'most_recent_cursor_value', mostRecent),
    }),
  );
  const [first] = ranges;
  if (first === undefined) throw malformedState('a "state_type" but no "slices"');
  const reached = first.mostRecent ?? first.end;
  return { start: values.isNothing(reached) ? (start ?? values.zero) : reached, ranges };
}
