import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../engine/time/clock.ts';

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/**
 * A clock on which things take time side by side, as they really would: it stands still as long as anybody has something
 * to do, and then moves on to the first who wakes.
 */
export function eventClock(start = Date.UTC(2025, 5, 15, 12)): Clock {
  const sleepers: Sleeper[] = [];
  let now = start;
  let isMoving = false;

  async function move(): Promise<void> {
    isMoving = true;
    while (sleepers.length > 0) {
      for (let turn = 0; turn < 3; turn++) await setImmediate();
      const first = sleepers[0];
      if (first === undefined) continue;
      now = Math.max(now, first.until);
      while (sleepers[0] !== undefined && sleepers[0].until <= now) sleepers.shift()?.wake();
    }
    isMoving = false;
  }

  function add(sleeper: Sleeper): void {
    let place = sleepers.length;
    while (place > 0 && (sleepers[place - 1]?.until ?? 0) > sleeper.until) place--;
    sleepers.splice(place, 0, sleeper);
    if (!isMoving) void move();
  }

  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise<void>((resolve, reject) => {
        if (signal?.aborted === true) reject(signal.reason);
        const sleeper = { until: now + Math.max(0, ms), wake: resolve };
        signal?.addEventListener(
          'abort',
          () => {
            const place = sleepers.indexOf(sleeper);
            if (place >= 0) sleepers.splice(place, 1);
            reject(signal.reason);
          },
          { once: true },
        );
        add(sleeper);
      }),
  };
}
