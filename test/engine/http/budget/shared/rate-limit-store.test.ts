import { setImmediate, setTimeout as wait } from 'node:timers/promises';
import type {
  DeclaredRates,
  RateLimitStore,
  ToldLimit,
  ToldWindow,
} from '../../../../../engine/contract/rate-limit-store.ts';
import { openRateLimitStore, readShare } from '../../../../../engine/http/budget/shared/rate-limit-store.ts';
import { hasRedis, type RedisServer, startRedis } from '../../../../kit/redis.ts';

const limit = 40;
/** Milliseconds: so long at least is a window; it goes on until it is used up, however long that takes. */
const period = 200;
/** In such an interval nothing that a test did is ever forgotten. */
const hour = 3_600_000;
/** So long a busy machine may keep an answer back without the store counting as gone. */
const patience = 120_000;

/** Of its windows none ends with calls left, so what they were used for does not depend on how fast the machine is. */
function createApi() {
  let window = { id: 0, count: limit, endsAt: 0 };
  return {
    calls: 0,
    windows: 0,
    refused: 0,
    async call(): Promise<ToldWindow> {
      await setImmediate();
      if (window.count >= limit && Date.now() > window.endsAt) {
        window = { id: window.id + 1, count: 0, endsAt: Date.now() + period };
        this.windows += 1;
      }
      this.calls += 1;
      if (window.count >= limit) this.refused += 1;
      else window.count += 1;
      const told = { id: window.id, remaining: limit - window.count, limit, endsAt: window.endsAt };
      await setImmediate();
      return told;
    },
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

/** Until it is so, however long it takes. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await wait(5);
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
      patience,
      log: (level, message) => void said.push(`${level} ${message}`),
    });
    stores.push(store);
    return store;
  }

  it('lets four use each window up, and none of them beyond it', async () => {
    const api = createApi();
    await Promise.all(
      [1, 2, 3, 4].map(async () => work((await open()).toldLimit('four'), api, () => api.windows > 5)),
    );
    expect(api.refused).toBe(0);
    expect(api.calls).toBeGreaterThan(5 * limit);
  });

  it('goes on with a share of the limit while the server is gone, and together once it is there again', async () => {
    const api = createApi();
    let isOver = false;
    const working = Promise.all(
      [1, 2].map(async () => work((await open(1 / 2)).toldLimit('gone'), api, () => isOver)),
    );
    const more = (windows: number) => {
      const enough = api.windows + windows;
      return until(() => api.windows >= enough);
    };
    await more(2);
    await server.stop();
    await more(3);
    await server.start();
    await until(() => said.filter((line) => line.endsWith('answers again.')).length === 2);
    await more(2);
    isOver = true;
    await working;
    expect(said.filter((line) => line.startsWith('WARN'))).toHaveLength(2);
    expect(said[0]).toMatch(
      /^WARN The rate limit store redis:\/\/127\.0\.0\.1:\d+ does not answer \(.*\)\. This process goes on with its own share of the limit until it does\.$/,
    );
  });

  describe('of a limit that a manifest declares', () => {
    async function calling(name: string, declared: DeclaredRates, share?: number) {
      const limit = (await open(share)).declaredLimit(name, declared);
      let count = 0;
      const stop = new AbortController();
      return {
        count: () => count,
        async call(times: number) {
          for (let time = 0; time < times; time++) {
            await limit.acquire(1, stop.signal);
            count += 1;
          }
        },
        limit,
        stop: () => stop.abort(new Error('stopped')),
      };
    }

    const both = [
      { kind: 'moving', rates: [{ limit: 30, interval: hour }] },
      { kind: 'fixed', rate: { limit: 30, interval: hour } },
    ] as const;
    it.each(both)(
      'gives all processes together so many calls and no more when the server has lost its data: $kind',
      async (declared) => {
        const callers = await Promise.all(
          [1, 2, 3].map(() => calling(`lost ${declared.kind}`, declared, 1 / 3)),
        );
        await Promise.all(callers.map(({ call }) => call(5)));
        await server.stop();
        await Promise.all(callers.map(({ call }) => call(5)));
        const asking = Promise.allSettled(callers.map(({ call }) => call(1)));
        await server.start();
        await until(() => said.filter((line) => line.endsWith('answers again.')).length === 3);
        await wait(50);
        expect(callers.map(({ count }) => count())).toEqual([10, 10, 10]);
        for (const { stop } of callers) stop();
        await asking;
      },
    );

    it.each(both)(
      'leaves their parts to those who have not come back, and gives them to the others after a while: $kind',
      async (declared) => {
        const [first, second] = await Promise.all(
          [1, 2].map(() => calling(`gone ${declared.kind}`, declared, 1 / 3)),
        );
        await first?.call(1);
        await server.stop();
        await Promise.all([first?.call(9), second?.call(10)]);
        const asking = first?.call(1);
        await server.start();
        await until(() => said.some((line) => line.endsWith('answers again.')));
        await wait(50);
        expect(first?.count()).toBe(10);
        await asking;
        expect(first?.count()).toBe(11);
      },
    );

    it('has room again when an interval is over', async () => {
      const rate = { limit: 4, interval: 100 };
      const callers = await Promise.all(
        [1, 2, 3].map(() => calling('short', { kind: 'moving', rates: [rate] })),
      );
      const startedAt = performance.now();
      await Promise.all(callers.map(({ call }) => call(4)));
      // Twelve calls need three intervals, of which the last one need not end.
      expect(performance.now() - startedAt).toBeGreaterThanOrEqual(2 * rate.interval);
    });

    it('gives them so many calls in each window, and waits for an end that the API told', async () => {
      const declared = { kind: 'fixed', rate: { limit: 10, interval: hour } } as const;
      const [first, second] = [await calling('fixed', declared), await calling('fixed', declared)];
      const count = () => first.count() + second.count();
      await Promise.all([first.call(5), second.call(5)]);
      const asking = Promise.all([first.call(1), second.call(1)]);
      await wait(50);
      expect(count()).toBe(10);
      first.limit.update(undefined, Date.now() + 20);
      await asking;
      expect(count()).toBe(12);
      // The API has counted five calls that nobody here made.
      first.limit.update(3, undefined);
      const askingMore = first.call(8);
      await until(() => count() === 15);
      await wait(50);
      expect(count()).toBe(15);
      first.stop();
      await expect(askingMore).rejects.toThrow('aborted');
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
      await expect(waiting).rejects.toThrow('aborted');
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
