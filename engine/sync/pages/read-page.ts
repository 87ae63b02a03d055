import type { PageResult } from '../../contract/families.ts';
import type { DecodedResponse } from '../../contract/http-response.ts';
import type { PagePosition } from './fetch-page.ts';
import type { PageSummary } from './page-summary.ts';

/**
 * A page that was read, as paginators see it. A class, because a getter in an object literal takes longer to make than all
 * else that a small page needs.
 */
export class ReadPage implements PageResult {
  readonly response: PageResult['response'];
  readonly document: PageResult['document'];
  readonly recordCount: number;
  readonly extractedCount: number;
  readonly slice: PageResult['slice'];
  readonly pageSize: number | undefined;
  readonly stopped: PageResult['stopped'];
  readonly #summary: PageSummary;

  constructor(
    { response, firstDocument }: DecodedResponse,
    { slice, pageSize }: PagePosition,
    summary: PageSummary,
    stopped: PageResult['stopped'],
  ) {
    this.response = response;
    this.document = firstDocument;
    this.recordCount = summary.recordCount;
    this.extractedCount = summary.extractedCount;
    this.slice = slice;
    this.pageSize = pageSize;
    this.stopped = stopped;
    this.#summary = summary;
  }

  /** Looked for when it is asked for, which may mean to parse it. */
  get lastRecord() {
    return this.#summary.last();
  }
}
