import type { StreamState } from '../../contract/families.ts';
import { isObject, type JsonObject } from '../../util/json/json.ts';
import type { CursorValues } from './cursor-values.ts';
import type { Range } from './ranges.ts';
import { malformedState, parseStored } from './stored-value.ts';

/** A state in the form in which a cursor continues from it. */
export interface StoredRanges<V> {
  /** Where reading continues, unless there is a gap. */
  readonly start: V;
  readonly ranges: readonly Range<V>[];
  /** Everything else in the state, which is kept. */
  readonly rest: JsonObject;
}

/**
 * Reads a stored state: `{ updated_at: "…" }`, or the ranges of concurrent reads,
 * `{ state_type: "date-range", slices: [{ start, end, most_recent_cursor_value }] }`, which may have gaps.
 */
export function readStoredRanges<V, G>(
  values: CursorValues<V, G>,
  cursorField: string,
  state: StreamState,
  start: V | undefined,
): StoredRanges<V> {
  if (state.state_type === 'date-range' || state.state_type === 'integer') {
    return readRanges(values, state, start);
  }
  const first = start ?? values.zero;
  const stored = Object.hasOwn(state, cursorField)
    ? parseStored(values, cursorField, state[cursorField])
    : undefined;
  const isAhead = stored !== undefined && !values.isNothing(stored) && values.compare(stored, first) >= 0;
  const position = isAhead ? stored : first;
  return {
    start: position,
    ranges: [{ start: first, end: position, mostRecent: position }],
    rest: state,
  };
}

function readRanges<V, G>(
  values: CursorValues<V, G>,
  state: StreamState,
  start: V | undefined,
): StoredRanges<V> {
  const slices = Array.isArray(state.slices) ? state.slices.filter(isObject) : [];
  const ranges = slices.map((slice): Range<V> => {
    const recent = slice.most_recent_cursor_value;
    return {
      start: parseStored(values, 'start', slice.start),
      end: parseStored(values, 'end', slice.end),
      mostRecent:
        recent === undefined || recent === null
          ? undefined
          : parseStored(values, 'most_recent_cursor_value', recent),
    };
  });
  const [first] = ranges;
  if (first === undefined) {
    throw malformedState(`"state_type": "${state.state_type}" but no "slices"`);
  }
  const position = first.mostRecent ?? first.end;
  return { start: values.isNothing(position) ? (start ?? values.zero) : position, ranges, rest: {} };
}
