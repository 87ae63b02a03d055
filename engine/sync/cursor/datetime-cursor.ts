import type { Cursor, CursorOptions } from '../../contract/families.ts';
import type { PyDateTime } from '../../time/datetime.ts';
import type { Duration } from './datetime-values.ts';
import { openPartitionedCursor, type PartitionLimits } from './partitioned-cursor.ts';
import { openSingleCursor } from './single-cursor.ts';
import type { WindowCursorSettings } from './window-cursor.ts';

export type DatetimeCursorSettings = WindowCursorSettings<PyDateTime, Duration>;

/** A cursor over moments, for the stream as a whole or for each of its partitions. */
export function openDatetimeCursor(
  settings: DatetimeCursorSettings,
  {
    router,
    ...options
  }: CursorOptions & { readonly useGlobalCursor: boolean; readonly limits?: PartitionLimits },
): Cursor {
  if (router === undefined) return openSingleCursor(settings, options);
  return openPartitionedCursor(settings, { ...options, router });
}
