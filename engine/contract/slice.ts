import type { JsonObject } from '../util/json/json.ts';

/** Part of a stream that is read in one go: a partition (which parent, which list value) and a cursor window. */
export interface Slice {
  /** E.g. `{ company_id: "5", parent_slice: {} }`. */
  readonly partition: JsonObject;
  /** E.g. `{ start_time: "…", end_time: "…" }`; empty without a cursor. */
  readonly cursor: JsonObject;
  /** Fields of the parent record that templates may use (`extra_fields`); never part of the state. */
  readonly extraFields: JsonObject;
}

export const emptySlice: Slice = Object.freeze({ partition: {}, cursor: {}, extraFields: {} });

/** The paginator's token, as templates see it: `next_page_token.next_page_token`. */
export interface Token {
  readonly next_page_token: unknown;
}

/** The records of one response. */
export interface Page {
  readonly records: readonly JsonObject[];
  /** Files that travel with records, by index in `records`. */
  readonly fileReferences?: ReadonlyMap<number, JsonObject>;
  /**
   * The records as lines, where lines were asked for and nothing has to look into the records. `records` then has of each
   * what its cursor looks at.
   */
  readonly lines?: Uint8Array;
}
