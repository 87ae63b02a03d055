import type {
  Decoder,
  PaginationReset,
  Paginator,
  QueryProperties,
  Reading,
  RecordContext,
  RecordSelector,
  RequestContext,
  Requester,
  SelectedRecords,
  SlicePlace,
} from '../../contract/families.ts';
import type { DecodedResponse, HttpResponse } from '../../contract/http-response.ts';
import { emptyParts, type RequestParts } from '../../contract/request-parts.ts';
import type { Slice, Token } from '../../contract/slice.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { mergeParts } from '../../http/request/merge-parts.ts';
import { decodedResponse } from './decoded-response.ts';
import { isEmpty, type LinePage, lineReader } from './line-pages.ts';
import { mergeRecords } from './merge-records.ts';
import type { PageDecisions } from './page-decisions.ts';
import type { PageSizes } from './page-sizes.ts';
import type { PageLimits } from './paging-progress.ts';
import { refuseWhatIsNoPage } from './refuse-no-page.ts';

/** The parts of a retriever that together read one slice page by page. */
export interface PageReader {
  readonly stream: string;
  readonly requester: Requester;
  readonly selector: RecordSelector;
  readonly paginator: Paginator;
  readonly decoder: Decoder;
  readonly reset: PaginationReset | undefined;
  /** Absent when the size of a page never changes. */
  readonly openPageSizes?: (() => PageSizes) | undefined;
  /** Pages of a slice to look at when a manifest is only tried out. */
  readonly pageLimit?: number | undefined;
  /** Pages of a slice before its paging counts as endless. */
  readonly pageLimits: PageLimits;
  readonly primaryKey: readonly (readonly string[])[] | undefined;
  /** Absent when nobody listens. */
  readonly decisions?: PageDecisions | undefined;
  /** `ignore_stream_slicer_parameters_on_paginated_requests` */
  readonly sliceOptionsOnFirstPageOnly: boolean;
  /** What partition router and cursor inject for a slice. */
  readonly addSliceOptions: (parts: RequestParts, context: RequestContext, reading: Reading) => void;
}

/** Which page of which slice. */
export interface PagePosition {
  readonly slice: Slice;
  readonly token: Token | undefined;
  /** From 1. */
  readonly page: number;
  /** Its size, when that is not the paginator's own. */
  readonly pageSize?: number | undefined;
  readonly reading: Reading;
}

export interface FetchedPage extends DecodedResponse {
  /** Its records, where they are known already: put together from several requests, or lines. */
  readonly batches?: readonly SelectedRecords[];
  /** What follows them, where they are only the beginning. */
  readonly rest?: AsyncIterable<SelectedRecords> | undefined;
}

/** Requests a page. With properties in chunks, its records are complete only when all chunks have been read. */
export function fetchPage(
  reader: PageReader,
  position: PagePosition,
  place?: SlicePlace,
): Promise<FetchedPage> {
  const { queryProperties } = reader.requester;
  return queryProperties === undefined
    ? request(reader, position, undefined, place)
    : inChunks(reader, position, queryProperties);
}

async function inChunks(
  reader: PageReader,
  position: PagePosition,
  queryProperties: QueryProperties,
): Promise<FetchedPage> {
  let last: DecodedResponse | undefined;
  const batches: SelectedRecords[] = [];
  for await (const properties of queryProperties.chunks(position.slice)) {
    last = await request(reader, position, properties);
    for await (const batch of recordsOf(reader, position, last)) batches.push(batch);
  }
  if (last === undefined) {
    throw new ConnectorError('No properties to request: the property list is empty.', {
      kind: 'config_error',
    });
  }
  const { merge } = queryProperties;
  return { ...last, batches: merge === undefined ? batches : [mergeRecords(batches, merge)] };
}

/** The records of a response, batch by batch. */
export function recordsOf(
  { selector }: PageReader,
  position: PagePosition,
  page: DecodedResponse,
): AsyncIterable<SelectedRecords> {
  if (isIgnoredError(page.response)) return noRecordsOf(page.response);
  return selector.select(page, recordContext(position));
}

function recordContext({ slice, token, page, reading }: PagePosition): RecordContext {
  return { slice, token, page, cursor: reading.cursor };
}

function noRecordsOf(response: HttpResponse): AsyncIterable<SelectedRecords> {
  return {
    [Symbol.asyncIterator]: () => ({
      async next() {
        await response.discard();
        return { done: true, value: undefined };
      },
    }),
  };
}

/** The page of an ignored error has no records and no next page, whatever its body says. */
export function isIgnoredError(response: HttpResponse): boolean {
  return response.status >= 400;
}

async function request(
  reader: PageReader,
  position: PagePosition,
  properties?: readonly string[],
  place?: SlicePlace,
): Promise<FetchedPage> {
  const { slice, token, pageSize, reading } = position;
  const readLines =
    reader.decisions === undefined ? lineReader(reader, reading, () => recordContext(position)) : undefined;
  let linePage: LinePage | undefined;
  const context = { slice, token, page: position.page };
  const parts = emptyParts();
  reader.paginator.addTo(
    parts,
    pageSize === undefined ? context : { slice, token, page: position.page, pageSize },
  );
  if (token === undefined || !reader.sliceOptionsOnFirstPageOnly) {
    const sliceParts = emptyParts();
    reader.addSliceOptions(sliceParts, context, reading);
    mergeParts(parts, sliceParts);
  }
  async function look(response: HttpResponse): Promise<void> {
    linePage = await readLines?.(response);
    if (linePage !== undefined && !isEmpty(linePage)) return;
    const documents = linePage === undefined ? await reader.decoder.prime?.(response) : undefined;
    await refuseWhatIsNoPage(reader, response, documents);
  }
  // Named one by one: objects that are spread together are slow to make and to read.
  const response = await reader.requester.send({
    slice,
    token,
    page: position.page,
    parts,
    path: reader.paginator.path(token, slice),
    signal: reading.signal,
    streaming: reader.decoder.isStreaming,
    properties,
    // The page of an ignored error is not read.
    accept: async (response) => {
      if (isIgnoredError(response)) return;
      if (place === undefined) return look(response);
      await place.giveWay();
      try {
        await look(response);
      } catch (error) {
        await place.takeBack();
        throw error;
      }
    },
  });
  if (linePage === undefined) return decodedResponse(reader.decoder, response);
  return {
    response,
    documents: () => reader.decoder.decode(response),
    firstDocument: linePage.firstDocument,
    batches: linePage.batches,
    rest: linePage.rest,
  };
}
