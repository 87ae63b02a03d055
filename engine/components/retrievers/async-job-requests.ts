import type { Decoder, RecordExtractor, Requester } from '../../contract/families.ts';
import type { HttpResponse } from '../../contract/http-response.ts';
import type { Purpose } from '../../contract/purpose.ts';
import type { Slice } from '../../contract/slice.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { type Job, type JobApi, type JobStatus, UnknownStatusError } from '../../sync/jobs/async-job.ts';
import { decodedResponse } from '../../sync/pages/decoded-response.ts';
import { PyHeaders, pyStr } from '../../template/python-values.ts';
import { isObject, type JsonObject } from '../../util/json/json.ts';
import { quotedList } from '../../util/text/quoted-list.ts';

/** Why the requests about a job are made. Those that download its records are pages of the stream. */
const purposes = {
  creation: { type: 'ASYNC_CREATE', title: 'Async Job -- Create', description: 'Creates a job at the API.' },
  polling: {
    type: 'ASYNC_POLL',
    title: 'Async Job -- Polling',
    description: 'Asks how far a job at the API is.',
  },
  abort: { type: 'ASYNC_ABORT', title: 'Async Job -- Abort', description: 'Stops a running job at the API.' },
  delete: {
    type: 'ASYNC_DELETE',
    title: 'Async Job -- Delete',
    description: 'Removes a finished job from the API.',
  },
  targets: {
    type: 'ASYNC_POLL',
    title: 'Async Job -- Results',
    description: 'Asks where the results of a job are.',
  },
} satisfies Record<string, Purpose>;

/** The requests around a job. Optional ones are sent only if the manifest describes them. */
export interface JobRequesters {
  readonly creation: Requester;
  readonly polling: Requester;
  readonly abort: Requester | undefined;
  readonly delete: Requester | undefined;
  readonly downloadTarget: Requester | undefined;
}

export interface JobRequestsOptions {
  readonly requesters: JobRequesters;
  /** Reads the answers about jobs. */
  readonly decoder: Decoder;
  readonly statusExtractor: RecordExtractor;
  readonly targetExtractor: RecordExtractor | undefined;
  /** The API's names for a state. */
  readonly statuses: ReadonlyMap<string, JobStatus>;
}

export interface JobRequests extends JobApi {
  /** A slice for every download of a completed job. Templates of its requests see all that is known about the job. */
  downloads(job: Job, response: HttpResponse, signal: AbortSignal | undefined): AsyncGenerator<Slice>;
  /** The job's records have been read. */
  delete(job: Job, signal: AbortSignal | undefined): Promise<void>;
}

export function createJobRequests(options: JobRequestsOptions): JobRequests {
  const { requesters, statuses } = options;
  const decoded = (response: HttpResponse) => decodedResponse(options.decoder, response);

  async function targets(
    response: HttpResponse,
    polled: JsonObject,
    signal: AbortSignal | undefined,
  ): Promise<AsyncIterable<readonly unknown[]>> {
    const { targetExtractor } = options;
    if (targetExtractor === undefined) return oneDownload();
    if (requesters.downloadTarget === undefined) return targetExtractor.extract(decoded(response));
    const slice: Slice = { partition: {}, cursor: {}, extraFields: { polling_response: polled } };
    const found = await requesters.downloadTarget.send({
      slice,
      purpose: purposes.targets,
      ...withSignal(signal),
    });
    return targetExtractor.extract(decoded(checked(found, 'Where to download the result')));
  }

  return Object.freeze({
    async start(slice: Slice, signal: AbortSignal) {
      const response = await requesters.creation.send({ slice, signal, purpose: purposes.creation });
      return { slice, creation: await asTemplatesSee(checked(response, 'The creation of a job')) };
    },
    async poll(job: Job, signal: AbortSignal) {
      const response = await requesters.polling.send({
        slice: sliceOf(job),
        signal,
        purpose: purposes.polling,
      });
      const word = pyStr((await firstOf(options.statusExtractor.extract(decoded(response)))) ?? null);
      const status = statuses.get(word);
      if (status === undefined) {
        const known = quotedList(statuses.keys());
        throw new UnknownStatusError(
          `The API says that a job is "${word}", which "status_mapping" does not list. It lists ${known}.`,
        );
      }
      return { status, response };
    },
    async abort(job: Job) {
      await (await requesters.abort?.send({ slice: sliceOf(job), purpose: purposes.abort }))?.discard();
    },
    async delete(job: Job, signal: AbortSignal | undefined) {
      const slice = sliceOf(job);
      const response = await requesters.delete?.send({
        slice,
        purpose: purposes.delete,
        ...withSignal(signal),
      });
      await response?.discard();
    },
    async *downloads(job: Job, response: HttpResponse, signal: AbortSignal | undefined) {
      const polled = await asTemplatesSee(response);
      for await (const batch of await targets(response, polled, signal)) {
        for (const download_target of batch) {
          const slice = sliceOf(job);
          const extraFields = { ...slice.extraFields, download_target, polling_response: polled };
          yield Object.freeze({ ...slice, extraFields });
        }
      }
    },
  });
}

function sliceOf({ slice, creation }: Job): Slice {
  return { ...slice, extraFields: { ...slice.extraFields, creation_response: creation } };
}

/** The fields of the body, with headers and request beside them unless the body has fields with these names. */
async function asTemplatesSee(response: HttpResponse): Promise<JsonObject> {
  const body = await response.json().catch(() => undefined);
  return {
    headers: new PyHeaders(Object.fromEntries(response.headers.entries())),
    request: { url: response.url },
    ...(isObject(body) ? body : {}),
  };
}

function checked(response: HttpResponse, what: string): HttpResponse {
  if (response.status < 400) return response;
  throw new ConnectorError(
    `${what} was answered with status ${response.status} and ignored, but it is needed to continue.`,
  );
}

/** Nothing says where the result is, so there is a single download. */
async function* oneDownload(): AsyncGenerator<readonly unknown[]> {
  yield [''];
}

async function firstOf(batches: AsyncIterable<readonly unknown[]>): Promise<unknown> {
  for await (const batch of batches) {
    if (batch.length > 0) return batch[0];
  }
  return undefined;
}

function withSignal(signal: AbortSignal | undefined) {
  return signal === undefined ? {} : { signal };
}
