import type { Cursor, CursorOptions, IncrementalSync } from '../../contract/families.ts';
import { openFinalStateCursor } from './final-state-cursor.ts';

export interface OpenCursorOptions extends CursorOptions {
  /** The stream's `incremental_sync`; without one no position is kept. */
  readonly incremental: IncrementalSync | undefined;
}

/** The cursor of one stream for one sync. */
export function openCursor({ incremental, ...options }: OpenCursorOptions): Cursor {
  return incremental === undefined ? openFinalStateCursor(options) : incremental.open(options);
}
