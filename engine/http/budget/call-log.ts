import type { CallRate } from '../../contract/rate-limit-store.ts';

/** When calls were made, as far back as some rate counts them. All times are milliseconds of one clock. */
export interface CallLog {
  /** Milliseconds until each of these rates has room for `weight` more calls; 0 when they have. */
  timeUntilFree(weight: number, now: number, rates: readonly CallRate[]): number;
  callsSince(start: number): number;
  /** The oldest first. */
  times(now: number): readonly number[];
  add(count: number, now: number): void;
}

/** `rates` have the longest interval that will be asked for. */
export function createCallLog(rates: readonly CallRate[]): CallLog {
  const longest = Math.max(...rates.map(({ interval }) => interval));
  let calls: number[] = [];
  const forget = (now: number): void => {
    calls = calls.slice(firstSince(calls, now - longest));
  };
  const callsSince = (start: number) => calls.length - firstSince(calls, start);
  return {
    timeUntilFree(weight, now, limits) {
      let wait = 0;
      for (const { limit, interval } of limits) {
        const excess = callsSince(now - interval) + weight - limit;
        if (excess <= 0) continue;
        const leaving = calls[firstSince(calls, now - interval) + excess - 1] ?? now;
        wait = Math.max(wait, leaving + interval - now + 1);
      }
      return wait;
    },
    callsSince,
    times(now) {
      forget(now);
      return calls;
    },
    add(count, now) {
      forget(now);
      for (let i = 0; i < count; i++) calls.push(now);
    },
  };
}

/** Index of the first call at or after `time`. */
function firstSince(calls: readonly number[], time: number): number {
  let low = 0;
  let high = calls.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((calls[middle] as number) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
