import type { Manifest } from '../connector/load-manifest.ts';
import type { Exchange } from '../contract/scope.ts';
import { momentOf, waitOf } from '../http/send/moment.ts';
import { fieldOf, type ManifestNode, toValue } from '../manifest/node.ts';
import { parseDuration } from '../time/duration.ts';
import { PyTimedelta } from '../time/timedelta.ts';
import { tryTo } from '../util/flow/try-to.ts';
import { isObject } from '../util/json/json.ts';

/** How many calls an API allows in how many seconds, and how that is known. */
export interface Rate {
  readonly calls: number;
  readonly seconds: number;
  readonly by: 'api_budget' | 'headers';
}

/** The tightest limit of the manifest's budget, or else what the answers say; undefined when neither says anything. */
export function rateOf({ root }: Manifest, exchanges: readonly Exchange[], now: number): Rate | undefined {
  const rates = [...budgetRates(fieldOf(root, 'api_budget'))];
  const slowest = rates.sort((a, b) => a.calls / a.seconds - b.calls / b.seconds)[0];
  return slowest ?? headerRate(exchanges, now);
}

function* budgetRates(budget: ManifestNode | undefined): Generator<Rate> {
  const value = budget && toValue(budget);
  const policies: unknown = isObject(value) ? value.policies : undefined;
  for (const policy of Array.isArray(policies) ? policies.filter(isObject) : []) {
    const rates: readonly unknown[] = Array.isArray(policy.rates)
      ? policy.rates
      : [{ limit: policy.call_limit, interval: policy.period }];
    for (const rate of rates.filter(isObject)) {
      const interval = tryTo(() => parseDuration(String(rate.interval)));
      const calls = Number(rate.limit);
      if (interval instanceof PyTimedelta && calls > 0)
        yield { calls, seconds: interval.totalSeconds(), by: 'api_budget' };
    }
  }
}

const limitHeaders = ['x-ratelimit-limit', 'ratelimit-limit', 'x-rate-limit-limit'];
const resetHeaders = ['x-ratelimit-reset', 'ratelimit-reset', 'x-rate-limit-reset'];
/** Lengths that windows have, in seconds. */
const usual = [1, 10, 60, 300, 900, 3600, 86_400];

/** Shorter windows than this are believed only of APIs that were seen to begin another one. Seconds. */
const shortest = 10;

/** The length of the window is not told; it is the least usual one that reaches as far as the resets that were seen. */
function headerRate(exchanges: readonly Exchange[], now: number): Rate | undefined {
  let calls: number | undefined;
  let longest = 0;
  const ends = new Set<number>();
  for (const { response } of exchanges) {
    const { headers } = response;
    const limit = Number(first(headers, limitHeaders)?.split(/[,;]/)[0]);
    if (limit > 0) calls = Math.min(calls ?? limit, limit);
    const reset = first(headers, resetHeaders);
    const date = headers.get('date');
    const at = (date === undefined ? undefined : momentOf(date)) ?? now;
    const left = reset === undefined ? undefined : waitOf(reset, at);
    longest = Math.max(longest, left ?? 0);
    if (left !== undefined) ends.add(Math.round(at / 1000 + left));
  }
  // Clocks are a second or two apart.
  const seconds = usual.find((length) => longest <= length + 1.5 && (length >= shortest || ends.size > 2));
  return calls === undefined || longest === 0 || seconds === undefined
    ? undefined
    : { calls, seconds, by: 'headers' };
}

function first(
  headers: { get(name: string): string | undefined },
  names: readonly string[],
): string | undefined {
  return names.map((name) => headers.get(name)).find((value) => value !== undefined);
}

/** `166 per 10 s` */
export function describeRate({ calls, seconds }: Rate): string {
  return `${calls} per ${describeSeconds(seconds)}`;
}

/** `40 s`, `12 min`, `3 h`, `2 days`: as short as it can be said. */
export function describeSeconds(seconds: number): string {
  if (seconds < 90) return `${seconds < 10 ? Math.round(seconds * 10) / 10 : Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}
