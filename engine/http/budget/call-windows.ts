import type { CallRate } from '../../contract/rate-limit-store.ts';
import type { Clock } from '../../time/clock.ts';
import { createCallLog } from './call-log.ts';
import { createMonotonicClock } from './monotonic-clock.ts';
import { createSerialQueue } from './serial-queue.ts';

/**
 * How many calls a window of time has left. Not built on bottleneck, whose reservoirs and timers run on the process's
 * own clock: these waits must use the injected clock, windows must follow what the API's headers say, and a call may
 * weigh more than one.
 */
export interface CallWindow {
  /** Resolves when `weight` calls may be made; callers are served in their order. */
  acquire(weight: number, signal?: AbortSignal): Promise<void>;
  update(availableCalls: number | undefined, resetsAt: number | undefined): void;
}

export interface FixedWindowSettings {
  readonly limit: number;
  /** Milliseconds. */
  readonly period: number;
  /** Milliseconds since the epoch. */
  readonly resetsAt: number;
  readonly clock: Clock;
}

/** A number of calls until a moment at which all of them are available again. */
export function createFixedWindow({ limit, period, resetsAt, clock }: FixedWindowSettings): CallWindow {
  const inTurn = createSerialQueue();
  const time = createMonotonicClock(clock);
  let nextReset = resetsAt;
  let used = 0;

  function renew(): void {
    if (time.now() <= nextReset) return;
    nextReset += period;
    used = 0;
  }

  return Object.freeze({
    acquire: (weight: number, signal?: AbortSignal) =>
      inTurn(async () => {
        for (renew(); used + weight > limit; renew()) {
          // One millisecond past the reset: at the moment of the reset the window is still the old one.
          await time.sleep(Math.max(1, nextReset - time.now() + 1), signal);
        }
        used += weight;
      }),
    update(availableCalls: number | undefined, reset: number | undefined) {
      renew();
      // Only downwards: a manifest may allow itself less than the API would.
      if (availableCalls !== undefined && availableCalls < limit - used) used = limit - availableCalls;
      if (reset !== undefined) nextReset = reset;
    },
  });
}

/** At most a number of calls in any interval of each given length. */
export function createMovingWindow(rates: readonly CallRate[], clock: Clock): CallWindow {
  const inTurn = createSerialQueue();
  const time = createMonotonicClock(clock);
  const { timeUntilFree: timeUntil, callsSince, add } = createCallLog(rates);
  const timeUntilFree = (weight: number, now: number) => timeUntil(weight, now, rates);

  return Object.freeze({
    acquire: (weight: number, signal?: AbortSignal) =>
      inTurn(async () => {
        for (
          let wait = timeUntilFree(weight, time.now());
          wait > 0;
          wait = timeUntilFree(weight, time.now())
        ) {
          await time.sleep(wait, signal);
        }
        add(weight, time.now());
      }),
    update(availableCalls: number | undefined, resetsAt: number | undefined) {
      // An empty budget means as much as that its calls had just been made; other numbers cannot be placed in time.
      if (availableCalls !== 0 || resetsAt !== undefined) return;
      const now = time.now();
      add(
        Math.max(0, Math.min(...rates.map(({ limit, interval }) => limit - callsSince(now - interval)))),
        now,
      );
    },
  });
}
