import type { Clock } from './clock.ts';

/**
 * A clock on which waiting costs nothing: when all that can be done at a moment has been done, it moves on to the end of
 * the wait that ends first. Waits that go on side by side take as long as the longest of them.
 */
export interface VirtualClock extends Clock {
  /** Milliseconds of every wait so far, in the order in which they began. */
  readonly waits: readonly number[];
}

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** `start` in milliseconds since the epoch. */
export function virtualClock(start: number): VirtualClock {
  let current = start;
  const waits: number[] = [];
  /** The one that ends first is the last. */
  const sleepers: Sleeper[] = [];
  let isMoving = false;

  function moveOn(): void {
    const next = sleepers.pop();
    if (next !== undefined) {
      current = Math.max(current, next.until);
      next.wake();
    }
    isMoving = sleepers.length > 0;
    if (isMoving) setImmediate(moveOn);
  }

  return Object.freeze({
    waits,
    now: () => current,
    sleep(ms: number, signal?: AbortSignal) {
      return new Promise<void>((resolve, reject) => {
        signal?.throwIfAborted();
        waits.push(ms);
        const until = current + Math.max(0, ms);
        const wake = () => (signal?.aborted === true ? reject(signal.reason) : resolve());
        const index = sleepers.findIndex((each) => each.until <= until);
        sleepers.splice(index === -1 ? sleepers.length : index, 0, { until, wake });
        if (isMoving) return;
        isMoving = true;
        setImmediate(moveOn);
      });
    },
  });
}
