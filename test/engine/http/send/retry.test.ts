import { type Attempt, type RetryLimits, retry, type Wait } from '../../../../engine/http/send/retry.ts';
import { fakeClock } from '../../../kit/scope.ts';

const byDefault: Wait = { by: 'default' };
const rateLimit: Wait = { by: 'rate limit' };
const strategy = (seconds: number): Wait => ({ by: 'strategy', seconds });

/** From the first attempt on. */
async function trying<T>(attempt: () => Promise<Attempt<T>>, limits: Omit<RetryLimits, 'begun'>) {
  const begun = limits.clock.now();
  return retry(await attempt(), attempt, { ...limits, begun });
}

/** Runs until the waits are used up, then succeeds; answers the number of attempts and the seconds slept. */
async function run(waits: readonly Wait[], { maxTries = 6, maxTime = 600 } = {}) {
  const clock = fakeClock();
  const left = [...waits];
  let attempts = 0;
  const attempt = async (): Promise<Attempt<string>> => {
    attempts++;
    const wait = left.shift();
    return wait === undefined ? { value: 'done' } : { wait, failure: attempts };
  };
  const result = await trying(attempt, { maxTries, maxTime, clock });
  return { attempts, slept: clock.sleeps.map((ms) => ms / 1000), succeeded: 'value' in result };
}

describe('retrying', () => {
  it('waits 1, 2, 4, 8 and 16 seconds by default and then gives up', async () => {
    expect(await run(Array(9).fill(byDefault))).toEqual({
      attempts: 6,
      slept: [1, 2, 4, 8, 16],
      succeeded: false,
    });
  });

  it('adds a second to what a strategy says', async () => {
    expect(await run([strategy(5), strategy(7)])).toEqual({ attempts: 3, slept: [6, 8], succeeded: true });
  });

  it('counts rate limits like other retries', async () => {
    expect(await run(Array(9).fill(rateLimit))).toEqual({
      attempts: 6,
      slept: [1, 2, 4, 8, 16],
      succeeded: false,
    });
  });

  it('starts the count of strategies anew after a default retry', async () => {
    const waits = [...Array(2).fill(strategy(1)), byDefault, ...Array(2).fill(strategy(1))];
    expect(await run(waits, { maxTries: 3 })).toEqual({
      attempts: 6,
      slept: [2, 2, 1, 2, 2],
      succeeded: true,
    });
  });

  it('gives up when the time is used up, and never sleeps beyond it by default', async () => {
    expect(await run(Array(9).fill(byDefault), { maxTime: 6 })).toEqual({
      attempts: 4,
      slept: [1, 2, 3],
      succeeded: false,
    });
    expect(await run(Array(9).fill(strategy(400)))).toEqual({
      attempts: 3,
      slept: [401, 401],
      succeeded: false,
    });
  });

  it('makes one attempt when no retries are granted', async () => {
    expect(await run([byDefault], { maxTries: 1 })).toEqual({ attempts: 1, slept: [], succeeded: false });
  });

  it('starts the count of rate limits anew after a default retry, and that of strategies after a rate limit', async () => {
    const limits = Array(2).fill(rateLimit);
    expect(await run([...limits, byDefault, ...limits], { maxTries: 3 })).toEqual({
      attempts: 6,
      slept: [1, 2, 1, 1, 2],
      succeeded: true,
    });
    const strategies = Array(2).fill(strategy(0));
    expect(await run([...strategies, rateLimit, ...strategies], { maxTries: 3 })).toEqual({
      attempts: 6,
      slept: [1, 1, 1, 1, 1],
      succeeded: true,
    });
  });

  it('never waits longer than ten minutes by default, and without end for rate limits', async () => {
    const { slept } = await run(Array(12).fill(rateLimit), { maxTries: 13 });
    expect(slept).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600]);
    // Their time has no limit; that of the others has.
    expect(await run(Array(12).fill(byDefault), { maxTries: 13 })).toMatchObject({
      slept: [1, 2, 4, 8, 16, 32, 64, 128, 256, 89],
      succeeded: false,
    });
  });

  it('counts the time of the first attempt too', async () => {
    const clock = fakeClock();
    const attempt = async (): Promise<Attempt<string>> => {
      clock.advance(4000);
      return { wait: byDefault, failure: undefined };
    };
    await trying(attempt, { maxTries: 9, maxTime: 10, clock });
    // 4 s, waits 1 s, 4 s, waits 2 s: at 11 s the time is over.
    expect(clock.sleeps).toEqual([1000, 2000]);
  });

  it('tells of each wait before it, with what failed', async () => {
    const clock = fakeClock();
    const told: unknown[] = [];
    const waits = [strategy(5), rateLimit, byDefault];
    let attempts = 0;
    const attempt = async (): Promise<Attempt<string>> => {
      const wait = waits[attempts++];
      return wait === undefined ? { value: 'done' } : { wait, failure: attempts };
    };
    await trying(attempt, {
      maxTries: 2,
      maxTime: 600,
      clock,
      onWait: async (seconds, failure, by) => void told.push([seconds, failure, by, clock.sleeps.length]),
    });
    expect(told).toEqual([
      [6, 1, 'strategy', 0],
      [1, 2, 'rate limit', 1],
      [1, 3, 'default', 2],
    ]);
  });

  it('ends with the sync', async () => {
    const abort = new AbortController();
    const clock = fakeClock();
    let attempts = 0;
    const attempt = async (): Promise<Attempt<string>> => {
      if (++attempts === 2) abort.abort(new Error('stop'));
      return { wait: byDefault, failure: undefined };
    };
    const limits = { maxTries: 9, maxTime: 600, clock, signal: abort.signal };
    await expect(trying(attempt, limits)).rejects.toThrow('stop');
    expect(attempts).toBe(2);
  });
});
