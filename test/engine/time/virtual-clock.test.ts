import { virtualClock } from '../../../engine/time/virtual-clock.ts';

describe('a virtual clock', () => {
  it('moves on by a wait', async () => {
    const clock = virtualClock(1000);
    await clock.sleep(500);
    await clock.sleep(-1);
    expect(clock.now()).toBe(1500);
    expect(clock.waits).toEqual([500, -1]);
  });

  it('ends waits that go on side by side in their order, and takes as long as the longest', async () => {
    const clock = virtualClock(0);
    const ends: string[] = [];
    const wait = async (name: string, ms: number) => {
      await clock.sleep(ms);
      ends.push(`${name} at ${clock.now()}`);
    };
    await Promise.all([wait('long', 1800), wait('short', 10), wait('same', 10)]);
    expect(ends).toEqual(['short at 10', 'same at 10', 'long at 1800']);
  });

  it('does not move while there is something to do', async () => {
    const clock = virtualClock(0);
    const waiting = clock.sleep(1800);
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    expect(clock.now()).toBe(0);
    await waiting;
    expect(clock.now()).toBe(1800);
  });

  it('gives a wait up that is aborted', async () => {
    const clock = virtualClock(0);
    const stop = new AbortController();
    const waiting = clock.sleep(10, stop.signal);
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await expect(clock.sleep(10, stop.signal)).rejects.toThrow('enough');
  });
});
