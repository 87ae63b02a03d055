import type { Cursor, CursorOptions } from '../../contract/families.ts';
import type { PyDateTime } from '../../time/datetime.ts';
import { subtractDuration } from '../../time/duration.ts';
import { timedeltaOf } from '../../time/timedelta.ts';
import { type DatetimeFormats, type Duration, datetimeValues } from './datetime-values.ts';
import { openPartitionedCursor } from './partitioned-cursor.ts';
import { openSingleCursor } from './single-cursor.ts';
import type { WindowCursorSettings } from './window-cursor.ts';
import type { WindowSettings } from './windows.ts';

export interface DatetimeCursorOptions
  extends Omit<CursorOptions, 'cursorField'>,
    Omit<WindowSettings<PyDateTime, Duration>, 'values'>,
    Pick<
      WindowCursorSettings<PyDateTime, Duration>,
      'cursorField' | 'boundaries' | 'isNewestFirst' | 'isClientSide' | 'answersSince' | 'warn'
    > {
  readonly formats: DatetimeFormats;
  readonly useGlobalCursor: boolean;
  /** Puts a window's boundaries into requests. */
  readonly addTo: Cursor['addTo'];
}

/** A cursor over moments, for the stream as a whole or for each of its partitions. */
export function openDatetimeCursor(options: DatetimeCursorOptions): Cursor {
  const { formats, router, state, clock, useGlobalCursor, isPreview, isSequential, addTo, ...rest } = options;
  const values = datetimeValues(formats, options.granularity);
  const settings: WindowCursorSettings<PyDateTime, Duration> = Object.freeze({
    ...rest,
    values,
    isBounded: true,
  });
  if (router === undefined) return openSingleCursor(settings, state, addTo);
  const moveBack = (value: PyDateTime, seconds: number) => subtractDuration(value, timedeltaOf({ seconds }));
  return openPartitionedCursor({
    settings,
    router,
    state,
    useGlobalCursor,
    isPreview,
    isSequential: isSequential === true,
    moveBack,
    addTo,
    clock,
  });
}
