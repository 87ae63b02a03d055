import { ConnectorError } from '../error/connector-error.ts';
import { mergeParts } from '../http/merge-parts.ts';
import { PaginationResetError } from '../http/pagination-reset-error.ts';
import type {
  Decoder,
  PaginationReset,
  Paginator,
  Reading,
  RecordContext,
  RecordSelector,
  RequestContext,
  Requester,
  SelectedRecords,
} from '../language/families.ts';
import type { HttpResponse } from '../language/http-response.ts';
import { emptyParts, type RequestParts } from '../language/request-parts.ts';
import type { Page, Slice, Token } from '../language/slice.ts';
import type { JsonObject } from '../util/json.ts';
import { mergeRecords } from './merge-records.ts';
import { paginationResets } from './pagination-resets.ts';

/** The parts of a retriever that together read one slice page by page. */
export interface PageReader {
  readonly stream: string;
  readonly requester: Requester;
  readonly selector: RecordSelector;
  readonly paginator: Paginator;
  readonly decoder: Decoder;
  readonly reset: PaginationReset | undefined;
  /** Pages of a slice to look at when a manifest is only tried out. */
  readonly pageLimit?: number | undefined;
  /** `ignore_stream_slicer_parameters_on_paginated_requests` */
  readonly sliceOptionsOnFirstPageOnly: boolean;
  /** What partition router and cursor inject for a slice. */
  readonly addSliceOptions: (parts: RequestParts, context: RequestContext) => void;
}

/** What the loop knows of a page once all its records have been seen. */
interface PageSummary {
  recordCount: number;
  extractedCount: number;
  lastRecord: JsonObject | undefined;
}

/**
 * The pages of one slice. The token of the next page lives here and nowhere else; its request goes out as soon as the
 * token is known, while the consumer still holds the current page.
 */
export async function* readPages(reader: PageReader, slice: Slice, reading: Reading): AsyncGenerator<Page> {
  const { paginator, selector } = reader;
  const resets = paginationResets(reader.stream, reader.reset, reading.cursor);
  let current = slice;
  let pages = 0;
  let token = paginator.first();
  let pending = fetchPage(reader, current, token, reading);
  function restart(): void {
    current = resets.next(slice, current);
    token = paginator.first();
    pages = 0;
    pending = fetchPage(reader, current, token, reading);
  }
  for (;;) {
    let response: HttpResponse;
    const summary: PageSummary = { recordCount: 0, extractedCount: 0, lastRecord: undefined };
    let held: Page | undefined;
    try {
      const fetched = await pending;
      response = fetched.response;
      pages += 1;
      for await (const batch of fetched.records ?? recordsOf(response, selector, current, token)) {
        if (held !== undefined) yield held;
        count(summary, batch.records, batch.extractedCount);
        held = toPage(batch, reading, slice);
      }
    } catch (thrown) {
      if (held !== undefined) yield held;
      if (!(thrown instanceof PaginationResetError)) throw thrown;
      restart();
      continue;
    }
    if (isIgnoredError(response)) {
      if (held !== undefined) yield held;
      return;
    }
    if (resets.isDue(summary.recordCount)) {
      if (held !== undefined) yield held;
      restart();
      continue;
    }
    const isEnough = reader.pageLimit !== undefined && pages >= reader.pageLimit;
    let next: Token | undefined;
    try {
      next =
        isEnough || isFeedRead(reading, summary.lastRecord, slice)
          ? undefined
          : await nextToken(reader, response, summary, current, token);
    } catch (thrown) {
      // What was read is handed out, whatever becomes of the pages after it.
      if (held !== undefined) yield held;
      throw thrown;
    }
    if (next === undefined) {
      if (held !== undefined) yield held;
      return;
    }
    token = next;
    if (reading.isPreview) {
      if (held !== undefined) yield held;
      pending = fetchPage(reader, current, token, reading);
    } else {
      pending = fetchPage(reader, current, token, reading);
      // The consumer may stop at this page: nobody will then await the next one.
      pending.catch(() => {});
      if (held !== undefined) yield held;
    }
  }
}

/**
 * The pages of a slice whose first page came inside the parent's record (`lazy_read_pointer`): it is taken as it is, and
 * only what follows is requested.
 */
export async function* readEmbeddedPages(
  reader: PageReader,
  slice: Slice,
  embedded: HttpResponse,
  reading: Reading,
): AsyncGenerator<Page> {
  let token: Token | undefined;
  let response = embedded;
  for (let pages = 1; ; pages++) {
    const summary: PageSummary = { recordCount: 0, extractedCount: 0, lastRecord: undefined };
    for await (const batch of recordsOf(response, reader.selector, slice, token)) {
      count(summary, batch.records, batch.extractedCount);
      yield toPage(batch, reading, slice);
    }
    if (isIgnoredError(response) || (reader.pageLimit !== undefined && pages >= reader.pageLimit)) return;
    token = await nextToken(reader, response, summary, slice, token);
    if (token === undefined) return;
    response = (await fetchPage(reader, slice, token, reading)).response;
  }
}

interface FetchedPage {
  readonly response: HttpResponse;
  /** Records that were put together from several requests, one for each chunk of properties. */
  readonly records?: AsyncIterable<SelectedRecords>;
}

/** The page of an error that the manifest ignores has no records and no next page, whatever its body says. */
function isIgnoredError(response: HttpResponse): boolean {
  return response.status >= 400;
}

async function* recordsOf(
  response: HttpResponse,
  selector: RecordSelector,
  slice: Slice,
  token: Token | undefined,
): AsyncGenerator<SelectedRecords> {
  if (isIgnoredError(response)) await response.discard();
  else yield* selector.select(response, recordContext(slice, token));
}

async function fetchPage(
  reader: PageReader,
  slice: Slice,
  token: Token | undefined,
  reading: Reading,
): Promise<FetchedPage> {
  const { queryProperties } = reader.requester;
  if (queryProperties === undefined)
    return { response: await send(reader, slice, token, reading, undefined) };
  let response: HttpResponse | undefined;
  const batches: SelectedRecords[] = [];
  for await (const properties of queryProperties.chunks(slice)) {
    response = await send(reader, slice, token, reading, properties);
    for await (const batch of recordsOf(response, reader.selector, slice, token)) batches.push(batch);
  }
  if (response === undefined)
    throw new ConnectorError('No properties to request: the property list is empty.', {
      kind: 'config_error',
    });
  const merged =
    queryProperties.merge === undefined ? batches : [mergeRecords(batches, queryProperties.merge)];
  return { response, records: toAsync(merged) };
}

function recordContext(slice: Slice, token: Token | undefined): RecordContext {
  return token === undefined ? { slice } : { slice, token };
}

async function* toAsync<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

function send(
  reader: PageReader,
  slice: Slice,
  token: Token | undefined,
  reading: Reading,
  properties: readonly string[] | undefined,
): Promise<HttpResponse> {
  const parts = emptyParts();
  const context: RequestContext = recordContext(slice, token);
  reader.paginator.addTo(parts, context);
  if (token === undefined || !reader.sliceOptionsOnFirstPageOnly) {
    const sliceParts = emptyParts();
    reader.addSliceOptions(sliceParts, context);
    mergeParts(parts, sliceParts);
  }
  const path = reader.paginator.path(token, slice);
  return reader.requester.send({
    slice,
    parts,
    streaming: reader.decoder.isStreaming,
    ...(token !== undefined && { token }),
    ...(path !== undefined && { path }),
    ...(reading.signal !== undefined && { signal: reading.signal }),
    ...(properties !== undefined && { properties }),
  });
}

async function nextToken(
  reader: PageReader,
  response: HttpResponse,
  summary: PageSummary,
  slice: Slice,
  token: Token | undefined,
): Promise<Token | undefined> {
  const { decoder } = reader;
  return reader.paginator.next(
    { response, slice, ...summary, document: () => firstDocument(decoder, response) },
    token,
  );
}

async function firstDocument(decoder: Decoder, response: HttpResponse): Promise<unknown> {
  if (decoder.isStreaming) return {};
  for await (const batch of decoder.decode(response)) {
    if (batch.length > 0) return batch[0];
  }
  return {};
}

function count(summary: PageSummary, records: readonly JsonObject[], extracted: number): void {
  summary.recordCount += records.length;
  summary.extractedCount += extracted;
  summary.lastRecord = records.at(-1) ?? summary.lastRecord;
}

/** A feed's page may reach back behind the state: its older records count for pagination but are not emitted. */
function toPage(batch: Page, reading: Reading, slice: Slice): Page {
  const { cursor } = reading;
  if (!reading.isDataFeed || cursor === undefined) return batch;
  return { records: batch.records.filter((record) => cursor.shouldBeSynced(record, slice)) };
}

function isFeedRead(reading: Reading, last: JsonObject | undefined, slice: Slice): boolean {
  return reading.isDataFeed && last !== undefined && reading.cursor?.shouldBeSynced(last, slice) === false;
}
