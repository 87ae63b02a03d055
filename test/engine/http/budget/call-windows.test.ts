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
