import { systemClock } from '../../../engine/time/clock.ts';

describe("the system's clock", () => {
  it('tells the time', () => {
    const before = Date.now();
    const now = systemClock.now();
    expect(now >= before && now <= Date.now()).toBe(true);
  });

  it('does not wait for nothing', async () => {
    await systemClock.sleep(0);
    await systemClock.sleep(-5);
    await systemClock.sleep(1);
  });

  it('wakes up when it is told to, also out of a sleep that is longer than any timer', async () => {
    const abort = new AbortController();
    let isAsleep = true;
    const sleeping = systemClock.sleep(2 ** 40, abort.signal).finally(() => {
      isAsleep = false;
    });
    // A timer that is too long for Node would be over after a millisecond.
    await systemClock.sleep(3);
    expect(isAsleep).toBe(true);
    abort.abort(new Error('stop'));
    await expect(sleeping).rejects.toMatchObject({ name: 'AbortError', cause: new Error('stop') });
  });
});
