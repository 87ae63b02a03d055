import Bottleneck from 'bottleneck';
import { ConnectorError } from '../error/connector-error.ts';

/** There is no place, and no more may wait for one. */
export class BusyError extends Error {
  override readonly name = 'BusyError';
}

export interface PlacesOptions {
  /** How many are worked on at once. */
  readonly concurrency: number;
  /** How many may wait for a place. */
  readonly maxWaiting: number;
  /** Milliseconds after which one ends in any case. */
  readonly timeLimit: number;
  /** Milliseconds after which one must give way to those that wait. */
  readonly fairShare: number;
}

export interface Places {
  /**
   * Runs the work as soon as there is a place for it. Its signal aborts when its time is up; its place stays taken until
   * the work has really ended. Throws BusyError when too many are waiting.
   */
  run<T>(work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T>;
}

interface Running {
  readonly startedAt: number;
  readonly stop: AbortController;
}

/** A few requests at once. One that waits for a silent API keeps its place only while nobody else needs it. */
export function createPlaces({ concurrency, maxWaiting, timeLimit, fairShare }: PlacesOptions): Places {
  const limiter = new Bottleneck({
    maxConcurrent: concurrency,
    highWater: maxWaiting,
    strategy: Bottleneck.strategy.OVERFLOW,
  });
  // In the order in which they started.
  const running = new Set<Running>();
  let giveWay: NodeJS.Timeout | undefined;

  function letOthersIn(): void {
    clearTimeout(giveWay);
    const [oldest] = running;
    if (limiter.queued() === 0 || oldest === undefined) return;
    const wait = oldest.startedAt + fairShare - performance.now();
    if (wait > 0) {
      giveWay = setTimeout(letOthersIn, wait);
      giveWay.unref();
      return;
    }
    running.delete(oldest);
    oldest.stop.abort(tooLong(`It took longer than ${fairShare / 1000} seconds while others were waiting.`));
    letOthersIn();
  }

  // It is told before it stands in the queue.
  limiter.on('queued', () => setImmediate(letOthersIn));

  return Object.freeze({
    async run<T>(work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
      const stop = new AbortController();
      const ending = AbortSignal.any([signal, stop.signal]);
      const placed = limiter.schedule(async () => {
        ending.throwIfAborted();
        const own: Running = { startedAt: performance.now(), stop };
        const limit = setTimeout(
          () => stop.abort(tooLong(`It took longer than ${timeLimit / 1000} seconds.`)),
          timeLimit,
        );
        limit.unref();
        running.add(own);
        letOthersIn();
        try {
          return await work(ending);
        } finally {
          clearTimeout(limit);
          running.delete(own);
        }
      });
      const abandoned = abortOf(ending);
      try {
        return await Promise.race([placed, abandoned.told]);
      } catch (error) {
        if (error instanceof Bottleneck.BottleneckError) throw new BusyError('The server is busy.');
        throw error;
      } finally {
        abandoned.forget();
      }
    },
  });
}

interface AbortOf {
  /** Rejects when the signal aborts, even where the work itself ignores it. */
  readonly told: Promise<never>;
  /** Node keeps a signal made of others, with all that its listeners hold, for as long as it has one. */
  forget(): void;
}

function abortOf(signal: AbortSignal): AbortOf {
  let tell = () => {};
  const told = new Promise<never>((_, reject) => {
    tell = () => reject(signal.reason);
  });
  if (signal.aborted) tell();
  else signal.addEventListener('abort', tell, { once: true });
  return { told, forget: () => signal.removeEventListener('abort', tell) };
}

function tooLong(message: string): ConnectorError {
  return new ConnectorError(message, { kind: 'transient_error' });
}
