import type {
  Decoder,
  Reading,
  RecordContext,
  RecordSelector,
  Requester,
  SelectedRecords,
} from '../../contract/families.ts';
import type { DecodedResponse, HttpResponse } from '../../contract/http-response.ts';
import type { LineFormat } from '../../contract/lines.ts';
import type { LinePiece } from '../../contract/records.ts';
import { scanJsonLines } from '../../util/json/record-lines/scan-json-lines.ts';
import { type ScannedRecords, scanRecords } from '../../util/json/record-lines/scan-records.ts';
import { allOf, asyncOf, begin } from './begin.ts';

/** A page whose records are lines already. */
export interface LinePage {
  /** What the paginator sees of it. */
  readonly firstDocument: DecodedResponse['firstDocument'];
  readonly batches: readonly SelectedRecords[];
  /** What follows them, where the body is still on its way. */
  readonly rest?: AsyncIterable<SelectedRecords> | undefined;
}

/** The parts of a retriever that have to leave the records alone. */
interface Parts {
  readonly decoder: Decoder;
  readonly requester: Requester;
  readonly selector: RecordSelector;
}

/** Reads a response as lines; undefined when this one response has to be read as objects. */
export type LineReader = (response: HttpResponse) => Promise<LinePage | undefined>;

/**
 * How the pages of a slice become lines without becoming objects first; undefined where somebody looks into the records:
 * a filter, a transformation, a cursor that needs more than a field, whoever takes the pages.
 */
export function lineReader(
  { decoder, requester, selector }: Parts,
  reading: Reading,
  context: () => RecordContext,
): LineReader | undefined {
  const { lines, cursor, isDataFeed } = reading;
  const watched = cursor?.fields;
  const isUntouched = requester.queryProperties === undefined && !isDataFeed;
  if (lines === undefined || watched === undefined || !isUntouched) return undefined;
  if (decoder.isPlainJson === true) return (response) => readDocument(response, selector, lines, watched);
  if (decoder.pieces === undefined) return undefined;
  const { pieces } = decoder;
  return async (response) => {
    // A record is a whole line.
    if (selector.plainPath?.()?.length !== 0) return undefined;
    const begun = await begin(scannedPieces(pieces(response), lines, watched), sizeOf);
    const rest = selected(response, allOf(begun), selector, context());
    return { firstDocument: async () => ({}), batches: [], rest };
  };
}

async function readDocument(
  response: HttpResponse,
  selector: RecordSelector,
  { head, tail, withoutNulls, room }: LineFormat,
  watched: readonly string[],
): Promise<LinePage | undefined> {
  const path = selector.plainPath?.();
  if (path === undefined) return undefined;
  const options = { path, watched, head, tail: tail(), withoutNulls, room };
  const scanned = scanRecords(await response.parts(), options);
  return scanned && { firstDocument: async () => scanned.document(), batches: [batchOf(scanned)] };
}

/** A piece of a body as lines, or as the documents in it where no lines can be made of it. */
type ScannedPiece =
  | { readonly scanned: ScannedRecords }
  | { readonly scanned?: undefined; readonly documents: readonly unknown[] };

async function* scannedPieces(
  pieces: AsyncIterable<LinePiece>,
  { head, tail, withoutNulls, room }: LineFormat,
  watched: readonly string[],
): AsyncGenerator<ScannedPiece> {
  for await (const { bytes, documents } of pieces) {
    const options = { watched, head, tail: tail(), withoutNulls, room };
    const scanned = bytes && scanJsonLines(bytes, options);
    yield scanned === undefined ? { documents: documents() } : { scanned };
  }
}

function sizeOf(piece: ScannedPiece): number {
  return piece.scanned === undefined ? piece.documents.length : piece.scanned.records.length;
}

async function* selected(
  response: HttpResponse,
  pieces: AsyncIterable<ScannedPiece>,
  selector: RecordSelector,
  context: RecordContext,
): AsyncGenerator<SelectedRecords> {
  const firstDocument = async () => ({});
  for await (const piece of pieces) {
    if (piece.scanned !== undefined) {
      yield batchOf(piece.scanned);
    } else if (piece.documents.length > 0) {
      const documents = () => asyncOf([piece.documents]);
      yield* selector.select({ response, documents, firstDocument }, context);
    }
  }
}

/** A page without a record in it. */
export function isEmpty({ batches, rest }: LinePage): boolean {
  return rest === undefined && batches.every(({ extractedCount }) => extractedCount === 0);
}

function batchOf({ lines, records, watched }: ScannedRecords): SelectedRecords {
  return {
    records: watched,
    lines,
    // One for each record; to ask the records themselves goes through their proxy.
    extractedCount: watched.length,
    extracted: records,
    last: watched.length > 0 ? () => records.at(-1) : undefined,
  };
}
