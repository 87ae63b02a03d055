import type { Cursor, CursorOptions } from '../../contract/families.ts';
import { emptySlice } from '../../contract/slice.ts';
import { readPosition } from '../state/codec.ts';
import { splitWindow } from './slice-window.ts';
import { openWindowCursor, type WindowCursorSettings } from './window-cursor.ts';

/** The cursor of a stream without partitions: its slices are the windows. */
export function openSingleCursor<V, G>(
  settings: WindowCursorSettings<V, G>,
  { state, onSkip }: Pick<CursorOptions, 'state' | 'onSkip'>,
): Cursor {
  const cursor = openWindowCursor(settings, readPosition(state?.json ?? {}));
  return Object.freeze({
    async *slices() {
      let isSkipped = true;
      for (const window of cursor.windows()) {
        isSkipped = false;
        yield Object.freeze({ partition: noPartition, cursor: window, extraFields: noPartition });
      }
      if (isSkipped) onSkip?.('nothing left', emptySlice);
    },
    addTo: settings.addTo,
    shouldBeSynced: (record) => cursor.shouldBeSynced(record),
    observe: cursor.observe,
    fields: [settings.cursorField],
    closeSlice: cursor.closeSlice,
    finish() {},
    state: cursor.state,
    midSliceState: cursor.midSliceState,
    reduceRange: cursor.reduceRange,
    splitWindow: (slice, minimum) => splitWindow(settings, slice, minimum),
  } satisfies Cursor);
}

const noPartition = Object.freeze({});
