import { createFixedWindow, createMovingWindow } from '../../../../engine/http/budget/call-windows.ts';
import { fakeClock } from '../../../kit/scope.ts';

describe('a fixed window', () => {
  it('makes callers wait for its end and is full again then', async () => {
    const clock = fakeClock(0);
    const window = createFixedWindow({ limit: 2, period: 1000, resetsAt: 1000, clock });
    for (let call = 0; call < 5; call++) await window.acquire(1);
    expect(clock.sleeps).toEqual([1001, 1000]);
  });

  it('lets the API take calls away but never grant more', async () => {
    const clock = fakeClock(0);
    const window = createFixedWindow({ limit: 3, period: 1000, resetsAt: 1000, clock });
    window.update(1, undefined);
    await window.acquire(1);
    window.update(2, undefined);
    expect(clock.sleeps).toEqual([]);
    await window.acquire(1);
    expect(clock.sleeps).toEqual([1001]);
  });

  it('is still the old one at the moment of its end', async () => {
    const clock = fakeClock(0);
    const window = createFixedWindow({ limit: 1, period: 1000, resetsAt: 1000, clock });
    await window.acquire(1);
    clock.advance(1000);
    await window.acquire(1);
    expect(clock.sleeps).toEqual([1]);
  });

  it('ends when the API says so', async () => {
    const clock = fakeClock(0);
    const window = createFixedWindow({ limit: 1, period: 1000, resetsAt: 1_000_000, clock });
    await window.acquire(1);
    window.update(0, 5000);
    await window.acquire(1);
    expect(clock.sleeps).toEqual([5001]);
  });
});

describe('a moving window', () => {
  it('keeps every rate', async () => {
    const clock = fakeClock(0);
    const window = createMovingWindow(
      [
        { limit: 2, interval: 1000 },
        { limit: 3, interval: 10_000 },
      ],
      clock,
    );
    for (let call = 0; call < 4; call++) await window.acquire(1);
    expect(clock.sleeps).toEqual([1001, 9000]);
  });

  it('waits until the oldest of its calls is older than the interval', async () => {
    const clock = fakeClock(0);
    const window = createMovingWindow([{ limit: 2, interval: 1000 }], clock);
    await window.acquire(1);
    clock.advance(400);
    await window.acquire(1);
    clock.advance(100);
    await window.acquire(1);
    expect(clock.sleeps).toEqual([501]);
  });

  it('still counts a call that is as old as the interval', async () => {
    const clock = fakeClock(0);
    const window = createMovingWindow([{ limit: 1, interval: 1000 }], clock);
    await window.acquire(1);
    clock.advance(1000);
    await window.acquire(1);
    expect(clock.sleeps).toEqual([1]);
  });

  it('counts a heavy call several times', async () => {
    const clock = fakeClock(0);
    const window = createMovingWindow([{ limit: 3, interval: 1000 }], clock);
    await window.acquire(2);
    await window.acquire(2);
    expect(clock.sleeps).toEqual([1001]);
  });

  it('is empty when the API says that no calls are left', async () => {
    const clock = fakeClock(0);
    const window = createMovingWindow([{ limit: 5, interval: 1000 }], clock);
    window.update(0, undefined);
    await window.acquire(1);
    expect(clock.sleeps).toEqual([1001]);
  });

  it('takes no more calls away than the narrowest rate has left', async () => {
    const clock = fakeClock(0);
    const rates = [
      { limit: 3, interval: 1000 },
      { limit: 10, interval: 60_000 },
    ];
    const window = createMovingWindow(rates, clock);
    await window.acquire(1);
    clock.advance(500);
    window.update(0, undefined);
    // The first call leaves after 501 ms, those that were taken away 500 ms later; the wide rate has seven left.
    for (let call = 0; call < 3; call++) await window.acquire(1);
    expect(clock.sleeps).toEqual([501, 500]);
  });

  it.each([
    [1, undefined],
    [undefined, undefined],
    [undefined, 9000],
    [0, 9000],
  ])('takes nothing away when the API says %p calls until %p', async (left, resetsAt) => {
    const clock = fakeClock(0);
    const window = createMovingWindow([{ limit: 1, interval: 1000 }], clock);
    window.update(left, resetsAt);
    await window.acquire(1);
    expect(clock.sleeps).toEqual([]);
  });

  it('serves callers in their order', async () => {
    const clock = fakeClock(0);
    const window = createMovingWindow([{ limit: 1, interval: 1000 }], clock);
    const served: string[] = [];
    await Promise.all(['a', 'b', 'c'].map((name) => window.acquire(1).then(() => served.push(name))));
    expect(served).toEqual(['a', 'b', 'c']);
    expect(clock.sleeps).toEqual([1001, 1001]);
  });

  it('goes on after a caller gave up', async () => {
    const clock = fakeClock(0);
    const window = createMovingWindow([{ limit: 1, interval: 1000 }], clock);
    await window.acquire(1);
    await expect(window.acquire(1, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
    await window.acquire(1);
    expect(clock.sleeps).toEqual([1001]);
  });
});
