import type {
  Decoder,
  Reading,
  RecordSelector,
  Requester,
  SelectedRecords,
} from '../../contract/families.ts';
import type { DecodedResponse, HttpResponse } from '../../contract/http-response.ts';
import { scanRecords } from '../../util/json/record-lines/scan-records.ts';

/** A page whose records are lines already. */
export interface LinePage {
  /** What the paginator sees of it. */
  readonly firstDocument: DecodedResponse['firstDocument'];
  readonly batch: SelectedRecords;
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
): LineReader | undefined {
  const { lines, cursor, isDataFeed } = reading;
  const watched = cursor?.fields;
  const isPlain = decoder.isPlainJson === true && requester.queryProperties === undefined && !isDataFeed;
  if (lines === undefined || watched === undefined || !isPlain) return undefined;
  return async (response) => {
    const path = selector.plainPath?.();
    if (path === undefined) return undefined;
    const { head, withoutNulls } = lines;
    const options = { path, watched, head, tail: lines.tail(), withoutNulls };
    const scanned = scanRecords(await response.bytes(), options);
    if (scanned === undefined) return undefined;
    const { records } = scanned;
    return {
      firstDocument: async () => scanned.document(),
      batch: {
        records: scanned.watched,
        lines: scanned.lines,
        extractedCount: records.length,
        extracted: records,
        last: records.length > 0 ? () => records.at(-1) : undefined,
      },
    };
  };
}
