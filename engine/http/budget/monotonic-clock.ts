import type { Clock } from '../../time/clock.ts';

/**
 * A clock that has always moved on by at least the length of a sleep: system clocks are set back, and timers fire
 * early.
 */
export function createMonotonicClock(clock: Clock): Clock {
  let behind = 0;
  const now = () => clock.now() + behind;
  return Object.freeze({
    now,
    async sleep(ms: number, signal?: AbortSignal) {
      const end = now() + ms;
      await clock.sleep(ms, signal);
      behind += Math.max(0, end - now());
    },
  });
}
