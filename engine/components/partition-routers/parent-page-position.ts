import type { StreamState } from '../../contract/families.ts';

/** How far a parent has come inside of a slice whose records are in order: a long slice need not be read again. */
export interface PagePosition {
  /** `state` covers what has been read of the slice; undefined when the records are in no order. */
  pageRead(state: StreamState | undefined): void;
  sliceRead(): void;
  /** Undefined when only whole slices count. */
  state(): StreamState | undefined;
}

/** A page counts when the one after it has shown that the order holds. */
export function createPagePosition(): PagePosition {
  let latest: StreamState | undefined;
  let proved: StreamState | undefined;
  return {
    pageRead(state) {
      proved = state === undefined ? undefined : latest;
      latest = state;
    },
    sliceRead() {
      proved = undefined;
      latest = undefined;
    },
    state: () => proved,
  };
}
