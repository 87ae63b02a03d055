import type { Clock } from '../../time/clock.ts';

/** What decides how long to wait: a strategy of the manifest, the rule for rate limits, or the default. */
export type Wait =
  | { readonly by: 'strategy'; readonly seconds: number }
  | { readonly by: 'rate limit' }
  | { readonly by: 'default' };

/** An attempt ends with a value, or with the wish to wait and try again. */
export type Attempt<T> = { readonly value: T } | { readonly wait: Wait; readonly failure: unknown };

export interface RetryLimits {
  /** When the first attempt began (ms since the epoch). */
  readonly begun: number;
  readonly maxTries: number;
  /** Seconds since the first try, for waits by strategies and by default. */
  readonly maxTime: number;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  readonly onWait?: (seconds: number, failure: unknown, by: Wait['by']) => Promise<void> | void;
}

/** Seconds. Many retries would otherwise end in waits of days. */
const longestDefaultWait = 600;

/**
 * After a first attempt runs `attempt` until it yields a value or the tries are used up; then the result is `wait` and
 * `failure` of the last attempt. The three kinds of waits are counted separately and nested, like the decorators of the Python CDK: each
 * default retry restarts the count of rate limits, and each of those restarts the count of strategies.
 */
export async function retry<T>(
  first: Attempt<T>,
  attempt: () => Promise<Attempt<T>>,
  limits: RetryLimits,
): Promise<Attempt<T>> {
  const { begun, maxTries, maxTime, clock, signal, onWait } = limits;
  let isFirst = true;

  async function layer(
    by: Wait['by'],
    inner: () => Promise<Attempt<T>>,
    secondsBefore: (retry: number, wait: Wait) => number,
    timeLimit = Number.POSITIVE_INFINITY,
  ): Promise<Attempt<T>> {
    const start = isFirst ? begun : clock.now();
    for (let tries = 1; ; tries++) {
      const elapsed = (clock.now() - start) / 1000;
      const result = await inner();
      if ('value' in result || result.wait.by !== by) return result;
      if (tries >= maxTries || elapsed >= timeLimit) return result;
      const seconds = secondsBefore(tries, result.wait);
      const capped = by === 'strategy' ? seconds : Math.min(seconds, timeLimit - elapsed);
      await onWait?.(capped, result.failure, by);
      await clock.sleep(capped * 1000, signal);
    }
  }

  const exponential = (retry: number) => Math.min(2 ** (retry - 1), longestDefaultWait);
  // One second more than the API asks for, because its headers cut off fractions.
  const asAsked = (_retry: number, wait: Wait) => (wait.by === 'strategy' ? wait.seconds + 1 : 0);
  async function next(): Promise<Attempt<T>> {
    if (!isFirst) return attempt();
    isFirst = false;
    return first;
  }
  const byStrategy = () => layer('strategy', next, asAsked, maxTime);
  const byRateLimit = () => layer('rate limit', byStrategy, exponential);
  return layer('default', byRateLimit, exponential, maxTime);
}
