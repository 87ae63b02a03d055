import { type Clock, systemClock } from '../time/clock.ts';

/** A clock that only waits move on: what is read by it can be read again by a clock that starts at the same moment. */
export function steadyClock(start: number, clock: Clock = systemClock): Clock {
  let current = start;
  return Object.freeze({
    now: () => current,
    async sleep(ms: number, signal?: AbortSignal) {
      await clock.sleep(ms, signal);
      current += Math.max(0, ms);
    },
  });
}
