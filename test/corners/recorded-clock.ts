import { setTimeout as timeout } from 'node:timers/promises';
import { type Clock, systemClock } from '../../engine/time/clock.ts';

/** Waits from this length on are shortened and told, in milliseconds. */
const shortest = 100;

/**
 * The clock under which a case was recorded: `real`; `frozen`, which stands still; or `advance`, which stands at the end
 * of the longest wait that is over. Waits are short, and a longer one ends after a shorter one that began with it.
 */
export function recordedClock(mode: string, start: number, onWait: (ms: number) => void): Clock {
  if (mode === 'real') return systemClock;
  let now = start;
  return Object.freeze({
    now: () => now,
    async sleep(ms: number, signal?: AbortSignal) {
      const began = now;
      await timeout(shortened(ms), undefined, signal && { signal });
      if (ms < shortest) return;
      if (mode === 'advance' && ms >= 1000) now = Math.max(now, began + ms);
      onWait(ms);
    },
  });
}

/** 2 ms for a second, 60 for half a minute, and hardly more for hours. */
function shortened(ms: number): number {
  return ms < 30_000 ? ms / 500 : 60 + 10 * Math.log2(ms / 30_000);
}
