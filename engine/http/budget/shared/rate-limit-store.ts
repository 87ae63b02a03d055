import type { OutgoingRequest } from '../../../contract/families.ts';
import type { DeclaredLimit, RateLimitStore } from '../../../contract/rate-limit-store.ts';
import type { Log } from '../../../contract/scope.ts';
import { ConnectorError } from '../../../error/connector-error.ts';
import { systemClock } from '../../../time/clock.ts';
import { nodeCrypto } from '../../../util/bytes/node-crypto.ts';
import { createDeclaredLimit } from './declared-limit.ts';
import { openRedis } from './redis.ts';
import { prolongScript, unlockScript } from './scripts.ts';
import { createToldLimit } from './told-limit.ts';

export interface StoreOptions {
  /** While the store is gone, this process may use so much of a limit: more than 0, at most 1. */
  readonly share?: number | undefined;
  /** Milliseconds after which a server that gives no answer counts as gone; 1000 by default. */
  readonly patience?: number | undefined;
  readonly log: Log;
}

/** Milliseconds after which the lock of a process that is gone is free. */
const lockTime = 10_000;
const lockPoll = 200;

/**
 * A Redis server as the place where processes agree on rate limits and locks. While it cannot be reached each process goes
 * on by itself, with its share of a limit and without locks. Throws ConnectorError (config_error) for an address that is
 * none.
 */
export async function openRateLimitStore(
  address: string,
  { share, patience, log }: StoreOptions,
): Promise<RateLimitStore> {
  const redis = await openRedis(address, log, patience);
  const client = nodeCrypto().randomUUID();
  const limits = new Map<string, ReturnType<typeof createToldLimit>>();
  const declaredLimits = new Map<string, DeclaredLimit>();
  return {
    keyOf,
    toldLimit(key) {
      const limit = limits.get(key) ?? createToldLimit({ redis, key, client, share });
      limits.set(key, limit);
      return limit;
    },
    declaredLimit(key, declared) {
      const limit = declaredLimits.get(key) ?? createDeclaredLimit({ redis, key, client, share, declared });
      declaredLimits.set(key, limit);
      return limit;
    },
    async lock(name, { signal, onWait } = {}) {
      const key = `manifold:lock:${name}`;
      const holder = nodeCrypto().randomUUID();
      for (let isFirst = true; ; isFirst = false) {
        const got = await redis.ask((server) => server.set(key, holder, 'PX', lockTime, 'NX'));
        if (got === undefined) return async () => {};
        if (got !== null) break;
        if (isFirst) onWait?.();
        await systemClock.sleep(lockPoll, signal);
      }
      const prolonging = setInterval(
        () => void redis.ask((server) => server.eval(prolongScript, 1, key, holder, lockTime)),
        lockTime / 4,
      ).unref();
      return async () => {
        clearInterval(prolonging);
        await redis.ask((server) => server.eval(unlockScript, 1, key, holder));
      };
    },
    async close() {
      for (const limit of limits.values()) await limit.close();
      await redis.close();
    },
  };
}

const credential = /auth|key|token|secret|cookie/i;

/** A hash with the credentials as its key: it tells nothing of them to who cannot guess them. */
function keyOf({ url, headers }: OutgoingRequest): string {
  const credentials = [...Object.entries(headers), ...url.searchParams]
    .filter(([name]) => credential.test(name))
    .map(([name, value]) => `${name.toLowerCase()}=${value}`)
    .sort();
  return nodeCrypto().createHmac('sha256', credentials.join('\n')).update(url.host).digest('hex');
}

/** "1/4", "0.25" or "25%". Throws ConnectorError (config_error) for anything else. */
export function readShare(text: string): number {
  const [, above, below] = /^\s*(\d+)\s*\/\s*(\d+)\s*$/.exec(text) ?? [];
  const [, percent] = /^\s*(\d+(?:\.\d+)?)\s*%\s*$/.exec(text) ?? [];
  const share =
    above !== undefined
      ? Number(above) / Number(below)
      : percent !== undefined
        ? Number(percent) / 100
        : text.trim() === ''
          ? Number.NaN
          : Number(text);
  if (share > 0 && share <= 1) return share;
  throw new ConnectorError(
    `--rate-limit-share ${JSON.stringify(text)} is no part of a whole. Give 1/4, 0.25 or 25%.`,
    { kind: 'config_error' },
  );
}
