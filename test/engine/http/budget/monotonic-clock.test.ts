import { createMonotonicClock } from '../../../../engine/http/budget/monotonic-clock.ts';
import type { Clock } from '../../../../engine/time/clock.ts';

/** A clock whose sleeps move it by what `steps` says, one after the other. */
function unreliable(...steps: number[]): Clock & { asked: number[] } {
  let current = 1000;
  const asked: number[] = [];
  return {
    asked,
    now: () => current,
    async sleep(ms) {
      asked.push(ms);
      current += steps.shift() ?? ms;
    },
  };
}

describe('a monotonic clock', () => {
  it('is the clock that it is given, as long as that one keeps its word', async () => {
    const time = createMonotonicClock(unreliable());
    await time.sleep(500);
    expect(time.now()).toBe(1500);
  });

  it('has moved on by a sleep whose timer fired early', async () => {
    const clock = unreliable(499);
    const time = createMonotonicClock(clock);
    await time.sleep(500);
    expect([clock.now(), time.now()]).toEqual([1499, 1500]);
  });

  it('has moved on by every sleep when the clock is set back in one', async () => {
    const clock = unreliable(-3_600_000, 100, -1);
    const time = createMonotonicClock(clock);
    for (const ms of [500, 100, 10]) await time.sleep(ms);
    expect(clock.asked).toEqual([500, 100, 10]);
    expect(time.now()).toBe(1610);
  });

  it('is never put back by a sleep that took longer', async () => {
    const time = createMonotonicClock(unreliable(400, 900));
    await time.sleep(500);
    await time.sleep(500);
    expect(time.now()).toBe(2400);
  });

  it('hands on the signal that ends a sleep', async () => {
    const reason = new Error('stopped');
    const clock: Clock = {
      now: () => 0,
      sleep: async (_ms, signal) => signal?.throwIfAborted(),
    };
    await expect(createMonotonicClock(clock).sleep(5, AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
