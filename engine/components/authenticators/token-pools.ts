import type { QuotaStatusSource, TokenQuota } from '../../contract/families.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { isObject } from '../../util/json/json.ts';
import { parseExpiryDate } from './expiry-date.ts';

/** What is known of one pool of one token. */
export interface Pool {
  remaining: number;
  /** Milliseconds since the epoch. */
  resetsAt: number;
  limit: number;
  /** False when the API says that it counts nothing: the numbers here then mean nothing. */
  readonly isTracked: boolean;
}

export type Pools = ReadonlyMap<TokenQuota, Pool>;

/** Asks the API for all pools of a token. */
export async function fetchPools(
  source: QuotaStatusSource,
  credentials: Readonly<Record<string, string>>,
  quotas: readonly TokenQuota[],
  now: number,
): Promise<Pools> {
  const status = await source.fetch(credentials);
  return new Map(
    quotas.map((quota): [TokenQuota, Pool] => [
      quota,
      status === undefined ? untracked(now) : readPool(status, quota),
    ]),
  );
}

function untracked(now: number): Pool {
  return { remaining: 0, resetsAt: now, limit: 0, isTracked: false };
}

function readPool(status: unknown, quota: TokenQuota): Pool {
  const remaining = count(status, quota.remainingPath, quota);
  const resetsAt = parseExpiryDate(valueAt(status, quota.resetPath, quota));
  if (resetsAt === undefined) throw unreadable(quota.resetPath, quota);
  const limit = quota.limitPath === undefined ? remaining : count(status, quota.limitPath, quota);
  return { remaining, resetsAt, limit, isTracked: true };
}

function count(status: unknown, path: readonly string[], quota: TokenQuota): number {
  const value = Number(valueAt(status, path, quota));
  if (!Number.isFinite(value)) throw unreadable(path, quota);
  return Math.trunc(value);
}

function valueAt(status: unknown, path: readonly string[], quota: TokenQuota): unknown {
  let value = status;
  for (const key of path) {
    if (!isObject(value) || !Object.hasOwn(value, key)) throw unreadable(path, quota);
    value = value[key];
  }
  return value;
}

function unreadable(path: readonly string[], quota: TokenQuota): ConnectorError {
  return new ConnectorError(
    `The quota status has nothing readable at "${path.join('.')}", where the quota "${quota.name}" looks.`,
  );
}
