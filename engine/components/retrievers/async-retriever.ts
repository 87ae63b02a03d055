import type { Reading, RecordExtractor, RecordSelector } from '../../contract/families.ts';
import type { DecodedResponse } from '../../contract/http-response.ts';
import type { Scope } from '../../contract/scope.ts';
import type { Page, Slice } from '../../contract/slice.ts';
import { component } from '../../language/component.ts';
import { wholeNumberOrNothing } from '../../language/field-types/whole-number.ts';
import { makeDefault, slot } from '../../language/slots.ts';
import { type MappingNode, nodeFromValue } from '../../manifest/node.ts';
import { combineRouters } from '../../sync/cursor/combine-routers.ts';
import { createJobQueue } from '../../sync/jobs/async-job-queue.ts';
import type { PageReader } from '../../sync/pages/fetch-page.ts';
import { pageDecisions } from '../../sync/pages/page-decisions.ts';
import { readPages } from '../../sync/pages/pages.ts';
import { pageLimitsOf } from '../../sync/pages/paging-progress.ts';
import { primedDecoder } from '../../sync/pages/primed-decoder.ts';
import { createSemaphore } from '../../util/flow/semaphore.ts';
import { createJobRequests } from './async-job-requests.ts';
import { repeatedWords, statusesOf, statusMapping } from './async-job-statuses.ts';
import { routerSlot } from './simple-retriever.ts';

const requester = () => slot('Requester', 'HttpRequester');
const extractor = () => slot('RecordExtractor', 'DpathExtractor');

/** Reads what an API prepares in jobs: creates a job for each slice, waits for it, downloads its result. */
export const AsyncRetriever = component({
  family: 'Retriever',
  type: 'AsyncRetriever',
  doc: 'Creates a job for each slice, waits until the API has completed it, and downloads the result.',
  fields: () => ({
    record_selector: slot('RecordSelector', 'RecordSelector').describe(
      'What is done with the downloaded records; its extractor is not asked.',
    ),
    status_mapping: statusMapping().describe("What the API's words for the state of a job mean."),
    status_extractor: extractor().describe('Finds the state of a job in the answer to a poll.'),
    download_target_extractor: extractor()
      .optional()
      .describe('Finds where to download from, seen as "download_target"; one download each.'),
    download_extractor: extractor()
      .optional()
      .describe('Finds the records in a download; all of it by default.'),
    creation_requester: requester().describe('Creates a job.'),
    polling_requester: requester().describe('Asks for the state of a job; sees "creation_response".'),
    polling_job_timeout: wholeNumberOrNothing({ truncates: true })
      .optional()
      .describe('Minutes until a job is given up; 60 by default.'),
    failed_retry_wait_time_in_seconds: wholeNumberOrNothing({ min: 1, truncates: true })
      .optional()
      .describe('Seconds before a job that the API calls failed is created again.'),
    download_target_requester: requester()
      .optional()
      .describe('Asks where to download from; sees "polling_response".'),
    download_requester: requester().describe(
      'Downloads; sees "download_target", "creation_response" and "polling_response".',
    ),
    download_paginator: slot('Paginator', 'NoPagination').optional().describe('How a download goes on.'),
    abort_requester: requester().optional().describe('Tells the API that a job is no longer wanted.'),
    delete_requester: requester().optional().describe('Removes a job whose records have been read.'),
    partition_router: routerSlot(),
    decoder: slot('Decoder', 'JsonDecoder').optional().describe('How answers about jobs are read.'),
    download_decoder: slot('Decoder', 'JsonDecoder').optional().describe('How downloads are read.'),
  }),
  *check({ download_target_requester, download_target_extractor, status_mapping }) {
    if (download_target_requester !== undefined && download_target_extractor === undefined) {
      yield {
        message: 'A "download_target_requester" needs a "download_target_extractor".',
        at: ['download_target_requester'],
      };
    }
    yield* repeatedWords(status_mapping);
  },
  make(fields, scope) {
    const { sync } = scope;
    const name = scope.stream?.name ?? '';
    // Answers about a job change from one to the next, so none of them is kept for children.
    const own: Scope =
      scope.stream === undefined ? scope : { ...scope, stream: { ...scope.stream, isParent: () => false } };
    const decoder = fields.decoder?.(own) ?? makeDefault('Decoder', 'JsonDecoder', own);
    const requests = createJobRequests({
      decoder,
      requesters: {
        creation: fields.creation_requester(own),
        polling: fields.polling_requester(own),
        abort: fields.abort_requester?.(own),
        delete: fields.delete_requester?.(own),
        downloadTarget: fields.download_target_requester?.(own),
      },
      statusExtractor: fields.status_extractor(own),
      targetExtractor: fields.download_target_extractor?.(own),
      statuses: statusesOf(fields.status_mapping),
    });

    const downloadDecoder = primedDecoder(
      fields.download_decoder?.(own) ?? makeDefault('Decoder', 'JsonDecoder', own),
    );
    const downloadExtractor = fields.download_extractor?.(own) ?? wholeBody(own);
    const download: PageReader = {
      stream: name,
      requester: fields.download_requester(own),
      selector: bareSelector(downloadExtractor),
      paginator: fields.download_paginator?.(own) ?? makeDefault('Paginator', 'NoPagination', own),
      // An extractor that reads the body itself finds it as it came.
      decoder:
        downloadExtractor.isStreaming === true
          ? { isStreaming: true, decode: (response) => downloadDecoder.decode(response) }
          : downloadDecoder,
      reset: undefined,
      pageLimit: sync.limits?.pagesPerSlice,
      pageLimits: pageLimitsOf(scope.config()),
      decisions: pageDecisions(scope, 'whole download'),
      primaryKey: scope.stream?.primaryKey,
      sliceOptionsOnFirstPageOnly: false,
      addSliceOptions() {},
    };
    const selector = fields.record_selector(own);
    const settings = {
      stream: name,
      clock: sync.clock,
      log: sync.log,
      timeout: (fields.polling_job_timeout?.(own)() ?? 60) * 60_000,
      failedRetryWait: milliseconds(fields.failed_retry_wait_time_in_seconds?.(own)()),
    };
    const limit = Math.max(1, Math.trunc(sync.asyncJobLimit));
    const places = sync.shared('places of asynchronous jobs', () => createSemaphore(limit));
    const jobs = createJobQueue({ api: requests, settings, places, limit });

    async function* read(slice: Slice, reading: Reading): AsyncGenerator<Page> {
      const { signal } = reading;
      const result = await jobs.result(slice, signal);
      if (result.status === 'skipped') return;
      const { job, response } = result;
      const wholeDownload: Reading = {
        cursor: undefined,
        isDataFeed: false,
        ...(reading.isPreview && { isPreview: true }),
        ...(signal && { signal }),
      };
      for await (const target of requests.downloads(job, response, signal)) {
        for await (const page of readPages(download, target, wholeDownload)) {
          yield selector.process(page.records, { slice, cursor: reading.cursor });
        }
      }
      await requests.delete(job, signal);
    }

    return {
      router: combineRouters(fields.partition_router, scope),
      read,
      prepare: (slices, { signal }) => jobs.run(slices, signal),
    };
  },
});

/** Pagination counts the records of a download as they are; filters and transformations come afterwards. */
function bareSelector(extractor: RecordExtractor): RecordSelector {
  const process = async (records: readonly unknown[]) => ({
    records: records as Page['records'],
    extractedCount: records.length,
  });
  return {
    process,
    async *select(page: DecodedResponse) {
      for await (const records of extractor.extract(page)) yield process(records);
    },
  };
}

function wholeBody(scope: Scope): RecordExtractor {
  const definition = { type: 'DpathExtractor', field_path: [] };
  const node = nodeFromValue(definition, scope.place.source) as MappingNode;
  return scope.sync.build(node, 'RecordExtractor', scope);
}

function milliseconds(seconds: number | undefined): number | undefined {
  return seconds && seconds * 1000;
}
