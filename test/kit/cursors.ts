import type { Cursor, CursorOptions, PartitionRouter, StreamState } from '../../engine/contract/families.ts';
import type { Slice } from '../../engine/contract/slice.ts';
import type { Clamp } from '../../engine/sync/cursor/clamp.ts';
import { type DatetimeCursorSettings, openDatetimeCursor } from '../../engine/sync/cursor/datetime-cursor.ts';
import { datetimeValues } from '../../engine/sync/cursor/datetime-values.ts';
import type { PartitionLimits } from '../../engine/sync/cursor/partitioned-cursor.ts';
import { readState } from '../../engine/sync/state/codec.ts';
import { parseDatetime } from '../../engine/time/datetime-format.ts';
import { parseDuration } from '../../engine/time/duration.ts';
import type { JsonObject } from '../../engine/util/json/json.ts';
import { type FakeClock, fakeClock } from './scope.ts';

export interface TestCursorOptions {
  /** Null where there is none. */
  readonly start?: string | null;
  readonly end?: string;
  readonly step?: string;
  readonly granularity?: string;
  readonly lookback?: string;
  readonly format?: string;
  readonly inputs?: readonly string[];
  readonly clamp?: Clamp;
  readonly isCompareStrictly?: boolean;
  readonly isNewestFirst?: boolean;
  readonly isClientSide?: boolean;
  readonly answersSince?: string;
  readonly state?: StreamState | undefined;
  readonly router?: PartitionRouter;
  readonly useGlobalCursor?: boolean;
  readonly isSequential?: boolean;
  readonly isPreview?: boolean;
  readonly limits?: PartitionLimits;
  readonly clock?: FakeClock;
  readonly warn?: (message: string) => void;
  readonly onSkip?: CursorOptions['onSkip'];
}

/** A cursor over the field `at`, with days as "2024-01-31" unless a format is given, from the first to the last of January. */
export function testCursor(options: TestCursorOptions = {}): Cursor {
  const format = options.format ?? '%Y-%m-%d';
  const duration = (text: string | undefined) => (text === undefined ? undefined : parseDuration(text));
  const granularity = duration(options.granularity);
  const settings: DatetimeCursorSettings = {
    stream: 'items',
    cursorField: 'at',
    values: datetimeValues({ output: format, input: options.inputs ?? [] }, granularity),
    boundaries: { start: 'start_time', end: 'end_time' },
    plan: {
      start: options.start === null ? undefined : parseDatetime(options.start ?? '2024-01-01', format),
      end: () => parseDatetime(options.end ?? '2024-01-31', format),
      step: duration(options.step),
      granularity,
      lookback: duration(options.lookback),
      clamp: (moment) => options.clamp?.(moment, 'up') ?? moment,
      isCompareStrictly: options.isCompareStrictly ?? false,
    },
    answers: {
      areBounded: true,
      areNewestFirst: options.isNewestFirst ?? false,
      areOfEverything: options.isClientSide ?? false,
      since: options.answersSince === undefined ? undefined : parseDatetime(options.answersSince, format),
    },
    addTo: () => {},
    warn: options.warn ?? (() => {}),
  };
  return openDatetimeCursor(settings, {
    stream: 'items',
    state: readState(options.state),
    router: options.router,
    useGlobalCursor: options.useGlobalCursor ?? false,
    isSequential: options.isSequential ?? false,
    clock: options.clock ?? fakeClock(),
    onSkip: options.onSkip,
    isPreview: options.isPreview,
    ...(options.limits && { limits: options.limits }),
  });
}

/** Partitions as given, without parents. */
export function testRouter(
  partitions: Iterable<JsonObject>,
  parts: Partial<PartitionRouter> = {},
): PartitionRouter {
  return {
    async *partitions() {
      for (const partition of partitions) yield { partition, cursor: {}, extraFields: {} };
    },
    addTo() {},
    parentState: () => undefined,
    ...parts,
  };
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** "start..end" of every slice that is left. */
export async function windowsOf(cursor: Cursor): Promise<string[]> {
  return (await collect(cursor.slices())).map(
    ({ cursor: window }) => `${window.start_time}..${window.end_time}`,
  );
}

/** Reads a slice that holds records of these days. */
export function readSlice(cursor: Cursor, slice: Slice, ...days: readonly string[]): void {
  for (const at of days) cursor.observe({ at }, slice);
  cursor.closeSlice(slice);
}
