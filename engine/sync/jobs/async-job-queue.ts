import type { Slice } from '../../contract/slice.ts';
import { ConsumerGoneError, createChannel } from '../../util/flow/channel.ts';
import { createSemaphore, type Semaphore } from '../../util/flow/semaphore.ts';
import {
  isConfigError,
  type JobApi,
  type JobResult,
  type JobSettings,
  runJob,
  streamFailed,
} from './async-job.ts';

/** The jobs of one stream. */
export interface JobQueue {
  /**
   * Runs the jobs of the slices and passes each slice on when its job is over, in the order in which they end. Slices
   * whose job was skipped are left out; a slice whose job failed is passed on, and `result` throws its error.
   */
  run(slices: AsyncIterable<Slice>, signal?: AbortSignal): AsyncGenerator<Slice>;
  /** The result of a slice's job, which is run now if `run` has not seen the slice. */
  result(slice: Slice, signal?: AbortSignal): Promise<JobResult>;
}

export interface JobQueueOptions {
  readonly api: JobApi;
  readonly settings: JobSettings;
  /** Shared by all streams: the API runs only a limited number of jobs at once. */
  readonly places: Semaphore;
  readonly limit: number;
}

const never = new AbortController().signal;

export function createJobQueue({ api, settings, places, limit }: JobQueueOptions): JobQueue {
  const results = new WeakMap<Slice, () => JobResult>();

  async function* run(slices: AsyncIterable<Slice>, signal: AbortSignal = never): AsyncGenerator<Slice> {
    const stop = new AbortController();
    const stopped = AbortSignal.any([stop.signal, signal]);
    const channel = createChannel<Slice>(1);
    // Jobs do not run far ahead of the reading of their slices: their results may expire at the API.
    const ahead = createSemaphore(limit);
    const running = new Set<Promise<void>>();

    async function runOne(slice: Slice): Promise<void> {
      const result = await runJob(slice, api, settings, stopped).then(
        (value) => () => value,
        (error: unknown) => {
          if (stopped.aborted || isConfigError(error)) throw error;
          return (): JobResult => {
            throw error;
          };
        },
      );
      results.set(slice, result);
    }

    async function start(slice: Slice): Promise<void> {
      const done = await ahead.acquire();
      const leave = await places.acquire();
      if (stopped.aborted) {
        leave();
        done();
        return;
      }
      const task = runOne(slice)
        .finally(leave)
        .then(() => (isSkipped(results.get(slice)) ? undefined : channel.push(slice)))
        .catch((error: unknown) => {
          if (error instanceof ConsumerGoneError) return;
          stop.abort(streamFailed);
          channel.fail(error);
        })
        .finally(() => {
          done();
          running.delete(task);
        });
      running.add(task);
    }

    async function pump(): Promise<void> {
      for await (const slice of slices) {
        if (stopped.aborted) break;
        await start(slice);
      }
      await Promise.all(running);
    }

    pump().then(channel.end, async (error: unknown) => {
      await Promise.all(running);
      channel.fail(error);
    });
    try {
      yield* channel;
    } finally {
      stop.abort();
      await Promise.all(running);
    }
  }

  return Object.freeze({
    run,
    async result(slice: Slice, signal: AbortSignal = never) {
      const known = results.get(slice);
      results.delete(slice);
      if (known !== undefined) return known();
      const leave = await places.acquire();
      try {
        return await runJob(slice, api, settings, signal);
      } finally {
        leave();
      }
    },
  });
}

function isSkipped(result: (() => JobResult) | undefined): boolean {
  try {
    return result?.().status === 'skipped';
  } catch {
    return false;
  }
}
