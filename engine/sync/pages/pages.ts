import type { Reading, SelectedRecords } from '../../contract/families.ts';
import type { DecodedResponse, HttpResponse } from '../../contract/http-response.ts';
import type { Page, Slice, Token } from '../../contract/slice.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { RejectedPageError } from '../../http/send/rejected-page-error.ts';
import type { JsonObject } from '../../util/json/json.ts';
import { decodedResponse } from './decoded-response.ts';
import {
  type FetchedPage,
  fetchPage,
  isIgnoredError,
  type PagePosition,
  type PageReader,
  recordsOf,
} from './fetch-page.ts';
import { createPaginationResets } from './pagination-resets.ts';
import { createPagingProgress, type PagingProgress } from './paging-progress.ts';

/** What the loop knows of a page once all its records have been seen. */
interface PageSummary {
  recordCount: number;
  extractedCount: number;
  /** The last one that was emitted. A feed ends by it: it reads on rather than stop at one that a filter left out. */
  lastEmitted: JsonObject | undefined;
  last: () => JsonObject | undefined;
  /** The first and the last one as the API gave them. */
  firstFound: unknown;
  lastFound: unknown;
  filteredCount: number;
}

/** What follows a page. */
type Next =
  | { readonly kind: 'page'; readonly token: Token | undefined }
  | { readonly kind: 'restart' }
  | { readonly kind: 'end' }
  | { readonly kind: 'failure'; readonly thrown: unknown };

/**
 * The pages of one slice. The token of the next page lives here and nowhere else. Its request is sent as soon as the
 * token is known, while the consumer still has the current page. Everything that was read is handed out, whatever
 * happens to the pages after it.
 */
export async function* readPages(reader: PageReader, slice: Slice, reading: Reading): AsyncGenerator<Page> {
  const { paginator } = reader;
  const resets = createPaginationResets(reader.stream, reader.reset, reading.cursor);
  const sizes = reader.openPageSizes?.();
  let position: PagePosition = { slice, token: paginator.first(), reading };
  let ahead: Promise<FetchedPage> | undefined;
  let pages = 0;
  let progress = progressOf(reader);
  for (;;) {
    const { last, next } = yield* readPage(ahead ?? fetchPage(reader, position));
    ahead = undefined;
    if (next.kind === 'page') {
      position = { ...position, token: next.token, pageSize: sizes?.current() };
      if (reading.isPreview !== true) ahead = fetchAhead(reader, position);
    }
    if (last !== undefined) yield last;
    if (next.kind === 'end') return;
    if (next.kind === 'failure') throw next.thrown;
    if (next.kind === 'restart') {
      position = {
        ...position,
        slice: resets.next(slice, position.slice),
        token: paginator.first(),
        pageSize: sizes?.current(),
      };
      pages = 0;
      progress = progressOf(reader);
    }
  }

  /** Yields the batches of a page but the last, which is held back until the next page has been requested. */
  async function* readPage(
    fetching: Promise<FetchedPage>,
  ): AsyncGenerator<Page, { readonly last: Page | undefined; readonly next: Next }> {
    const summary = emptySummary();
    let last: Page | undefined;
    try {
      const page = await fetching;
      pages += 1;
      for await (const batch of page.batches ?? recordsOf(reader, position, page)) {
        if (last !== undefined) yield last;
        count(summary, batch);
        last = toPage(batch, reading, slice);
      }
      sizes?.succeeded();
      return { last, next: await nextAfter(page, summary) };
    } catch (thrown) {
      return { last, next: await nextAfterFailure(thrown, summary) };
    }
  }

  async function nextAfter(page: DecodedResponse, summary: PageSummary): Promise<Next> {
    if (isIgnoredError(page.response)) return { kind: 'end' };
    await tellOfPage(reader, reading, page, summary);
    if (resets.isDue(summary.recordCount)) return { kind: 'restart' };
    if (isLastPage(reader, pages) || isFeedRead(reading, summary, slice)) return { kind: 'end' };
    const token = await nextToken(reader, position, page, summary);
    if (token === undefined) return { kind: 'end' };
    notePage(progress, position, summary);
    return { kind: 'page', token };
  }

  async function nextAfterFailure(thrown: unknown, { recordCount }: PageSummary): Promise<Next> {
    const action = thrown instanceof RejectedPageError ? thrown.action : undefined;
    if (action === 'RESET_PAGINATION') return { kind: 'restart' };
    if (action !== 'REDUCE_PAGE_SIZE' || sizes === undefined) return { kind: 'failure', thrown };
    if (recordCount > 0) return { kind: 'failure', thrown: reducedTooLate(reader.stream, thrown) };
    try {
      await sizes.reduce((thrown as RejectedPageError).reason, reading.signal);
      return { kind: 'page', token: position.token };
    } catch (failure) {
      return { kind: 'failure', thrown: failure };
    }
  }
}

function reducedTooLate(stream: string, cause: unknown): ConnectorError {
  return new ConnectorError(
    `A smaller page of stream "${stream}" was asked for in the middle of one, whose records would be read twice. REDUCE_PAGE_SIZE belongs to the error handler of the stream's own requester.`,
    { kind: 'config_error', cause },
  );
}

/**
 * The pages of a slice whose first page came inside the parent's record (`lazy_read_pointer`). That page is taken as it
 * is; only what follows is requested.
 */
export async function* readEmbeddedPages(
  reader: PageReader,
  slice: Slice,
  embedded: HttpResponse,
  reading: Reading,
): AsyncGenerator<Page> {
  let position: PagePosition = { slice, token: undefined, reading };
  let page = decodedResponse(reader.decoder, embedded);
  const progress = progressOf(reader);
  for (let pages = 1; ; pages++) {
    const summary = emptySummary();
    for await (const batch of recordsOf(reader, position, page)) {
      count(summary, batch);
      yield toPage(batch, reading, slice);
    }
    if (isIgnoredError(page.response)) return;
    await tellOfPage(reader, reading, page, summary);
    if (isLastPage(reader, pages)) return;
    const token = await nextToken(reader, position, page, summary);
    if (token === undefined) return;
    notePage(progress, position, summary);
    position = { ...position, token };
    page = await fetchPage(reader, position);
  }
}

function fetchAhead(reader: PageReader, position: PagePosition): Promise<FetchedPage> {
  const fetching = fetchPage(reader, position);
  // If the consumer stops at the page it has, nobody awaits this one.
  fetching.catch(() => {});
  return fetching;
}

function progressOf({ stream, hasPrimaryKey, maxPages }: PageReader): PagingProgress {
  return createPagingProgress({ stream, hasPrimaryKey, limit: maxPages });
}

function notePage(progress: PagingProgress, { token }: PagePosition, summary: PageSummary): void {
  const { extractedCount: count, firstFound: first, lastFound: last } = summary;
  progress.seen({ token, count, first, last });
}

function isLastPage({ pageLimit }: PageReader, pages: number): boolean {
  return pageLimit !== undefined && pages >= pageLimit;
}

async function nextToken(
  { paginator }: PageReader,
  { slice, token, pageSize }: PagePosition,
  { response, firstDocument }: DecodedResponse,
  summary: PageSummary,
): Promise<Token | undefined> {
  const { recordCount, extractedCount } = summary;
  const page = {
    response,
    slice,
    recordCount,
    extractedCount,
    document: firstDocument,
    pageSize,
    get lastRecord() {
      return summary.last();
    },
  };
  return paginator.next(page, token);
}

async function tellOfPage(
  { selector, decoder }: PageReader,
  { onPage }: Reading,
  page: DecodedResponse,
  { extractedCount: found, filteredCount: filtered, recordCount: emitted }: PageSummary,
): Promise<void> {
  if (onPage === undefined) return;
  const isPathMissing =
    found === 0 && !decoder.isStreaming && selector.isMissingFrom?.(await page.firstDocument()) === true;
  onPage({ found, filtered, emitted, isPathMissing });
}

function emptySummary(): PageSummary {
  return {
    recordCount: 0,
    extractedCount: 0,
    lastEmitted: undefined,
    last: () => undefined,
    firstFound: undefined,
    lastFound: undefined,
    filteredCount: 0,
  };
}

function count(summary: PageSummary, batch: SelectedRecords): void {
  const { records, extractedCount, last, extracted = records } = batch;
  if (summary.extractedCount === 0) summary.firstFound = extracted[0];
  summary.lastFound = extracted.at(-1) ?? summary.lastFound;
  summary.recordCount += records.length;
  summary.extractedCount += extractedCount;
  summary.filteredCount += batch.filteredCount ?? 0;
  const final = records.at(-1);
  summary.lastEmitted = final ?? summary.lastEmitted;
  if (last !== undefined) summary.last = last;
  else if (final !== undefined) summary.last = () => final;
}

/** A page of a feed may reach back beyond the state: its older records count for pagination but are not emitted. */
function toPage(batch: Page, reading: Reading, slice: Slice): Page {
  const { cursor } = reading;
  if (!reading.isDataFeed || cursor === undefined) return batch;
  return { records: batch.records.filter((record) => cursor.shouldBeSynced(record, slice)) };
}

function isFeedRead(reading: Reading, summary: PageSummary, slice: Slice): boolean {
  if (!reading.isDataFeed) return false;
  const last = summary.lastEmitted;
  return last !== undefined && reading.cursor?.shouldBeSynced(last, slice) === false;
}
