import type { OutgoingRequest } from '../../../engine/contract/families.ts';
import type { Transport } from '../../../engine/contract/scope.ts';
import { throughMiddleware } from '../../../engine/http/wire/middleware.ts';
import type { Clock } from '../../../engine/time/clock.ts';
import { pace, windowEnd } from '../../../manifests/intercom/rate-window.ts';
import { testResponse } from '../../kit/response.ts';
import { type FakeClock, fakeClock } from '../../kit/scope.ts';

const start = Date.UTC(2024, 0, 1);

interface Api extends Transport {
  readonly statuses: number[];
  /** Requests counted in each window of ten seconds. */
  readonly counts: Map<number, number>;
}

/** An API that counts requests as Intercom does, and answers each after a few turns of the event loop. */
function limitedApi(clock: FakeClock, limit: number, options: { aheadMs?: number } = {}): Api {
  const counts = new Map<number, number>();
  const statuses: number[] = [];
  let turns = 0;
  return {
    counts,
    statuses,
    async send() {
      const serverNow = clock.now() + (options.aheadMs ?? 0);
      const window = Math.floor(serverNow / 10_000);
      const used = (counts.get(window) ?? 0) + 1;
      counts.set(window, used);
      // Answers overtake each other.
      for (let turn = turns++ % 5; turn >= 0; turn--) await new Promise((resolve) => setImmediate(resolve));
      const status = used > limit ? 429 : 200;
      statuses.push(status);
      const headers = {
        Date: new Date(serverNow).toUTCString(),
        'X-RateLimit-Limit': String(limit),
        'X-RateLimit-Remaining': String(Math.max(0, limit - used)),
        'X-RateLimit-Reset': String((window + 1) * 10),
      };
      return testResponse({ status, headers });
    },
    async close() {},
  };
}

const request = (): OutgoingRequest => ({
  method: 'GET',
  url: new URL('http://api.test/tags'),
  headers: { Authorization: 'Bearer x' },
});

async function sendAll(transport: Transport, total: number, atOnce: number): Promise<void> {
  let left = total;
  const worker = async () => {
    while (left-- > 0) await transport.send(request());
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

const never = new AbortController().signal;

const paced = (clock: Clock, signal: AbortSignal = never) =>
  pace({ clock, signal, load: { window() {}, received() {} } });

describe('a paced transport', () => {
  it.each([1, 8, 40])(
    'spends every window whole and provokes no 429 with %i requests at once',
    async (atOnce) => {
      const clock = fakeClock(start);
      const api = limitedApi(clock, 20);
      await sendAll(throughMiddleware(api, paced(clock)), 100, atOnce);
      expect(api.statuses).not.toContain(429);
      expect([...api.counts.values()]).toEqual([20, 20, 20, 20, 20]);
    },
  );

  it('waits for a clock that is behind or ahead of ours', async () => {
    for (const aheadMs of [-3_600_000, 3_600_000, -700, 700]) {
      const clock = fakeClock(start);
      const api = limitedApi(clock, 10, { aheadMs });
      await sendAll(throughMiddleware(api, paced(clock)), 40, 8);
      expect(api.statuses.filter((status) => status === 429).length).toBeLessThanOrEqual(4);
      expect(api.statuses).toHaveLength(40);
      // Four windows of ten seconds, of which the first may have begun before.
      expect(clock.now() - start).toBeGreaterThanOrEqual(20_000);
      expect(clock.now() - start).toBeLessThanOrEqual(50_000);
    }
  });

  it('lets requests pass that others of the same app took the window from, once it is over', async () => {
    const clock = fakeClock(start);
    const api = limitedApi(clock, 10);
    api.counts.set(Math.floor(start / 10_000), 9);
    await sendAll(throughMiddleware(api, paced(clock)), 11, 4);
    expect(api.statuses).not.toContain(429);
  });

  it('does not hold back where no header speaks of a limit', async () => {
    const clock = fakeClock(start);
    let underWay = 0;
    let most = 0;
    const transport: Transport = {
      async send() {
        most = Math.max(most, ++underWay);
        await new Promise((resolve) => setImmediate(resolve));
        underWay--;
        return testResponse({});
      },
      async close() {},
    };
    await sendAll(throughMiddleware(transport, paced(clock)), 20, 8);
    expect(most).toBe(8);
    expect(clock.sleeps).toEqual([]);
  });

  it('goes on after requests that failed on their way', async () => {
    const clock = fakeClock(start);
    const api = limitedApi(clock, 5);
    let calls = 0;
    const flaky: Transport = {
      send: (...args) => (++calls % 2 === 0 ? Promise.reject(new Error('reset')) : api.send(...args)),
      close: () => api.close(),
    };
    const transport = throughMiddleware(flaky, paced(clock));
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => transport.send(request())));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    expect(api.statuses).not.toContain(429);
  });

  it('ends with the sync while requests wait', async () => {
    const clock = { ...fakeClock(start), sleep: (_ms: number, signal?: AbortSignal) => aborted(signal) };
    const api = limitedApi(clock as FakeClock, 1);
    const controller = new AbortController();
    const transport = throughMiddleware(api, paced(clock, controller.signal));
    await transport.send(request());
    const waiting = transport.send(request());
    controller.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
  });

  it('lets requests for tokens pass', async () => {
    const clock = fakeClock(start);
    const api = limitedApi(clock, 1);
    const transport = throughMiddleware(api, paced(clock));
    await transport.send(request());
    await transport.send({ ...request(), headers: {} });
    expect(clock.sleeps).toEqual([]);
  });
});

function aborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason));
  });
}

describe('the end of a window', () => {
  const at = (headers: Record<string, string>) => windowEnd(testResponse({ headers }), start);

  it('is the reset of the header', () => {
    expect(at({ 'X-RateLimit-Reset': String(start / 1000 + 7) })).toBe(start + 7_000);
  });

  it('is counted from the date of the response when the clocks disagree', () => {
    const date = new Date(start + 60_000).toUTCString();
    expect(at({ 'X-RateLimit-Reset': String(start / 1000 + 64), Date: date })).toBe(start + 4_000);
  });

  it('is a usual window away when neither makes sense', () => {
    expect(at({ 'X-RateLimit-Reset': '12' })).toBe(start + 10_000);
  });

  it('is unknown without a header, or with one that is no number', () => {
    expect(at({})).toBeUndefined();
    expect(at({ 'X-RateLimit-Reset': 'soon' })).toBeUndefined();
  });
});
