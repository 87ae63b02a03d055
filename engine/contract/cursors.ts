import type { Place } from '../error/place.ts';
import type { MappingNode } from '../manifest/node.ts';
import type { Clock } from '../time/clock.ts';
import type { PyDateTime } from '../time/datetime.ts';
import type { PyTimedelta } from '../time/timedelta.ts';
import type { JsonObject } from '../util/json/json.ts';
import type { CursorSkipReason } from './decision.ts';
import type { RequestParts } from './request-parts.ts';
import type { RequestContext } from './requests.ts';
import type { Slice } from './slice.ts';
import type { Position, StoredState, StreamState } from './state.ts';

// How a stream is cut into slices and how its position is kept.

/** The parts a stream is split into: one per parent record, list value, …. Their `slice.cursor` is empty. */
export interface PartitionRouter {
  /** Lazily, in a stable order. `state` is the stream's stored state, in which those of its parents are. */
  partitions(state: StoredState | undefined, options?: PartitionOptions): AsyncIterable<Slice>;
  addTo(parts: RequestParts, context: RequestContext): void;
  /**
   * The states of the parents, by stream name, to be stored beside the child's: empty when no parent is incremental,
   * undefined for routers without parents. They cover exactly the partitions handed out so far. A result never changes
   * afterwards, and is the same object as long as nothing has changed.
   */
  parentState(): JsonObject | undefined;
  /** Names of the partition values, where they are known in advance. */
  readonly partitionFields?: readonly string[] | undefined;
  /** The records of its parents may carry the first page of their children, in `child_response`. */
  readonly givesFirstPages?: boolean | undefined;
  /** It puts partition values into requests itself. */
  readonly hasRequestOption?: boolean | undefined;
  /** Its partitions are groups that may differ from sync to sync, so one state is kept for all of them. */
  readonly isGrouping?: boolean | undefined;
}

export interface PartitionOptions {
  /** Only a few records are looked at: parents request no page before it is asked for. */
  readonly isPreview?: boolean | undefined;
}

export interface ParentStreamConfig {
  readonly name: string;
  readonly partitionField: string;
  readonly incremental: boolean;
  /** Opens the parent at the position that the child's stored state gives it. */
  open(childState: StoredState | undefined, options?: PartitionOptions): OpenParent;
  readonly hasRequestOption: boolean;
  addTo(parts: RequestParts, context: RequestContext): void;
}

/** A parent that is being read for its child. */
export interface OpenParent {
  /** One partition of the child for each of the parent's records. */
  partitions(): AsyncIterable<Slice>;
  /** The parent's own state. It covers those of the parent's slices whose records have all been handed out. */
  state(): StreamState;
}

/** How a stream's position is kept: `incremental_sync` and the partition router together become one cursor per sync. */
export interface IncrementalSync {
  readonly cursorField: string;
  readonly allowCatalogCursorField: boolean;
  open(options: CursorOptions): Cursor;
  /** The retriever's record selector leaves out what the state covers. */
  readonly isClientSide: boolean;
  /** Records come newest first: reading stops at the first one that is older than the state. */
  readonly isDataFeed: boolean;
  /** Where it is written, for decisions. */
  readonly place?: Place;
  /**
   * The moment (ms since epoch) up to which a position covers the stream; undefined when it does not say.
   */
  timeOf?(position: Position): number | undefined;
  /** The moment (ms since epoch) up to which it is read; undefined where that is now. */
  untilTime?(): number | undefined;
}

export interface CursorOptions extends PartitionOptions {
  readonly stream: string;
  /** State of this stream, after migrations. */
  readonly state: StoredState | undefined;
  readonly router: PartitionRouter | undefined;
  /** The cursor field the user chose in the catalog, where allowed; a path as catalogs have it. */
  readonly cursorField?: string | readonly string[] | undefined;
  readonly clock: Clock;
  /** Slices are read one after the other, as those of a parent are: a partition that comes again later is read again. */
  readonly isSequential?: boolean;
  /** Told of what is not read, a partition or (without partitions) the stream, when somebody listens. */
  readonly onSkip?: ((reason: CursorSkipReason, slice: Slice) => void) | undefined;
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
  /** The only fields that `observe` and `shouldBeSynced` look at; undefined where that is not known. */
  readonly fields?: readonly string[];
  /** All records of the slice have been emitted. */
  closeSlice(slice: Slice): void;
  /** The stream has ended. What holds only for a complete read is left out when a slice is still open. */
  finish(): void;
  /** The state that covers all closed slices, in the form of a STATE message. A result never changes afterwards. */
  state(): StreamState;
  /**
   * The least time in ms between two STATE messages, for states that are large, or mean nothing before the end
   * (Infinity). The last one is always sent. Undefined: send one whenever a slice was closed.
   */
  readonly stateInterval?: number | undefined;
  /**
   * The state that also covers records of the open slice, up to the last value that a later record has confirmed.
   * Undefined where the order of the records does not allow one (descending feeds, partitions).
   */
  midSliceState?(slice: Slice): StreamState | undefined;
  /** Splits the slice at the last observed record, for `SPLIT_USING_CURSOR`; undefined when it cannot be split. */
  reduceRange?(slice: Slice): Slice | undefined;
  /**
   * The two halves of the slice's window, the earlier one first; undefined when it is not longer than `minimum` or
   * cannot be split. Absent when windows are never split.
   */
  splitWindow?(slice: Slice, minimum: PyTimedelta | undefined): readonly [Slice, Slice] | undefined;
}

export interface DatetimeBound {
  /** Evaluated on every call. `format`, which stands at `place`, is for a bound without one of its own. */
  datetime(format?: string, place?: Place): PyDateTime;
}

export interface StateMigration {
  shouldMigrate(state: StreamState, stream: MigratedStream): boolean;
  migrate(state: StreamState, stream: MigratedStream): StreamState;
}

/** The stream whose state is being migrated. */
export interface MigratedStream {
  readonly name: string;
  readonly node: MappingNode;
  readonly cursorField: string | undefined;
  /** Names of its partition values, where they are known in advance; undefined without partitions. */
  readonly partitionFields: readonly string[] | undefined;
}
