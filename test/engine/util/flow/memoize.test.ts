import { memoize, memoizeSync } from '../../../../engine/util/flow/memoize.ts';

describe('memoize', () => {
  it('makes its value once, also for those who ask meanwhile', async () => {
    let made = 0;
    const value = memoize(async () => ++made);
    expect(await Promise.all([value(), value()])).toEqual([1, 1]);
    expect(await value()).toBe(1);
  });

  it('tries again after a failure', async () => {
    let tries = 0;
    const value = memoize(async () => {
      if (++tries === 1) throw new Error('not yet');
      return tries;
    });
    await expect(value()).rejects.toThrow('not yet');
    expect(await value()).toBe(2);
  });
});

describe('memoizeSync', () => {
  it('makes its value once, also when it is undefined', () => {
    let made = 0;
    const value = memoizeSync(() => void made++);
    value();
    value();
    expect(made).toBe(1);
  });

  it('tries again after a failure', () => {
    let tries = 0;
    const value = memoizeSync(() => {
      if (++tries === 1) throw new Error('not yet');
      return tries;
    });
    expect(value).toThrow('not yet');
    expect(value()).toBe(2);
  });
});
