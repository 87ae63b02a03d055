import type {
  Cursor,
  CursorOptions,
  PartitionPosition,
  PartitionRouter,
  StreamState,
} from '../../contract/families.ts';
import type { Slice } from '../../contract/slice.ts';
import type { PyDateTime } from '../../time/datetime.ts';
import { timedeltaOf } from '../../time/timedelta.ts';
import type { JsonObject } from '../../util/json/json.ts';
import { partitionPositions, readPosition, writeState } from '../state/codec.ts';
import type { Duration } from './datetime-values.ts';
import { createLatestText, type LatestText } from './latest-text.ts';
import { createParentProgress, type ParentProgress } from './parent-progress.ts';
import { partitionKey, sortedPartition } from './partition-key.ts';
import { splitWindow } from './slice-window.ts';
import { parseStored } from './stored-value.ts';
import { openWindowCursor, type WindowCursor, type WindowCursorSettings } from './window-cursor.ts';

export interface PartitionLimits {
  /** Of more partitions than this one position is kept for all of them. */
  readonly positions: number;
  /** This many partitions are not kept in memory. */
  readonly inMemory: number;
}

/** Those of the Python CDK. */
export const partitionLimits: PartitionLimits = Object.freeze({ positions: 10_000, inMemory: 25_000 });

/**
 * A state names every partition, so it is not sent after every slice: of more partitions than this, only now and then.
 * Milliseconds.
 */
const fewPartitions = 1000;
const interval = { ofOnePosition: 30_000, ofFew: 60_000, ofMany: 600_000 } as const;

export interface PartitionedCursorOptions
  extends Pick<CursorOptions, 'state' | 'clock' | 'isPreview' | 'isSequential' | 'onSkip'> {
  readonly router: PartitionRouter;
  /** `global_substream_cursor` */
  readonly useGlobalCursor: boolean;
  readonly limits?: PartitionLimits;
}

/** What is known about a partition, from its first slice on. Thousands of them live as long as the stream, so it is little. */
interface Partition {
  readonly partition: JsonObject;
  /** Where it starts. */
  readonly position: () => StreamState;
  /** Where it ends, once all of it has been read: of its cursor that is all that is needed any more. */
  end: StreamState | undefined;
  cursor: WindowCursor | undefined;
  /** Slices that were handed out and are not closed. Undefined before the first one and after the last. */
  open: { slices: number; isComplete: boolean; readonly number: number } | undefined;
  wasHandedOut: boolean;
  state: { readonly of: StreamState; readonly entry: PartitionPosition } | undefined;
}

/**
 * Keeps a position for each partition, and one for all of them: where only that one is known, partitions start from it,
 * moved back by the time that the last run took. Partitions are read from the router as they are needed and never collected.
 */
export function openPartitionedCursor(
  settings: WindowCursorSettings<PyDateTime, Duration>,
  options: PartitionedCursorOptions,
): Cursor {
  const { router, clock, limits = partitionLimits } = options;
  const { values, cursorField, stream } = settings;
  const stored = options.state === undefined ? undefined : partitionPositions(options.state);
  const partitions = new Map<string, Partition>();
  // Those that are being read, by the object that their slices have.
  const reading = new Map<JsonObject, Partition>();
  const unread = new Set<Partition>();
  let useGlobalCursor = keepsOnePosition(options);
  const isComplete = options.state?.kind === 'per-partition' && options.state.isComplete;
  let all = rewritten(stored?.all);
  let lookbackWindow = stored?.lookbackWindow ?? 0;
  const latest: LatestText = createLatestText(values, all && String(all[cursorField]));
  const parents: ParentProgress = createParentProgress(stored?.parentStates);
  let partitionCount = 0;
  let startedAt: number | undefined;
  let isExhausted = false;
  let hasRecords = false;
  let state: StreamState | undefined;
  let globalFilter: WindowCursor | undefined;
  let lastPartition: JsonObject | undefined;
  let lastEntry: Partition | undefined;

  for (const { partition, cursor } of stored?.partitions ?? [])
    add(partitionKey(partition), partition, () => cursor);

  /** The stored position of all partitions, in the format of states. */
  function rewritten(position: StreamState | undefined): StreamState | undefined {
    if (position === undefined || !Object.hasOwn(position, cursorField)) return undefined;
    return { [cursorField]: values.format(parseStored(values, cursorField, position[cursorField])) };
  }

  function add(key: string, partition: JsonObject, position: () => StreamState): Partition {
    const entry: Partition = {
      partition: sortedPartition(partition),
      position,
      end: undefined,
      cursor: undefined,
      open: undefined,
      wasHandedOut: false,
      state: undefined,
    };
    partitionCount++;
    partitions.set(key, entry);
    state = undefined;
    return entry;
  }

  function cursorOf(entry: Partition): WindowCursor {
    entry.cursor ??= openWindowCursor(settings, readPosition(entry.end ?? entry.position()));
    return entry.cursor;
  }

  function stateOf(entry: Partition): StreamState {
    return entry.cursor === undefined && entry.end !== undefined ? entry.end : cursorOf(entry).state();
  }

  /** All of it has been read. Where the same partition may come again, it goes on from what its cursor knows. */
  function close(entry: Partition): void {
    entry.open = undefined;
    if (options.isSequential === true) return;
    if (!useGlobalCursor) entry.end = stateOf(entry);
    entry.cursor = undefined;
  }

  /** Where partitions without a state of their own start, when others don't have one either. */
  function startOfAll(): StreamState {
    if (all === undefined) return {};
    if (lookbackWindow === 0) return all;
    const lookback = timedeltaOf({ seconds: lookbackWindow });
    return { [cursorField]: values.format(values.subtract(values.parse(all[cursorField]), lookback)) };
  }

  /** Where every partition that was read has a position, one without has not been read: its records may be older. */
  function startOfNew(): StreamState {
    return isComplete ? {} : startOfAll();
  }

  function entryOf(slice: Slice): Partition | undefined {
    if (slice.partition !== lastPartition) {
      lastPartition = slice.partition;
      lastEntry = reading.get(slice.partition) ?? partitions.get(partitionKey(slice.partition));
    }
    return lastEntry;
  }

  function* slicesOf(slice: Slice): Generator<Slice> {
    keepWithinLimits();
    const { partition, extraFields } = slice;
    const key = partitionKey(partition);
    const entry = partitions.get(key) ?? add(key, partition, startOfNew);
    if (entry.wasHandedOut && (entry.open !== undefined || !options.isSequential)) {
      warnOfDuplicate();
      options.onSkip?.('repeated partition', slice);
      return;
    }
    entry.wasHandedOut = true;
    const open = { slices: 0, isComplete: false, number: parents.begin(router.parentState()) };
    entry.open = open;
    reading.set(partition, entry);
    let previous: JsonObject | undefined;
    for (const window of cursorOf(entry).windows()) {
      if (previous !== undefined) yield handOut(previous);
      previous = window;
    }
    open.isComplete = true;
    if (previous === undefined) {
      reading.delete(partition);
      options.onSkip?.('nothing left', slice);
    }
    if (previous !== undefined) yield handOut(previous);

    function handOut(cursor: JsonObject): Slice {
      open.slices++;
      unread.add(entry as Partition);
      return Object.freeze({ partition, cursor, extraFields });
    }
  }

  function keepWithinLimits(): void {
    if (!useGlobalCursor && partitionCount > limits.positions) {
      settings.warn(
        `Stream "${stream}" has more than ${limits.positions} partitions: from now on one position is kept for all of them.`,
      );
      useGlobalCursor = true;
      state = undefined;
    }
    while (partitions.size >= limits.inMemory) {
      let [evicted] = partitions.keys();
      for (const [key, { open }] of partitions) {
        if (open !== undefined) continue;
        evicted = key;
        break;
      }
      partitions.delete(evicted as string);
    }
  }

  let isDuplicateLogged = false;
  function warnOfDuplicate(): void {
    if (isDuplicateLogged) return;
    isDuplicateLogged = true;
    settings.warn(`Stream "${stream}" has the same partition twice: it is read once.`);
  }

  function states(): PartitionPosition[] {
    return [...partitions.values()].map((entry) => {
      const of = stateOf(entry);
      if (entry.state?.of !== of) {
        entry.state = { of, entry: Object.freeze({ partition: entry.partition, cursor: of }) };
      }
      return entry.state.entry;
    });
  }

  return Object.freeze({
    async *slices() {
      startedAt = clock.now();
      for await (const partition of router.partitions(options.state, { isPreview: options.isPreview }))
        yield* slicesOf(partition);
      isExhausted = true;
    },
    addTo(parts, context) {
      router.addTo(parts, context);
      settings.addTo(parts, context);
    },
    shouldBeSynced(record, slice) {
      const own = useGlobalCursor ? undefined : entryOf(slice);
      if (own !== undefined) return cursorOf(own).shouldBeSynced(record);
      globalFilter ??= openWindowCursor(settings, readPosition(startOfAll()));
      return globalFilter.shouldBeSynced(record);
    },
    fields: [cursorField],
    observe(record, slice) {
      const value = record[cursorField];
      if (value === undefined || value === null) return;
      if (latest.see(value)) hasRecords = true;
      // Even with one position for all: a slice may have to be split at its latest record.
      const entry = entryOf(slice);
      if (entry !== undefined) cursorOf(entry).observe(record, slice);
    },
    closeSlice(slice) {
      const entry = entryOf(slice);
      if (entry?.open === undefined) return;
      const { open } = entry;
      open.slices--;
      const isOver = open.isComplete && open.slices === 0;
      if (!useGlobalCursor) cursorOf(entry).closeSlice(slice);
      if (!useGlobalCursor && isOver) latest.take(String(stateOf(entry)[cursorField]));
      if (open.slices === 0) unread.delete(entry);
      if (isOver) {
        close(entry);
        reading.delete(slice.partition);
        parents.end(open.number);
      }
      state = undefined;
    },
    finish() {
      if (startedAt === undefined || unread.size > 0) return;
      // If a parent failed, partitions that were not handed out may have records older than the latest.
      if (isExhausted && hasRecords) {
        all = { [cursorField]: latest.get() };
        lookbackWindow = secondsSince(startedAt, clock.now());
      }
      const parentState = router.parentState();
      // A router that could not start does not know the states of its parents.
      if (isExhausted || parentState !== undefined) parents.set(parentState);
      state = undefined;
    },
    state() {
      state ??= writeState(useGlobalCursor ? 'global' : 'per-partition', {
        partitions: useGlobalCursor ? [] : states(),
        all,
        lookbackWindow,
        parentStates: parents.current(),
      });
      return state;
    },
    get stateInterval() {
      // With one position for all, there is nothing to say before the end unless the parents have advanced.
      const parent = parents.current();
      const isMute = useGlobalCursor && (parent === undefined || Object.keys(parent).length === 0);
      if (isMute) return Number.POSITIVE_INFINITY;
      if (useGlobalCursor) return interval.ofOnePosition;
      return partitions.size > fewPartitions ? interval.ofMany : interval.ofFew;
    },
    reduceRange(slice) {
      const entry = entryOf(slice);
      return entry && cursorOf(entry).reduceRange(slice);
    },
    splitWindow: (slice, minimum) => splitWindow(settings, slice, minimum),
  } satisfies Cursor);
}

/** A state that has partitions says it itself. */
function keepsOnePosition({ state, router, useGlobalCursor }: PartitionedCursorOptions): boolean {
  if (state?.kind === 'per-partition' || state?.kind === 'global') return state.kind === 'global';
  return useGlobalCursor || router.isGrouping === true;
}

/** Whole seconds, rounded up; a run takes at least one. */
function secondsSince(start: number, end: number): number {
  return Math.max(1, Math.ceil((end - start) / 1000));
}
