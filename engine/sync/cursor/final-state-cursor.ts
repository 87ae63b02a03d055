import type { Cursor, CursorOptions, StreamState } from '../../contract/families.ts';
import { emptySlice } from '../../contract/slice.ts';
import { pyTruth } from '../../template/python-values.ts';

/** The state of streams that are read as a whole: there is nothing to continue from, but every stream has a state. */
const noCursorState = Object.freeze({ __ab_no_cursor_state_message: true });

/** Does the state say that the stream was read as a whole? */
export function isFinalState(state: StreamState): boolean {
  return pyTruth(state.__ab_no_cursor_state_message ?? null);
}

/** For streams without `incremental_sync`: one slice, or one for each partition. */
export function openFinalStateCursor({
  router,
  state,
  isPreview,
}: Pick<CursorOptions, 'router' | 'state' | 'isPreview'>): Cursor {
  return Object.freeze({
    async *slices() {
      if (router === undefined) yield emptySlice;
      else yield* router.partitions(state, { isPreview });
    },
    addTo: (parts, context) => router?.addTo(parts, context),
    shouldBeSynced: () => true,
    observe() {},
    closeSlice() {},
    finish() {},
    state: () => noCursorState,
    stateInterval: Number.POSITIVE_INFINITY,
  } satisfies Cursor);
}
