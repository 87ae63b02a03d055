import type { Cursor, Position, StreamState } from '../../contract/families.ts';
import type { Slice } from '../../contract/slice.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { tryTo } from '../../util/flow/try-to.ts';
import type { JsonObject } from '../../util/json/json.ts';
import { writePosition } from '../state/codec.ts';
import { larger, smaller } from './cursor-values.ts';
import { createLatestValue, type LatestValue } from './latest-value.ts';
import { completeUntil, mergeRanges, type Range } from './ranges.ts';
import { boundaryOf, type SliceWindows, windowOf } from './slice-window.ts';
import { readStoredRanges } from './stored-ranges.ts';
import { type WindowPlan, windows } from './windows.ts';

/** What stays the same while a stream is read: shared by the cursors of all its partitions. */
export interface WindowCursorSettings<V, G> extends SliceWindows<V, G> {
  readonly cursorField: string;
  readonly plan: WindowPlan<V, G>;
  readonly answers: Answers<V>;
  /** Puts a window's boundaries into requests. */
  readonly addTo: Cursor['addTo'];
  readonly warn: (message: string) => void;
}

/** What the API's answers to a window say about what is left. */
export interface Answers<V> {
  /** Windows have an end that can be relied on. For counts, only what was seen has been read. */
  readonly areBounded: boolean;
  /** Records come newest first: what has been seen says nothing about what is left. */
  readonly areNewestFirst: boolean;
  /**
   * The API gives all records, including those that changed after the end of the window while others were being read.
   */
  readonly areOfEverything: boolean;
  /**
   * When the oldest answer that may be read was given: a record may have changed since, so that what changed later than
   * this may not have been seen.
   */
  readonly since: V | undefined;
}

/**
 * The position of a stream, or of one of its partitions: which windows are left, and what the closed ones contained.
 */
export interface WindowCursor {
  /** The `cursor` part of the slices still to be read. */
  windows(): Generator<JsonObject>;
  observe(record: JsonObject, slice: Slice): void;
  closeSlice(slice: Slice): void;
  shouldBeSynced(record: JsonObject): boolean;
  state(): StreamState;
  midSliceState(slice: Slice): StreamState | undefined;
  reduceRange(slice: Slice): Slice | undefined;
}

export function openWindowCursor<V, G>(settings: WindowCursorSettings<V, G>, stored: Position): WindowCursor {
  const { values, cursorField, boundaries, stream, plan, answers } = settings;
  const known = readStoredRanges(values, cursorField, stored, plan.start);
  let ranges = known.ranges;
  let state: StreamState | undefined;
  let closed = 0;
  // Of windows with records, as long as they are open. Not a weak map: thousands of partitions would have one each, and the
  // garbage collector goes through all weak maps whenever it runs.
  const latestByWindow = new Map<JsonObject, LatestValue<V>>();
  // Records mostly come slice by slice, so the last tracker is usually the right one.
  let lastWindow: JsonObject | undefined;
  let lastLatest: LatestValue<V> | undefined;
  let lowest: V | undefined;
  let highest: V | undefined;

  function latestOf(window: JsonObject): LatestValue<V> {
    if (window === lastWindow && lastLatest !== undefined) return lastLatest;
    let latest = latestByWindow.get(window);
    if (latest === undefined) {
      latest = createLatestValue(values);
      latestByWindow.set(window, latest);
    }
    lastWindow = window;
    lastLatest = latest;
    return latest;
  }

  function rangeOf(slice: Slice): Range<V> | undefined {
    const mostRecent = latestByWindow.get(slice.cursor)?.get();
    if (!answers.areBounded) {
      if (mostRecent === undefined || values.isNothing(mostRecent)) return undefined;
      return { start: known.start, end: mostRecent, mostRecent };
    }
    const end = boundaryOf(settings, slice, 'end');
    return {
      start: boundaryOf(settings, slice, 'start'),
      end,
      mostRecent: mostRecent === undefined ? undefined : inWindow(mostRecent, end, slice),
    };
  }

  /** What changed after the end may have been read before it changed, and a state beyond the end would lose it. */
  function inWindow(value: V, end: V, slice: Slice): V {
    if (!answers.areOfEverything) return value;
    // Where the records' formats read the end as another moment, seconds as milliseconds, it bounds nothing.
    const isMisread = values.format(end) !== slice.cursor[boundaries.end];
    const latest = isMisread ? value : end;
    return smaller(values, value, smaller(values, latest, answers.since ?? latest));
  }

  function stateOf(covered: readonly Range<V>[]): StreamState {
    const until = completeUntil(values, covered) as V;
    return writePosition(stored, cursorField, values.format(until));
  }

  /** Records of the lookback are kept too, but none from before the configured start. */
  function lowestToSync(): V {
    if (lowest === undefined) {
      const { lookback, start } = plan;
      lowest = known.start;
      if (lookback !== undefined) {
        const lower = tryTo(() => values.subtract(known.start, lookback)) ?? known.start;
        const isFree = start === undefined || values.isNothing(start);
        lowest = isFree ? lower : larger(values, lower, smaller(values, known.start, start as V));
      }
    }
    return lowest;
  }

  return {
    *windows() {
      ranges = mergeRanges(values, ranges);
      for (const window of windows(values, plan, ranges)) yield windowOf(settings, window);
    },
    observe(record, slice) {
      const value = record[cursorField];
      if (value === undefined || value === null || !latestOf(slice.cursor).see(value)) {
        warnOnce(settings);
      }
    },
    closeSlice(slice) {
      const range = rangeOf(slice);
      latestByWindow.delete(slice.cursor);
      if (slice.cursor === lastWindow) [lastWindow, lastLatest] = [undefined, undefined];
      if (range === undefined) return;
      if (!answers.areBounded && closed > 0) {
        throw new ConnectorError(
          `Stream "${stream}" was read in several slices, but an IncrementingCountCursor can only keep the position of one.`,
        );
      }
      closed++;
      ranges = mergeRanges(values, [...ranges, range]);
      state = undefined;
    },
    shouldBeSynced(record) {
      const raw = record[cursorField];
      const value = raw === undefined || raw === null ? undefined : tryTo(() => values.parse(raw));
      if (value === undefined) {
        warnOnce(settings);
        return true;
      }
      if (values.compare(lowestToSync(), value) > 0) return false;
      // "now" moves on, so it is evaluated again only for a value beyond the last known end.
      if (highest === undefined || values.compare(value, highest) > 0) highest = plan.end();
      return values.compare(value, highest) <= 0;
    },
    state() {
      state ??= stateOf(ranges);
      return state;
    },
    midSliceState(slice) {
      const latest = latestByWindow.get(slice.cursor);
      // The latest value may be an outlier; those before it were followed by a later one.
      const seen = latest?.confirmed();
      if (seen === undefined || !latest?.isAscending() || answers.areNewestFirst) return undefined;
      const start = answers.areBounded ? boundaryOf(settings, slice, 'start') : known.start;
      const end = answers.areBounded ? inWindow(seen, boundaryOf(settings, slice, 'end'), slice) : seen;
      return stateOf([...ranges, { start, end, mostRecent: end }]);
    },
    reduceRange(slice) {
      const latest = latestByWindow.get(slice.cursor);
      const seen = latest?.get();
      if (latest === undefined || seen === undefined) return undefined;
      if (!latest.isAscending()) {
        settings.warn(
          `Stream "${stream}" restarts its pagination at its latest record, but its records are not in the order of "${cursorField}": some may be missed.`,
        );
      }
      const cursor = Object.freeze({ ...slice.cursor, [boundaries.start]: values.format(seen) });
      return Object.freeze({ ...slice, cursor });
    },
  };
}

const warned = new WeakSet<object>();

function warnOnce<V, G>(settings: WindowCursorSettings<V, G>): void {
  if (warned.has(settings)) return;
  warned.add(settings);
  settings.warn(
    `Stream "${settings.stream}" has records without a readable "${settings.cursorField}": they are synced, but do not advance its state.`,
  );
}
