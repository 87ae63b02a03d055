import type { JsonSchema } from '../util/json/json.ts';
import type { Cursor, PartitionRouter } from './cursors.ts';
import type { LineFormat } from './lines.ts';
import type { Page, Slice } from './slice.ts';
import type { StreamState } from './state.ts';

// How a stream is read.

export interface Retriever {
  readonly router: PartitionRouter | undefined;
  /** A slice may have more than one page. */
  readonly paginates?: boolean | undefined;
  /** The pages of one slice, in the API's order. Where nobody else waits to ask there is no `place`. */
  read(slice: Slice, reading: Reading, place?: SlicePlace): AsyncIterable<Page>;
  /**
   * Work that runs ahead of reading (jobs at the API): passes each slice on once it can be read, in an order of its
   * own, and leaves out those that turn out to be empty. `read` also takes slices that never went through here.
   */
  prepare?(slices: AsyncIterable<Slice>, reading: Reading): AsyncIterable<Slice>;
}

/** Allows a slice to send requests. Others wait for it. */
export interface SlicePlace {
  /** The last answer of the slice has come, whole, and is still to be read. Resolves when others have asked. */
  giveWay(): Promise<void>;
  /** It was no answer after all: resolves when the slice may ask again. */
  takeBack(): Promise<void>;
}

/** What a retriever knows of the sync it runs in. */
export interface Reading {
  readonly cursor: Cursor | undefined;
  readonly isDataFeed: boolean;
  /** The stream has a stored state: it was read before. */
  readonly hasState?: boolean;
  /** Only a few records are looked at: no page is requested before it is asked for. */
  readonly isPreview?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Pages may come as lines. */
  readonly lines?: LineFormat | undefined;
  /** Told of every page. */
  readonly onPage?: (counts: PageCounts) => void;
}

/** What was in a page. */
export interface PageCounts {
  /** Records that the API gave. */
  readonly found: number;
  /** Those that a `record_filter` left out. */
  readonly filtered: number;
  readonly emitted: number;
  /** The extractor's path was not there, although the page had something in it. */
  readonly isPathMissing: boolean;
}

/** A stream as the manifest defines it: nothing is read before `open`. */
export interface StreamDefinition {
  readonly name: string;
  /** `[["id"]]`, or undefined without a key. */
  readonly primaryKey: readonly (readonly string[])[] | undefined;
  readonly cursorField: string | undefined;
  readonly allowsCatalogCursorField: boolean;
  readonly isFileBased: boolean;
  schema(): Promise<JsonSchema>;
  /** Makes what only reading needs, once; `open` does it otherwise. Throws ConnectorError when it cannot be made. */
  makeReadable(): void;
  /** Reads from `state` on. */
  open(options: OpenStreamOptions): OpenStream;
  /** The moment (ms since epoch) up to which the stored state covers the stream; undefined when it does not say. */
  timeOf?(state: StreamState): number | undefined;
  /** The moment (ms since epoch) up to which it is read; undefined where that is now. */
  untilTime?(): number | undefined;
}

export interface OpenStreamOptions {
  readonly state: StreamState | undefined;
  readonly cursorField?: string | readonly string[] | undefined;
  readonly isPreview?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Whoever reads the pages takes lines. */
  readonly lines?: LineFormat | undefined;
}

export interface OpenStream {
  readonly cursor: Cursor;
  /** The slices to read, as they become ready. */
  slices(): AsyncIterable<Slice>;
  /** Sent before anything is read: the stored state is no longer valid. */
  readonly firstState?: StreamState;
  /** The pages of a slice. When a page is handed out, the cursor has seen all its records. */
  read(slice: Slice, place?: SlicePlace): AsyncIterable<Page>;
  /** Asked at the end of a stream that was read without an error: why it has no records, where that is known. */
  whyEmpty?(): string | undefined;
}
