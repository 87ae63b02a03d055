import type { Clock } from '../time/clock.ts';

/** A clock that has moved on after a sleep by at least its length: system clocks are set back, timers fire early. */
export function createSteadyTime(clock: Clock): Clock {
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
