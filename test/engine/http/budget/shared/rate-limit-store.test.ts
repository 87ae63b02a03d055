import { setTimeout as wait } from 'node:timers/promises';
import type {
  DeclaredRates,
  RateLimitStore,
  ToldLimit,
  ToldWindow,
} from '../../../../../engine/contract/rate-limit-store.ts';
import { openRateLimitStore, readShare } from '../../../../../engine/http/budget/shared/rate-limit-store.ts';
import { hasRedis, type RedisServer, startRedis } from '../../../../kit/redis.ts';

/** Windows of half a second, counted as Intercom counts its own. */
const period = 500;
const limit = 40;

function createApi() {
  const counts = new Map<number, number>();
  return {
    counts,
    refused: 0,
    async call(): Promise<ToldWindow> {
      await wait(2 + Math.random() * 5);
      const id = Math.floor(Date.now() / period);
      const count = (counts.get(id) ?? 0) + 1;
      counts.set(id, count);
      if (count > limit) this.refused += 1;
      const told = { id, remaining: Math.max(0, limit - count), limit, endsAt: (id + 1) * period };
      await wait(2 + Math.random() * 5);
      return told;
    },
    /** Of all windows but the first and the last, which may have been begun or left in their middle. */
    full: () => [...counts.values()].slice(1, -1),
  };
}

/** Calls as fast as it may, several at once, until told to end. */
function work(shared: ToldLimit, api: ReturnType<typeof createApi>, until: () => boolean): Promise<unknown> {
  const one = async (): Promise<void> => {
    while (!until()) {
      const call = await shared.acquire();
      await call.answered(await api.call());
    }
  };
  return Promise.all([one(), one(), one(), one(), one()]);
}

(hasRedis ? describe : describe.skip)('a rate limit store in Redis', () => {
  let server: RedisServer;
  let said: string[] = [];
  const stores: RateLimitStore[] = [];
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    said = [];
  });
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
  });

  async function open(share?: number): Promise<RateLimitStore> {
    const store = await openRateLimitStore(server.address, {
      share,
      log: (level, message) => void said.push(`${level} ${message}`),
    });
    stores.push(store);
    return store;
  }

  it('lets four use each window up, and none of them beyond it', async () => {
    const api = createApi();
    const until = () => api.counts.size > 5;
    await Promise.all([1, 2, 3, 4].map(async () => work((await open()).toldLimit('four'), api, until)));
    expect(api.refused).toBe(0);
    expect(api.full().length).toBeGreaterThanOrEqual(4);
    // A busy machine may miss some: test/machines counts all of them.
    expect(Math.max(...api.full())).toBeGreaterThanOrEqual(limit * 0.9);
  });

  it('goes on with a share of the limit while the server is gone, and together once it is there again', async () => {
    const api = createApi();
    let isOver = false;
    const working = Promise.all(
      [1, 2].map(async () => work((await open(1 / 2)).toldLimit('gone'), api, () => isOver)),
    );
    const windows = async (count: number) => {
      const until = api.counts.size + count;
      while (api.counts.size < until) await wait(20);
      return [...api.counts.values()].slice(-2, -1)[0] ?? 0;
    };
    await windows(2);
    await server.stop();
    const alone = await windows(3);
    expect(alone).toBeGreaterThanOrEqual(limit * 0.9);
    await server.start();
    await windows(4);
    isOver = true;
    await working;
    expect(said.filter((line) => line.startsWith('WARN'))).toHaveLength(2);
    expect(said[0]).toMatch(
      /^WARN The rate limit store redis:\/\/127\.0\.0\.1:\d+ does not answer \(.*\)\. This process goes on with its own share of the limit until it does\.$/,
    );
    expect(said.filter((line) => line.endsWith('answers again.'))).toHaveLength(2);
  });

  describe('of a limit that a manifest declares', () => {
    const rate = { limit: 30, interval: 400 };

    /** The most calls that lie in any interval of the rate. */
    function most(times: readonly number[]): number {
      const sorted = [...times].sort((a, b) => a - b);
      return Math.max(
        ...sorted.map(
          (start, index) => sorted.slice(index).filter((time) => time < start + rate.interval).length,
        ),
      );
    }

    async function calling(name: string, declared: DeclaredRates, share?: number) {
      const limit = (await open(share)).declaredLimit(name, declared);
      const times: number[] = [];
      let isOver = false;
      const one = async (): Promise<void> => {
        while (!isOver) {
          await limit.acquire(1);
          times.push(Date.now());
        }
      };
      const working = Promise.all([one(), one(), one()]);
      return {
        times,
        async end() {
          isOver = true;
          await working;
        },
      };
    }

    it('gives all processes together so many calls in any interval, also after the server lost its data', async () => {
      const declared = { kind: 'moving', rates: [rate] } as const;
      const callers = await Promise.all([1, 2, 3].map(() => calling('moving', declared, 1 / 3)));
      const times = () => callers.flatMap((caller) => caller.times);
      await wait(4 * rate.interval);
      const together = times().length;
      await server.stop();
      await wait(2 * rate.interval);
      await server.start();
      await wait(3 * rate.interval);
      await Promise.all(callers.map(({ end }) => end()));
      expect(together).toBeGreaterThan(rate.limit);
      expect(times().length).toBeGreaterThan(together + rate.limit);
      // Redis and this process may see the same moment a few milliseconds apart.
      expect(most(times())).toBeLessThanOrEqual(rate.limit + 3);
    });

    it('gives them so many calls in each window, and waits for an end that the API told', async () => {
      const declared = { kind: 'fixed', rate: { limit: 10, interval: 60_000 } } as const;
      const callers = await Promise.all([1, 2].map(() => calling('fixed', declared)));
      const count = () => callers.flatMap((caller) => caller.times).length;
      while (count() < 10) await wait(10);
      await wait(100);
      expect(count()).toBe(10);
      const limit = (await open()).declaredLimit('fixed', declared);
      limit.update(undefined, Date.now() + 50);
      while (count() < 20) await wait(10);
      await wait(100);
      expect(count()).toBe(20);
      limit.update(0, Date.now() - 50);
      const ended = Promise.all(callers.map(({ end }) => end()));
      await ended;
      expect(count()).toBeLessThanOrEqual(30);
    });

    it('ends the waiting of those who are told to stop', async () => {
      const limit = (await open()).declaredLimit('stop', {
        kind: 'moving',
        rates: [{ limit: 1, interval: 1e6 }],
      });
      await limit.acquire(1);
      const stop = new AbortController();
      const waiting = limit.acquire(1, stop.signal);
      stop.abort(new Error('stopped'));
      await expect(waiting).rejects.toThrow();
    });
  });

  it('lets one at a time hold a lock', async () => {
    const [first, second] = [await open(), await open()];
    const release = await first.lock('scroll');
    const order: string[] = [];
    const waiting = second.lock('scroll', { onWait: () => order.push('waits') }).then((giveBack) => {
      order.push('has it');
      return giveBack;
    });
    await wait(300);
    expect(order).toEqual(['waits']);
    await release();
    await (await waiting)();
    expect(order).toEqual(['waits', 'has it']);
    const stop = new AbortController();
    const held = await first.lock('scroll');
    const refused = second.lock('scroll', { signal: stop.signal });
    stop.abort(new Error('stopped'));
    await expect(refused).rejects.toThrow('aborted');
    await held();
  });

  it('lets go of those who no longer wait, and of calls that got no answer', async () => {
    const shared = (await open()).toldLimit('ends');
    const probe = await shared.acquire();
    const stop = new AbortController();
    const given = shared.acquire(stop.signal);
    stop.abort(new Error('stopped'));
    await expect(given).rejects.toThrow('stopped');
    await probe.failed();
    // Again nobody knows what is left, so the next one goes ahead.
    const next = await shared.acquire();
    expect(await next.answered({ id: 1, remaining: 8, limit: 9, endsAt: Date.now() + 60_000 })).toBe(8);
  });

  it('tells hosts and credentials apart, and nothing of them', async () => {
    const store = await open();
    const key = (url: string, token: string) =>
      store.keyOf({
        method: 'GET',
        url: new URL(url),
        headers: { Authorization: `Bearer ${token}` },
      });
    const one = key('https://api.example.com/contacts?page=1', 'tok');
    expect(one).toMatch(/^[0-9a-f]{64}$/);
    expect(key('https://api.example.com/companies', 'tok')).toBe(one);
    expect(key('https://eu.example.com/contacts', 'tok')).not.toBe(one);
    expect(key('https://api.example.com/contacts', 'other')).not.toBe(one);
  });
});

test('an address that is none is refused', async () => {
  await expect(openRateLimitStore('localhost:6379', { log: () => {} })).rejects.toThrow(
    'The rate limit store is not the address of a Redis server: redis://HOST:PORT, or rediss:// with TLS.',
  );
});

test.each([
  ['1/4', 0.25],
  ['0.5', 0.5],
  ['25 %', 0.25],
  ['1', 1],
])('a share may be written %s', (text, share) => {
  expect(readShare(text)).toBe(share);
});

test.each(['0', '5/4', '', 'half', '-1'])('"%s" is no share', (text) => {
  expect(() => readShare(text)).toThrow('is no part of a whole. Give 1/4, 0.25 or 25%.');
});
