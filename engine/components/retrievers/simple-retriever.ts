import * as z from 'zod';
import type { PartitionRouter } from '../../contract/families.ts';
import type { HttpResponse } from '../../contract/http-response.ts';
import type { Slice } from '../../contract/slice.ts';
import { component } from '../../language/component.ts';
import { makeDefault, slot } from '../../language/slots.ts';
import { combineRouters } from '../../sync/cursor/combine-routers.ts';
import type { PageReader } from '../../sync/pages/fetch-page.ts';
import { pageDecisions } from '../../sync/pages/page-decisions.ts';
import { createPageSizes } from '../../sync/pages/page-sizes.ts';
import { readEmbeddedPages, readPages } from '../../sync/pages/pages.ts';
import { pageLimitsOf } from '../../sync/pages/paging-progress.ts';
import { primedDecoder } from '../../sync/pages/primed-decoder.ts';
import { readSplitting } from '../../sync/pages/split-windows.ts';

export const routerSlot = () =>
  z
    .union([slot('PartitionRouter'), z.array(slot('PartitionRouter'))])
    .optional()
    .describe('What the stream is split by: parents, values, or several of them.');

/** Reads a slice by requests, page by page. */
export const SimpleRetriever = component({
  family: 'Retriever',
  type: 'SimpleRetriever',
  doc: 'Reads a slice by sending requests until the paginator has no next page.',
  fields: () => ({
    requester: slot('Requester', 'HttpRequester').describe('How requests are made.'),
    record_selector: slot('RecordSelector', 'RecordSelector').describe(
      'How records are found in a response.',
    ),
    decoder: slot('Decoder', 'JsonDecoder')
      .optional()
      .describe('How the bytes of a response are read; JSON by default.'),
    paginator: slot('Paginator', 'NoPagination')
      .optional()
      .describe('How the next page is found and asked for.'),
    pagination_reset: slot('PaginationReset', 'PaginationReset')
      .optional()
      .describe('How to start the pagination of a slice anew.'),
    page_size_reduction: slot('PageSizeReduction')
      .optional()
      .describe('How to request smaller pages when the API asks for them.'),
    request_window_splitting: slot('RequestWindowSplitting')
      .optional()
      .describe('How to read smaller windows when the API asks for them.'),
    ignore_stream_slicer_parameters_on_paginated_requests: z
      .boolean()
      .default(false)
      .describe('Leave out what the slice injects from the second page on.'),
    partition_router: routerSlot(),
  }),
  traits: () => ({ readsPages: true }),
  make(fields, scope) {
    const decoder = primedDecoder(fields.decoder?.(scope) ?? makeDefault('Decoder', 'JsonDecoder', scope));
    const router: PartitionRouter | undefined = combineRouters(fields.partition_router, scope);
    const requester = fields.requester(scope);
    const selector = fields.record_selector(scope);
    const paginator = fields.paginator?.(scope) ?? makeDefault('Paginator', 'NoPagination', scope);
    const reset = fields.pagination_reset?.(scope);
    const reduction = fields.page_size_reduction?.(scope);
    const splitting = fields.request_window_splitting?.(scope);
    const { clock, log } = scope.sync;
    const stream = scope.stream?.name ?? '';
    const { pageSize } = paginator;
    const hasOnePage =
      paginator.paginates === false &&
      requester.queryProperties === undefined &&
      reset === undefined &&
      splitting === undefined &&
      !decoder.isStreaming;
    const reader: PageReader = {
      stream,
      requester,
      selector,
      paginator,
      decoder,
      reset,
      openPageSizes: reduction && (() => createPageSizes({ stream, reduction, pageSize, clock, log })),
      pageLimit: scope.sync.limits?.pagesPerSlice,
      pageLimits: pageLimitsOf(scope.config()),
      decisions: pageDecisions(scope),
      primaryKey: scope.stream?.primaryKey,
      sliceOptionsOnFirstPageOnly: fields.ignore_stream_slicer_parameters_on_paginated_requests,
      addSliceOptions: (parts, context, { cursor }) => (cursor ?? router)?.addTo(parts, context),
    };
    return {
      router,
      paginates: paginator.paginates,
      read(slice, reading, place) {
        // A parent's record carries only a first look at its child. A child that was read before asks for what is new.
        const embedded =
          router?.givesFirstPages === true && reading.hasState !== true
            ? (slice.extraFields.child_response as HttpResponse | undefined)
            : undefined;
        if (embedded !== undefined) return readEmbeddedPages(reader, slice, embedded, reading);
        // Records that are taken as they are need no file and no list of their own either.
        const isOneRequest = hasOnePage && selector.plainPath?.() !== undefined;
        const read = (part: Slice) => readPages(reader, part, reading, isOneRequest ? place : undefined);
        if (splitting === undefined) return read(slice);
        return readSplitting({ stream, splitting, cursor: reading.cursor, log, read }, slice);
      },
    };
  },
});
