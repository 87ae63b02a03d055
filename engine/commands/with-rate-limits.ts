import type { RateLimitStore } from '../contract/rate-limit-store.ts';
import type { Log } from '../contract/scope.ts';
import type { CommandOptions, Environment } from './environment.ts';

type Named = Pick<CommandOptions, 'rateLimitStore' | 'rateLimitShare'>;

/**
 * Does work with the store that flags or the environment name, and lets go of it afterwards; without one where none is
 * named. Throws ConnectorError (config_error).
 */
export async function withRateLimits<T>(
  { rateLimitStore, rateLimitShare }: Named,
  { env }: Pick<Environment, 'env'>,
  log: Log,
  work: (store: RateLimitStore | undefined) => Promise<T>,
): Promise<T> {
  const address = rateLimitStore ?? env.MANIFOLD_RATE_LIMIT_STORE;
  if (address === undefined || address === '') return work(undefined);
  const { openRateLimitStore, readShare } = await import('../http/budget/shared/rate-limit-store.ts');
  const share = rateLimitShare ?? env.MANIFOLD_RATE_LIMIT_SHARE;
  const store = await openRateLimitStore(address, {
    share: share === undefined || share === '' ? undefined : readShare(share),
    log,
  });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
