import type { SelectedRecords } from '../../contract/families.ts';
import type { JsonObject } from '../../util/json/json.ts';
import type { RecordSet } from './record-set.ts';

/** What the loop knows of a page once all its records have been seen. */
export interface PageSummary {
  recordCount: number;
  extractedCount: number;
  /** The last one that was emitted. A feed ends by it: it reads on rather than stop at one that a filter left out. */
  lastEmitted: JsonObject | undefined;
  last: () => JsonObject | undefined;
  /**
   * As the API gave them: the batch in which the first one is, and the one with the last. Functions that give the two would
   * be as short, but V8 then keeps every page and its body until the next large garbage collection, 40 MB of them.
   */
  firstFound: readonly unknown[];
  lastFound: readonly unknown[];
  /** All of them, where they are looked at. */
  readonly set: RecordSet | undefined;
  filteredCount: number;
  /** Records that were handed out. Paging looks at `recordCount`, from which a feed's old records are not taken off. */
  emittedCount: number;
}

const noRecords: readonly unknown[] = Object.freeze([]);

const noRecord = () => undefined;

export function emptySummary(set?: RecordSet): PageSummary {
  return {
    recordCount: 0,
    extractedCount: 0,
    lastEmitted: undefined,
    last: noRecord,
    firstFound: noRecords,
    lastFound: noRecords,
    set,
    filteredCount: 0,
    emittedCount: 0,
  };
}

/** Adds a batch of a page's records to what is known of the page. */
export function count(summary: PageSummary, batch: SelectedRecords): void {
  const { records, extractedCount, last, extracted = records } = batch;
  // Where records are lines, looking at one means to parse it.
  if (summary.extractedCount === 0) summary.firstFound = extracted;
  if (extracted.length > 0) summary.lastFound = extracted;
  summary.set?.add(extracted);
  summary.recordCount += records.length;
  summary.extractedCount += extractedCount;
  summary.filteredCount += batch.filteredCount ?? 0;
  const final = records.at(-1);
  summary.lastEmitted = final ?? summary.lastEmitted;
  if (last !== undefined) summary.last = last;
  else if (final !== undefined) summary.last = () => final;
}
