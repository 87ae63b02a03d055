import type { OutgoingRequest, QuotaStatusSource, TokenQuota } from '../../contract/families.ts';
import type { HttpResponse } from '../../contract/http-response.ts';
import type { Scope } from '../../contract/scope.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { parseExpiryDate } from './expiry-date.ts';
import { headerOf, setHeader } from './set-header.ts';
import { singleFlight } from './single-flight.ts';
import { fetchPools, type Pool, type Pools } from './token-pools.ts';

export interface RotationOptions {
  readonly tokens: readonly string[];
  readonly quotas: readonly TokenQuota[];
  readonly source: QuotaStatusSource;
  readonly header: string;
  /** Word before the token, such as Bearer. */
  readonly authMethod: string;
  readonly maxWaitMs: number;
  readonly reserveFraction: number;
  readonly minReserve: number;
}

const heartbeatMs = 60_000;
const longestThrottleMs = 10_000;
/** A reset time in the past must not cause the quota endpoint to be asked over and over. */
const shortestWaitMs = 5_000;
/** The quota endpoint and response headers may differ by this much on the reset and still mean the same window. */
const resetToleranceMs = 60_000;

/**
 * Hands out tokens by the calls each has left: the same one until its pool is spent, then the next; a wait for the
 * earliest reset when all are spent; small delays when all are close to it. It counts down itself, and learns from
 * responses where a quota names their headers.
 */
export function createTokenRotation(options: RotationOptions, scope: Scope) {
  const { tokens, quotas, header, authMethod } = options;
  const { clock, log, signal } = scope.sync;
  let pools: ReadonlyMap<string, Pools> = new Map();
  let active = 0;
  let hasSaidThrottled = false;
  let hasSaidUnmatched = false;
  let hasSaidUntracked = false;

  const credential = (token: string) => `${authMethod} ${token}`.trim();
  const activeToken = () => tokens[active] ?? '';
  const poolOf = (token: string, quota: TokenQuota): Pool | undefined => pools.get(token)?.get(quota);
  const poolsOf = (quota: TokenQuota) => tokens.flatMap((token) => poolOf(token, quota) ?? []);
  const rotate = () => {
    active = (active + 1) % tokens.length;
  };
  const isExhausted = (quota: TokenQuota) =>
    poolsOf(quota).every((pool) => pool.isTracked && pool.remaining <= 0);

  const seed = singleFlight(async () => {
    const fresh = new Map<string, Pools>();
    for (const token of tokens) {
      fresh.set(
        token,
        await fetchPools(options.source, { [header]: credential(token) }, quotas, clock.now()),
      );
    }
    pools = fresh;
    hasSaidThrottled = false;
    sayUntracked();
  });

  function sayUntracked(): void {
    const untracked = [...pools.values()].filter((known) =>
      [...known.values()].some((pool) => !pool.isTracked),
    );
    if (hasSaidUntracked || untracked.length === 0) return;
    hasSaidUntracked = true;
    log(
      'INFO',
      `The API counts no calls for ${untracked.length} of ${tokens.length} tokens; they are used in turn.`,
    );
  }

  function quotaOf(request: OutgoingRequest): TokenQuota {
    const matched = quotas.find((quota) => !quota.isDefault && quota.matches(request));
    const [first] = quotas;
    const chosen = matched ?? quotas.find((quota) => quota.isDefault) ?? first;
    if (chosen === undefined) throw new ConnectorError('No quota is defined.', { kind: 'config_error' });
    if (matched === undefined && !chosen.isDefault && !hasSaidUnmatched) {
      hasSaidUnmatched = true;
      log(
        'WARN',
        `${request.url} matches no quota, so "${chosen.name}" is used. Add a quota without matchers for such requests.`,
      );
    }
    return chosen;
  }

  /** Takes one call from the quota and returns the token that pays for it. */
  async function acquire(quota: TokenQuota): Promise<string> {
    let deadline: number | undefined;
    for (;;) {
      const token = activeToken();
      const pool = poolOf(token, quota);
      if (pool === undefined || !pool.isTracked) {
        rotate();
        return token;
      }
      if (pool.remaining > 0) {
        pool.remaining--;
        await throttle(quota, pool);
        return token;
      }
      if (!isExhausted(quota)) {
        rotate();
        continue;
      }
      deadline ??= clock.now() + options.maxWaitMs;
      await waitForReset(quota, deadline);
      if (isExhausted(quota)) await seed();
    }
  }

  /** When all tokens are nearly spent, the last calls are spread over the time until the reset. */
  async function throttle(quota: TokenQuota, pool: Pool): Promise<void> {
    const all = poolsOf(quota);
    const reserve = ({ limit }: Pool) => Math.max(options.minReserve, limit * options.reserveFraction);
    if (all.some((item) => !item.isTracked || item.remaining > reserve(item))) return;
    const left = all.reduce((sum, item) => sum + Math.max(item.remaining, 0), 0);
    const untilReset = pool.resetsAt - clock.now();
    if (left <= 0 || untilReset <= 0) return;
    const delay = Math.min(untilReset / left, longestThrottleMs);
    if (delay < 100) return;
    if (!hasSaidThrottled) {
      hasSaidThrottled = true;
      log(
        'INFO',
        `Few calls are left in the quota "${quota.name}": ${(delay / 1000).toFixed(1)} s between requests.`,
      );
    }
    await clock.sleep(delay, signal);
  }

  async function waitForReset(quota: TokenQuota, deadline: number): Promise<void> {
    const left = deadline - clock.now();
    const untilReset = Math.min(...poolsOf(quota).map((pool) => pool.resetsAt)) - clock.now();
    if (left <= 0 || untilReset >= left) {
      throw new ConnectorError(
        'All tokens have reached their rate limit, and the next reset is too far away.',
        {
          kind: 'transient_error',
          internalMessage: `quota "${quota.name}": the next reset is in ${Math.round(untilReset / 1000)} s`,
        },
      );
    }
    let wait = Math.min(Math.max(untilReset, shortestWaitMs), left);
    while (wait > 0) {
      log(
        'INFO',
        `All tokens are at the limit of the quota "${quota.name}": ${Math.ceil(wait / 1000)} s to wait.`,
      );
      const part = Math.min(wait, heartbeatMs);
      await clock.sleep(part, signal);
      wait -= part;
    }
  }

  function senderOf(request: OutgoingRequest): string | undefined {
    const sent = headerOf(request, header);
    return tokens.find((token) => credential(token) === sent);
  }

  return Object.freeze({
    async authenticate(request: OutgoingRequest): Promise<void> {
      if (pools.size === 0) await seed();
      setHeader(request, header, credential(await acquire(quotaOf(request))));
    },

    /** Counts for the token that was sent, which may no longer be the active one. */
    observe(response: HttpResponse, request: OutgoingRequest): void {
      const quota = quotaOf(request);
      const token = senderOf(request);
      const pool = token === undefined ? undefined : poolOf(token, quota);
      if (pool?.isTracked) reconcile(pool, quota, response);
    },

    hasAlternative(rejected: OutgoingRequest): boolean {
      const quota = quotaOf(rejected);
      const sender = senderOf(rejected);
      const spent = sender === undefined ? undefined : poolOf(sender, quota);
      if (spent === undefined || !spent.isTracked || spent.remaining > 0) return false;
      return tokens.some((token) => token !== sender && (poolOf(token, quota)?.remaining ?? 0) > 0);
    },
  });
}

/** Believes the API: everything in a new window, and only what lowers the count within the same one. */
function reconcile(pool: Pool, quota: TokenQuota, response: HttpResponse): void {
  const isExhaustion = quota.exhaustionStatusCodes.includes(response.status);
  const remaining = headerNumber(response, quota.remainingHeader) ?? (isExhaustion ? 0 : undefined);
  const limit = headerNumber(response, quota.limitHeader);
  const reset = quota.resetHeader === undefined ? undefined : response.headers.get(quota.resetHeader);
  const resetsAt = reset === undefined ? undefined : parseExpiryDate(reset);
  if (limit !== undefined && limit > 0 && (resetsAt === undefined || resetsAt >= pool.resetsAt)) {
    pool.limit = limit;
  }
  if (resetsAt !== undefined && resetsAt > pool.resetsAt) {
    pool.resetsAt = resetsAt;
    pool.remaining = remaining ?? pool.limit;
    return;
  }
  if (remaining === undefined) return;
  // The count of a past window says nothing about this one, unless the API refuses calls because of it.
  const isCurrent = resetsAt === undefined || resetsAt >= pool.resetsAt - resetToleranceMs;
  if (isCurrent || (isExhaustion && remaining <= 0)) pool.remaining = Math.min(pool.remaining, remaining);
}

function headerNumber(response: HttpResponse, name: string | undefined): number | undefined {
  const text = name === undefined ? undefined : response.headers.get(name);
  return text !== undefined && /^\s*[+-]?\d+\s*$/.test(text) ? Number(text) : undefined;
}
