import type { PageStopReason } from '../../contract/decision.ts';
import type { Paginator, Reading, SelectedRecords, SlicePlace } from '../../contract/families.ts';
import type { DecodedResponse, HttpResponse } from '../../contract/http-response.ts';
import type { Page, Slice, Token } from '../../contract/slice.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import type { Place } from '../../error/place.ts';
import { RejectedPageError } from '../../http/send/rejected-page-error.ts';
import { decodedResponse } from './decoded-response.ts';
import {
  type FetchedPage,
  fetchPage,
  isIgnoredError,
  type PagePosition,
  type PageReader,
  recordsOf,
} from './fetch-page.ts';
import type { PageDecisions } from './page-decisions.ts';
import { count, emptySummary, type PageSummary } from './page-summary.ts';
import { createPaginationResets } from './pagination-resets.ts';
import { createPagingProgress, type PagingProgress } from './paging-progress.ts';
import { ReadPage } from './read-page.ts';
import { createRecordSet, isLookedInto, type RecordSet } from './record-set.ts';

/** What follows a page. */
type Next =
  | { readonly kind: 'page'; readonly token: Token | undefined }
  | { readonly kind: 'restart' }
  | { readonly kind: 'end' }
  | { readonly kind: 'failure'; readonly thrown: unknown };

/**
 * The pages of one slice. The token of the next page lives here and nowhere else. Its request is sent as soon as the
 * token is known, while the consumer still has the current page. Everything that was read is handed out, whatever
 * happens to the pages after it. `place` is that of a slice which has a single page.
 */
export async function* readPages(
  reader: PageReader,
  slice: Slice,
  reading: Reading,
  place?: SlicePlace,
): AsyncGenerator<Page> {
  const resets = createPaginationResets(reader.stream, reader.reset, reading.cursor);
  const sizes = reader.openPageSizes?.();
  let position = firstPosition(reader, slice, reading);
  let ahead: Promise<FetchedPage> | undefined;
  let pages = 0;
  let progress: PagingProgress | undefined;
  for (;;) {
    // The last batch is held back until the next page has been requested.
    let last: Page | undefined;
    let next: Next;
    const summary = emptySummary(setFor(reader, position));
    try {
      const page = await (ahead ?? fetchPage(reader, position, place));
      pages += 1;
      // Those that are there already need no waiting.
      for (const batch of page.batches ?? []) {
        if (last !== undefined) yield last;
        last = counted(reader, summary, batch, position);
      }
      const rest = page.batches === undefined ? recordsOf(reader, position, page) : page.rest;
      if (rest !== undefined) {
        for await (const batch of rest) {
          if (last !== undefined) yield last;
          last = counted(reader, summary, batch, position);
        }
      }
      sizes?.succeeded();
      next = await nextAfter(page, summary);
    } catch (thrown) {
      next = await nextAfterFailure(thrown, summary);
    }
    ahead = undefined;
    if (next.kind === 'page') {
      position = following(position, next.token, pages + 1, sizes?.current());
      if (reading.isPreview !== true) ahead = fetchAhead(reader, position);
    }
    if (last !== undefined) yield last;
    if (next.kind === 'end') return;
    if (next.kind === 'failure') throw next.thrown;
    if (next.kind === 'restart') {
      position = firstPosition(reader, resets.next(slice, position.slice), reading, sizes?.current());
      pages = 0;
      progress = undefined;
    }
  }

  async function nextAfter(page: DecodedResponse, summary: PageSummary): Promise<Next> {
    if (isIgnoredError(page.response)) return stop(reader, position, 'ignored error');
    const telling = tellOfPage(reader, position, page, summary);
    if (telling !== undefined) await telling;
    if (resets.isDue(summary.recordCount)) return { kind: 'restart' };
    if (isFeedRead(reading, summary, slice)) return stop(reader, position, 'old record');
    if (isLastPage(reader, pages)) {
      await tellOfLastPage(reader, position, page, summary);
      return { kind: 'end' };
    }
    const coming = nextToken(reader, position, page, summary);
    const token = coming instanceof Promise ? await coming : coming;
    if (token === undefined) return { kind: 'end' };
    progress ??= progressOf(reader, () => position);
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
  let position: PagePosition = { slice, token: undefined, page: 1, pageSize: undefined, reading };
  let page = decodedResponse(reader.decoder, embedded);
  let progress: PagingProgress | undefined;
  for (let pages = 1; ; pages++) {
    const summary = emptySummary(setFor(reader, position));
    for await (const batch of recordsOf(reader, position, page)) {
      yield counted(reader, summary, batch, position);
    }
    if (isIgnoredError(page.response)) return void reader.decisions?.stopped(position, 'ignored error');
    await tellOfPage(reader, position, page, summary);
    if (isLastPage(reader, pages)) return tellOfLastPage(reader, position, page, summary);
    const token = await nextToken(reader, position, page, summary);
    if (token === undefined) return;
    progress ??= progressOf(reader, () => position);
    notePage(progress, position, summary);
    position = following(position, token, pages + 1);
    page = await fetchPage(reader, position);
  }
}

function fetchAhead(reader: PageReader, position: PagePosition): Promise<FetchedPage> {
  const fetching = fetchPage(reader, position);
  // If the consumer stops at the page it has, nobody awaits this one.
  fetching.catch(() => {});
  return fetching;
}

function setFor({ primaryKey }: PageReader, { page }: PagePosition): RecordSet | undefined {
  return primaryKey !== undefined && isLookedInto(page) ? createRecordSet(primaryKey) : undefined;
}

function stop({ decisions }: PageReader, position: PagePosition, reason: PageStopReason): Next {
  decisions?.stopped(position, reason);
  return { kind: 'end' };
}

function progressOf(
  { stream, primaryKey, pageLimits, decisions }: PageReader,
  position: () => PagePosition,
): PagingProgress {
  const onStop = decisions && ((reason: PageStopReason) => decisions.stopped(position(), reason));
  return createPagingProgress({
    stream,
    hasPrimaryKey: primaryKey !== undefined,
    limits: pageLimits,
    onStop,
  });
}

function notePage(progress: PagingProgress, { token, page }: PagePosition, summary: PageSummary): void {
  const { extractedCount: count, firstFound: first, lastFound: last, set } = summary;
  progress.seen({ token, page, count, first: first[0], last: last.at(-1), set });
}

/** The last page that is allowed may be the last one anyway, which those who listen want to know. */
async function tellOfLastPage(
  reader: PageReader,
  position: PagePosition,
  page: DecodedResponse,
  summary: PageSummary,
): Promise<void> {
  const { decisions } = reader;
  if (decisions === undefined) return;
  try {
    const next = await nextToken(reader, position, page, summary);
    if (next !== undefined) decisions.stopped(position, 'limit');
  } catch {
    // A token that cannot be found is an error of whoever reads on.
    decisions.stopped(position, 'limit');
  }
}

function isLastPage({ pageLimit }: PageReader, pages: number): boolean {
  return pageLimit !== undefined && pages >= pageLimit;
}

function nextToken(
  { paginator, decisions }: PageReader,
  position: PagePosition,
  page: DecodedResponse,
  summary: PageSummary,
): Promise<Token | undefined> | Token | undefined {
  if (decisions !== undefined) return toldToken(paginator, decisions, position, page, summary);
  return paginator.next(new ReadPage(page, position, summary, undefined), position.token);
}

/** The same, where somebody is told why there is none. */
async function toldToken(
  paginator: Paginator,
  decisions: PageDecisions,
  position: PagePosition,
  page: DecodedResponse,
  summary: PageSummary,
): Promise<Token | undefined> {
  let isTold = false;
  const stopped = (reason: PageStopReason, place: Place) => {
    isTold = true;
    decisions.stopped(position, reason, place);
  };
  const next = await paginator.next(new ReadPage(page, position, summary, stopped), position.token);
  if (next === undefined && !isTold) decisions.stopped(position, 'no token');
  return next;
}

/** Whether the place of its records is missing has to be looked for only in a page without any. */
function tellOfPage(
  { selector, decoder, decisions }: PageReader,
  position: PagePosition,
  page: DecodedResponse,
  summary: PageSummary,
): Promise<void> | undefined {
  const { onPage } = position.reading;
  const { extractedCount: found, filteredCount: filtered, recordCount: emitted } = summary;
  decisions?.read(position, summary);
  if (onPage === undefined) return undefined;
  const { isMissingFrom } = selector;
  if (found === 0 && !decoder.isStreaming && isMissingFrom !== undefined)
    return page
      .firstDocument()
      .then((document) => onPage({ found, filtered, emitted, isPathMissing: isMissingFrom(document) }));
  onPage({ found, filtered, emitted, isPathMissing: false });
  return undefined;
}

function firstPosition(
  { paginator }: PageReader,
  slice: Slice,
  reading: Reading,
  pageSize?: number,
): PagePosition {
  return { slice, token: paginator.first(), page: 1, pageSize, reading };
}

function following(
  { slice, reading }: PagePosition,
  token: Token | undefined,
  page: number,
  pageSize?: number,
): PagePosition {
  return { slice, token, page, pageSize, reading };
}

/** A batch as it is handed out, with the summary brought up to date. */
function counted(
  reader: PageReader,
  summary: PageSummary,
  batch: SelectedRecords,
  position: PagePosition,
): Page {
  count(summary, batch);
  const page = toPage(reader, batch, position);
  summary.emittedCount += page.records.length;
  return page;
}

/** A page of a feed may reach back beyond the state: its older records count for pagination but are not emitted. */
function toPage({ decisions }: PageReader, batch: Page, position: PagePosition): Page {
  const { slice, reading } = position;
  const { cursor } = reading;
  if (!reading.isDataFeed || cursor === undefined) return batch;
  const records = batch.records.filter((record) => {
    const isNew = cursor.shouldBeSynced(record, slice);
    if (!isNew) decisions?.droppedFromFeed(position, record);
    return isNew;
  });
  return { records };
}

function isFeedRead(reading: Reading, summary: PageSummary, slice: Slice): boolean {
  if (!reading.isDataFeed) return false;
  const last = summary.lastEmitted;
  return last !== undefined && reading.cursor?.shouldBeSynced(last, slice) === false;
}
