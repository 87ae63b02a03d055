import type { Cursor, CursorOptions } from '../../contract/families.ts';
import { emptySlice } from '../../contract/slice.ts';
import { finalState } from '../state/codec.ts';

/** For streams without `incremental_sync`: one slice, or one for each partition. */
export function openFinalStateCursor({
  router,
  state,
  isPreview,
}: Pick<CursorOptions, 'router' | 'state' | 'isPreview'>): Cursor {
  return Object.freeze({
    slices: () => (router === undefined ? wholeStream() : router.partitions(state, { isPreview })),
    addTo: (parts, context) => router?.addTo(parts, context),
    shouldBeSynced: () => true,
    observe() {},
    fields: [],
    closeSlice() {},
    finish() {},
    state: () => finalState,
    stateInterval: Number.POSITIVE_INFINITY,
  } satisfies Cursor);
}

async function* wholeStream() {
  yield emptySlice;
}
