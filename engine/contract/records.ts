import type { JsonObject, JsonSchema } from '../util/json/json.ts';
import type { Cursor } from './cursors.ts';
import type { DecodedResponse, HttpResponse } from './http-response.ts';
import type { Slice, Token } from './slice.ts';

// How a response becomes records.

export interface Decoder {
  /** Documents are read one by one from a stream; pagination then sees no body. */
  readonly isStreaming: boolean;
  /** Batches of documents: one batch with one document for JSON, many for CSV and JSONL. */
  decode(response: HttpResponse): AsyncIterable<readonly unknown[]>;
  /** A response is one JSON document, just as its bytes are. */
  readonly isPlainJson?: boolean;
  /** The same as `decode` gives, for those who can make records of lines of JSON as they are. */
  pieces?(response: HttpResponse): AsyncIterable<LinePiece>;
  /** What it reads has one field, the root element. */
  readonly namesRoot?: boolean;
  /**
   * Begins to decode. Resolves to the documents of a response that has few of them. Throws UnreadableBodyError when the
   * response does not begin as it should.
   */
  prime?(response: HttpResponse): Promise<readonly unknown[] | undefined>;
}

/** Whole lines of a response, each a JSON document, or blank. */
export interface LinePiece {
  /** As they came, where that is all that is to be known of them. */
  readonly bytes?: Uint8Array;
  /** Throws UnreadableBodyError when one of them is no JSON. */
  documents(): readonly unknown[];
}

/** Told of records that an extractor leaves out: the API gave them, so they count for the pagination. */
export type CountLeftOut = (count: number) => void;

export interface RecordExtractor {
  /** Batches of records of one response. */
  extract(page: DecodedResponse, countLeftOut?: CountLeftOut): AsyncIterable<readonly unknown[]>;
  /** The document has something in it, but not the place where records are looked for. */
  isMissingFrom?(document: unknown): boolean;
  /** Where a document has its records, as far as its path leads to one place. */
  placeIn?(document: unknown): RecordPlace;
  /** The fields that lead to the list of records, where that is all there is to finding them. */
  plainPath?(): readonly string[] | undefined;
  /** A document in which it finds just these records. For APIs that are made out of a manifest; hooks may say it. */
  documentOf?(records: readonly unknown[]): unknown;
  /** It reads the body as it arrives, whatever the decoder. */
  readonly isStreaming?: boolean;
}

/** How far the path of the records leads into a document. */
export interface RecordPlace {
  /** How many steps the path has, of which none is a pattern. */
  readonly steps: number;
  /** The document, and what each step led to: one more than there are steps, where the place is there. */
  readonly along: readonly unknown[];
}

export interface RecordExpander {
  expand(record: JsonObject): readonly unknown[];
  /**
   * Batches of what the record is expanded into, when the API has to be asked for that; undefined when the record has
   * all its items. Absent when the API is never asked.
   */
  fetch?(record: JsonObject): AsyncIterable<readonly unknown[]> | undefined;
}

/** One value that the items of a record get from it. */
export interface ParentFieldPath {
  /** Changes the item in place. */
  copy(parent: JsonObject, item: JsonObject): void;
}

export interface RecordContext {
  readonly slice?: Slice | undefined;
  readonly token?: Token | undefined;
  /** Which page of the slice, from 1. */
  readonly page?: number | undefined;
  /** Of the stream that is read; knows which records are new. */
  readonly cursor?: Cursor | undefined;
}

export interface RecordFilter {
  keeps(record: JsonObject, context: RecordContext): boolean;
}

export interface Transformation {
  /** Loads what it works with; awaited before the first `transform`. */
  prepare?(): Promise<void>;
  /** Changes the record in place. */
  transform(record: JsonObject, context: RecordContext): void;
  /** The same by a record that takes the place of the given one, where that is faster. */
  replace?(record: JsonObject, context: RecordContext): JsonObject;
}

export interface SchemaNormalization {
  /** Changes the record in place so that its values have the schema's types. */
  normalize(record: JsonObject, schema: JsonSchema): void;
}

export interface RecordSelector {
  /** extract → filter → transform → normalise; batches of final records. */
  select(page: DecodedResponse, context: RecordContext): AsyncIterable<SelectedRecords>;
  /** See RecordExtractor. */
  isMissingFrom?(document: unknown): boolean;
  /** See RecordExtractor. */
  placeIn?(document: unknown): RecordPlace;
  /** The same for records that have already been extracted. */
  process(extracted: readonly unknown[], context: RecordContext): Promise<SelectedRecords>;
  /** See RecordExtractor; undefined unless records are emitted just as they are found. */
  plainPath?(): readonly string[] | undefined;
}

export interface SelectedRecords {
  readonly records: readonly JsonObject[];
  /** How many the extractor found before any were filtered out: what page and offset counting uses. */
  readonly extractedCount: number;
  /** The last one of those, in its final form, when a filter left it out: the next page may be asked for by it. */
  readonly last?: (() => JsonObject | undefined) | undefined;
  /** How many of those the `record_filter` left out. */
  readonly filteredCount?: number;
  /** Those that were found, as the API gave them. */
  readonly extracted?: readonly unknown[];
  /** Files that travel with records, by index in `records`. */
  readonly fileReferences?: ReadonlyMap<number, JsonObject>;
  /** See Page. */
  readonly lines?: Uint8Array;
}

export interface SchemaLoader {
  load(): Promise<JsonSchema>;
  /** The schema comes from the API. Then every read begins with it, whether or not somebody looks into it. */
  readonly isRemote?: boolean;
}

export interface SchemaTypeIdentifier {
  readonly schemaPointer: readonly string[];
  /** The name and the JSON schema of one property, from one description of it. */
  identify(raw: JsonObject): { readonly key: string; readonly schema: JsonSchema };
}

export interface FileUploader {
  /** Downloads the record's file and returns the reference that travels with the record. */
  upload(record: JsonObject, slice: Slice | undefined, stream: string): Promise<JsonObject>;
}
