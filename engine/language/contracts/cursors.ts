import type { Clock } from '../../time/clock.ts';
import type { PyDateTime } from '../../time/datetime.ts';
import type { JsonObject } from '../../util/json.ts';
import type { RequestParts } from '../request-parts.ts';
import type { Slice } from '../slice.ts';
import type { RequestContext } from './requests.ts';

// How a stream is cut into slices and how its position is kept.

export type StreamState = JsonObject;

/** Which part of a stream: one per parent record, list value, …; `slice.cursor` is empty here. */
export interface PartitionRouter {
  /** Lazily, in a stable order. `state` is the stream's stored state (its `parent_state` is what matters here). */
  partitions(state: StreamState | undefined, options?: PartitionOptions): AsyncIterable<Slice>;
  addTo(parts: RequestParts, context: RequestContext): void;
  /**
   * The parents' states to store beside the child's, by parent stream name: empty when no parent is incremental,
   * undefined for routers without parents. It covers exactly the partitions that have been handed out so far and no
   * more, never changes afterwards, and is the same object as long as nothing changed.
   */
  parentState(): JsonObject | undefined;
  /** Names of the partition values, where they are known beforehand. */
  readonly partitionFields?: readonly string[];
  /** It puts partition values into requests by itself. */
  readonly hasRequestOption?: boolean;
  /** Its partitions are groups that may differ from sync to sync, so one state is kept for all of them. */
  readonly isGrouping?: boolean;
}

export interface PartitionOptions {
  /** Somebody looks at a few records only: parents request no page before it is asked for. */
  readonly isPreview?: boolean | undefined;
}

export interface ParentStreamConfig {
  readonly name: string;
  readonly partitionField: string;
  readonly incremental: boolean;
  /** Opens the parent where the child's stored state says that it was left. */
  open(childState: StreamState | undefined, options?: PartitionOptions): OpenParent;
  readonly hasRequestOption: boolean;
  addTo(parts: RequestParts, context: RequestContext): void;
}

/** A parent that is being read for its child. */
export interface OpenParent {
  /** One partition of the child for each of the parent's records. */
  partitions(): AsyncIterable<Slice>;
  /** The parent's own state: it covers the parent's slices whose records have all been handed out. */
  state(): StreamState;
}

/** How a stream's position is kept: `incremental_sync` and the partition router together become one cursor per sync. */
export interface IncrementalSync {
  readonly cursorField: string;
  readonly allowCatalogCursorField: boolean;
  open(options: CursorOptions): Cursor;
  /** What the retriever's record selector asks when filtering at the client. */
  readonly isClientSide: boolean;
  /** Records come newest first: reading stops at the first one that is older than the state. */
  readonly isDataFeed: boolean;
  /** The moment (ms since epoch) up to which a state without partitions covers; undefined when it does not say. */
  timeOf?(state: StreamState): number | undefined;
}

export interface CursorOptions extends PartitionOptions {
  readonly stream: string;
  /** State of this stream as stored, after migrations. */
  readonly state: StreamState | undefined;
  readonly router: PartitionRouter | undefined;
  /** The cursor field the user chose in the catalog, where allowed. */
  readonly cursorField?: string;
  readonly clock: Clock;
}

/** One stream's position within one sync. It has state; everything else around it is pure. */
export interface Cursor {
  /** The slices still to be read, lazily: partitions × windows. */
  slices(): AsyncIterable<Slice>;
  /** Start and end of the window, partition values: whatever the manifest injects for a slice. */
  addTo(parts: RequestParts, context: RequestContext): void;
  /** Is the record newer than what the state (or the start date) covers? Used by client-side filters and data feeds. */
  shouldBeSynced(record: JsonObject, slice: Slice): boolean;
  /** Sees every record that is emitted for a slice. Hot path. */
  observe(record: JsonObject, slice: Slice): void;
  /** All records of the slice have been emitted. */
  closeSlice(slice: Slice): void;
  /** The stream is over. What only holds for a complete read is left out when a slice is still open. */
  finish(): void;
  /** The state that covers all closed slices, as it goes into a STATE message. What was handed out never changes later. */
  state(): StreamState;
  /**
   * Least milliseconds between two STATE messages, for states that are large or say nothing before the end (Infinity);
   * the last one is always sent. Undefined: one whenever a slice was closed.
   */
  readonly stateInterval?: number;
  /**
   * The state that also covers records of the open slice, up to the last value that a later record has confirmed;
   * undefined where the order of its records does not allow one (descending feeds, partitions).
   */
  midSliceState?(slice: Slice): StreamState | undefined;
  /** Splits the slice at the last observed record, for `SPLIT_USING_CURSOR`; undefined when it cannot be split. */
  reduceRange?(slice: Slice): Slice | undefined;
}

export interface DatetimeBound {
  /** Evaluated on every call. `format` is that of the place it stands in, for a bound without one of its own. */
  datetime(format?: string): PyDateTime;
}

export interface StateMigration {
  shouldMigrate(state: StreamState): boolean;
  migrate(state: StreamState): StreamState;
}
