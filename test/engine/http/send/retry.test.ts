import { type Attempt, retry, type Wait } from '../../../../engine/http/send/retry.ts';
import { fakeClock } from '../../../kit/scope.ts';

const byDefault: Wait = { by: 'default' };
const rateLimit: Wait = { by: 'rate limit' };
const strategy = (seconds: number): Wait => ({ by: 'strategy', seconds });

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
  const result = await retry(attempt, { maxTries, maxTime, clock });
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
});
