import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../../engine/time/clock.ts';

export interface VirtualClock extends Clock {
  advance(ms: number): void;
}

/** A clock for a whole sync: whoever sleeps wakes at once, and it is then as late as if they had slept side by side. */
export function virtualClock(start = Date.parse('2025-06-15T12:00:00Z')): VirtualClock {
  let current = start;
  return {
    now: () => current,
    advance(ms) {
      current += ms;
    },
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      const until = current + ms;
      await setImmediate();
      current = Math.max(current, until);
    },
  };
}
