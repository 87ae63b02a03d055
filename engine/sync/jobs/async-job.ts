import type { HttpResponse } from '../../contract/http-response.ts';
import type { Log } from '../../contract/scope.ts';
import type { Slice } from '../../contract/slice.ts';
import { ConnectorError, isConnectorError } from '../../error/connector-error.ts';
import type { Clock } from '../../time/clock.ts';
import type { JsonObject } from '../../util/json/json.ts';
import { messageOf } from '../../util/text/message-of.ts';

/** What the API's own words for the state of a job mean. */
export type JobStatus = 'running' | 'completed' | 'failed' | 'timeout' | 'skipped';

/** A job that the API has accepted. */
export interface Job {
  readonly slice: Slice;
  /** The answer to its creation, as templates see it. */
  readonly creation: JsonObject;
}

/** How to make the API create a job, and how to ask about it. */
export interface JobApi {
  start(slice: Slice, signal: AbortSignal): Promise<Job>;
  poll(
    job: Job,
    signal: AbortSignal,
  ): Promise<{ readonly status: JobStatus; readonly response: HttpResponse }>;
  /** Tells the API that the job is no longer wanted. */
  abort(job: Job): Promise<void>;
}

export interface JobSettings {
  readonly stream: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Milliseconds after which a job is given up. */
  readonly timeout: number;
  /** Milliseconds before a job that the API calls failed is created again; not for creations that failed. */
  readonly failedRetryWait: number | undefined;
}

/** The result of a slice's job; `response` is the last answer about it. */
export type JobResult =
  | { readonly status: 'completed'; readonly job: Job; readonly response: HttpResponse }
  | { readonly status: 'skipped' };

/** Milliseconds between two polls of a job, and before a failed one is created again. */
const pollInterval = 5000;
const maxAttempts = 3;

/** The API calls a state by a name that the manifest does not list. Polling again would give the same. */
export class UnknownStatusError extends ConnectorError {}

/** The reason of the signal when the stream has failed, so that jobs still running are of no use. */
export const streamFailed = Symbol('the stream has failed');

/**
 * Creates the job of a slice and waits until the API has completed it. A job that fails, times out or cannot be created
 * is created again, three times in all. After a config error nothing is tried again.
 */
export async function runJob(
  slice: Slice,
  api: JobApi,
  settings: JobSettings,
  signal: AbortSignal,
): Promise<JobResult> {
  const { clock, log, stream } = settings;
  for (let attempt = 1; ; attempt++) {
    let wait = pollInterval;
    let problem: string;
    let cause: unknown;
    const job = await api.start(slice, signal).catch((error: unknown) => {
      if (signal.aborted || isConfigError(error)) throw error;
      cause = error;
      return undefined;
    });
    if (job === undefined) {
      problem = `it could not be created: ${messageOf(cause)}`;
    } else {
      const result = await follow(job, api, settings, signal);
      if (result.status === 'completed') return { ...result, job };
      if (result.status === 'skipped') return { status: 'skipped' };
      if (result.status === 'timeout') await abort(job, api, settings);
      else wait = Math.max(wait, settings.failedRetryWait ?? 0);
      problem =
        result.status === 'timeout'
          ? `it took longer than ${settings.timeout / 60_000} minutes`
          : 'the API says that it failed';
    }
    if (attempt === maxAttempts) {
      throw new ConnectorError(
        `An asynchronous job of stream "${stream}" was tried ${maxAttempts} times. The last time ${problem}`,
        { cause },
      );
    }
    log('WARN', `An asynchronous job of stream "${stream}" will be tried again: ${problem}`);
    await clock.sleep(wait, signal);
  }
}

type Followed =
  | { readonly status: 'completed'; readonly response: HttpResponse }
  | { readonly status: 'skipped' | 'failed' | 'timeout' };

/** Polls a job until it is no longer running. A job that is completed too late counts as timed out. */
async function follow(job: Job, api: JobApi, settings: JobSettings, signal: AbortSignal): Promise<Followed> {
  const { clock } = settings;
  const deadline = clock.now() + settings.timeout;
  let unanswered = 0;
  for (;;) {
    if (clock.now() > deadline) return { status: 'timeout' };
    try {
      const { status, response } = await api.poll(job, signal);
      unanswered = 0;
      if (clock.now() > deadline) return { status: 'timeout' };
      if (status === 'completed') return { status, response };
      if (status !== 'running') return { status };
    } catch (error) {
      if (signal.aborted) {
        if (signal.reason === streamFailed) await abort(job, api, settings);
        throw error;
      }
      if (error instanceof UnknownStatusError) throw error;
      unanswered++;
      if (isConfigError(error) || unanswered === maxAttempts) {
        await abort(job, api, settings);
        throw error;
      }
      settings.log('WARN', `The state of a job of stream "${settings.stream}" is unknown: ${String(error)}`);
    }
    await clock.sleep(pollInterval, signal).catch(async (reason: unknown) => {
      if (signal.reason === streamFailed) await abort(job, api, settings);
      throw reason;
    });
  }
}

/** If the API cannot abort a job, it only keeps it longer than needed. */
async function abort(job: Job, api: JobApi, { log, stream }: JobSettings): Promise<void> {
  await api.abort(job).catch((error: unknown) => {
    log('WARN', `A job of stream "${stream}" could not be aborted: ${String(error)}`);
  });
}

export function isConfigError(error: unknown): boolean {
  return isConnectorError(error) && error.kind === 'config_error';
}
