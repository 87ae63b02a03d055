import type { Clock } from '../time/clock.ts';

/** A clock on which waiting costs nothing: to sleep is to move it on. */
export interface VirtualClock extends Clock {
  /** Milliseconds of every wait so far, in the order in which they began. */
  readonly waits: readonly number[];
}

/** `start` in milliseconds since the epoch. */
export function virtualClock(start: number): VirtualClock {
  let current = start;
  const waits: number[] = [];
  return Object.freeze({
    waits,
    now: () => current,
    async sleep(ms: number, signal?: AbortSignal) {
      signal?.throwIfAborted();
      waits.push(ms);
      current += Math.max(0, ms);
    },
  });
}
