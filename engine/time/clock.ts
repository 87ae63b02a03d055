import { setTimeout as timeout } from 'node:timers/promises';

/** The one source of time: every wait and every "now" of the engine goes through it, so tests replace it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Node fires longer timers at once, so long waits are cut into pieces of this length. */
const longestTimer = 2 ** 31 - 1;

export const systemClock: Clock = Object.freeze({
  now: () => Date.now(),
  async sleep(ms: number, signal?: AbortSignal) {
    for (let left = ms; left > 0; left -= longestTimer) {
      await timeout(Math.min(left, longestTimer), undefined, signal && { signal });
    }
  },
});
