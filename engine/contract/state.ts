import type { JsonObject } from '../util/json/json.ts';

// What is known of a stream from one sync to the next. `sync/state/codec.ts` alone knows how it is written.

/** A state as it is written in STATE messages and stored by platforms. */
export type StreamState = JsonObject;

/** A stored state, read. */
export type StoredState = PlainState | PerPartitionState | GlobalState | FinalState;

interface Stored {
  /** What it was read from. */
  readonly json: StreamState;
  /** The states of the stream's parents, by their names. */
  readonly parentStates: JsonObject | undefined;
}

/** The position of a stream as a whole, which `json` is. */
export interface PlainState extends Stored {
  readonly kind: 'plain';
}

/** The stream was read as a whole, and there is nothing to continue from. */
export interface FinalState extends Stored {
  readonly kind: 'final';
}

/** A position for each partition. */
export interface PerPartitionState extends Stored, PartitionPositions {
  readonly kind: 'per-partition';
  /**
   * Every partition that was read is in it. Only a state that says of itself that it keeps no position for all of them
   * ("use_global_cursor": false) is so: older ones were cut off at a number of partitions.
   */
  readonly isComplete: boolean;
}

/** One position for all partitions; some may have one of their own from before. */
export interface GlobalState extends Stored, PartitionPositions {
  readonly kind: 'global';
}

export interface PartitionPositions {
  readonly partitions: readonly PartitionPosition[];
  /** The position of all partitions, from which they start where it is the only one. */
  readonly all: StreamState | undefined;
  /** Seconds that the run before took: changes made meanwhile may have been missed. */
  readonly lookbackWindow: number;
  readonly parentStates: JsonObject | undefined;
}

export interface PartitionPosition {
  readonly partition: JsonObject;
  /** As it is written: `{ updated_at: "…" }`. */
  readonly cursor: StreamState;
}

/** How far a stream, or one of its partitions, was read. Values are as they are written. */
export type Position =
  | { readonly kind: 'value'; readonly fields: JsonObject }
  | { readonly kind: 'ranges'; readonly ranges: readonly StoredRange[] };

/** What was read: everything from `start` to `end`, both included. */
export interface StoredRange {
  readonly start: unknown;
  readonly end: unknown;
  /** Of the records in it; undefined when there were none. */
  readonly mostRecent: unknown;
}
