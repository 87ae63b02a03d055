import type { Redis as RedisClient } from 'ioredis';
import type { Log } from '../../../contract/scope.ts';
import { ConnectorError } from '../../../error/connector-error.ts';

/** A Redis server that may go away and come back. */
export interface Redis {
  /** Undefined while the server cannot be reached. */
  ask<T>(question: (client: RedisClient) => Promise<T>): Promise<T | undefined>;
  close(): Promise<void>;
}

/** Milliseconds that an answer may take: who waits for it makes no calls meanwhile. */
const usualPatience = 1000;

/** Milliseconds until a server that did not answer is asked again. */
const pause = 500;

/** Throws ConnectorError (config_error) when the address is none. */
export async function openRedis(address: string, log: Log, patience = usualPatience): Promise<Redis> {
  const name = nameOf(address);
  const { Redis: Client } = (await import('ioredis')).default;
  const client = new Client(address, {
    lazyConnect: true,
    // What cannot be asked now is not asked later: whoever asks has gone on without.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: patience,
    commandTimeout: patience,
    // Else a process whose store is gone would wait two seconds for a connection to close that there is none of.
    disconnectTimeout: 100,
    retryStrategy: (times: number) => Math.min(100 * times, 2000),
  });
  // Each failed attempt to connect is one; what becomes of it is seen by who asks.
  let reason = '';
  client.on('error', (error: Error) => {
    reason = error.message || String((error as NodeJS.ErrnoException).code ?? '');
  });
  let isGone = false;
  let pausedUntil = 0;
  await client.connect().catch(() => {});
  function gone(why: string): undefined {
    if (!isGone)
      log(
        'WARN',
        `The rate limit store ${name} ${whatItDoes(why || reason || 'no connection')}. This process goes on with its own share of the limit until it does.`,
      );
    isGone = true;
    pausedUntil = Date.now() + pause;
    return undefined;
  }
  return {
    async ask(question) {
      if (isGone && Date.now() < pausedUntil) return undefined;
      if (client.status !== 'ready') return gone('');
      try {
        const answer = await question(client);
        if (isGone) log('INFO', `The rate limit store ${name} answers again.`);
        isGone = false;
        return answer;
      } catch (error) {
        const { message } = error as Error;
        // What ioredis says of a connection that has just broken off; why it has is in `reason`.
        return gone(/Stream isn't writeable|Connection is closed/.test(message) ? '' : message);
      }
    },
    async close() {
      if (client.status === 'ready') await client.quit().catch(() => {});
      client.disconnect();
    },
  };
}

/** What to do where a server answers, and does not do what it is asked; by the first word of its error. */
const advice: Readonly<Record<string, string>> = {
  NOAUTH: 'Give its password in the address: redis://:PASSWORD@HOST:PORT',
  WRONGPASS: 'Check user and password in its address: redis://USER:PASSWORD@HOST:PORT',
  NOPERM: 'Let its user run scripts (EVAL) on keys that begin with "manifold:"',
  READONLY: 'It is a replica: give the address of its primary',
  OOM: 'Its memory is full, of which it needs a few kilobytes',
  MOVED: 'It is a node of a cluster: give a server that stands alone',
  CLUSTERDOWN: 'It is a node of a cluster: give a server that stands alone',
  LOADING: 'It is about to be ready',
};

function whatItDoes(why: string): string {
  const known = advice[/^[A-Z]+/.exec(why)?.[0] ?? ''];
  if (known !== undefined) return `refuses to work (${why.replace(/\.$/, '')}). ${known}`;
  const isTrust = /certificate/i.test(why);
  return `does not answer (${why})${isTrust ? '. Name a file with the certificate of its authority in NODE_EXTRA_CA_CERTS' : ''}`;
}

/** Without user and password. */
function nameOf(address: string): string {
  if (!/^rediss?:\/\//.test(address) || !URL.canParse(address))
    throw new ConnectorError(
      'The rate limit store is not the address of a Redis server: redis://HOST:PORT, or rediss:// with TLS.',
      { kind: 'config_error' },
    );
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname}`;
}
