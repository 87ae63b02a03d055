import { countValues } from '../../../../engine/sync/cursor/count-values.ts';

describe('values that only grow', () => {
  it.each([7, 7n, 0, -1.5])('are numbers: %p', (value) => {
    expect(countValues.parse(value)).toBe(value);
  });

  it.each(['7', null, true, undefined])('are not %p', (value) => {
    expect(() => countValues.parse(value)).toThrow(`'${value}' is not a number, so it cannot be a count`);
  });

  it('are ordered, integers of any size too', () => {
    expect([countValues.compare(1, 2), countValues.compare(2, 1), countValues.compare(2, 2)]).toEqual([
      -1, 1, 0,
    ]);
    expect(countValues.compare(9_007_199_254_740_993n, 9_007_199_254_740_992)).toBe(1);
    expect([1, 0, 5n, '5', Number.NaN, -1].map(countValues.rank)).toEqual([
      1,
      0,
      undefined,
      undefined,
      undefined,
      -1,
    ]);
  });

  it.each([
    [1, 2, 3],
    [1n, 2, 3n],
    [1, 2n, 3n],
    [9_007_199_254_740_991, 1, 9_007_199_254_740_992n],
    [0.5, 1, 1.5],
    [0.5, 1n, 1.5],
    [1n, 0.5, 1.5],
    [Number.POSITIVE_INFINITY, 1, Number.POSITIVE_INFINITY],
  ])('%p and %p are %p together, exactly', (a, b, sum) => {
    expect(countValues.add(a, b)).toBe(sum);
  });

  it('touch the next number, and zero is no bound', () => {
    expect([countValues.next(3), countValues.next(3n), countValues.subtract(5, 2)]).toEqual([4, 4n, 3]);
    expect([0, 0n, 1, -1].map(countValues.isNothing)).toEqual([true, true, false, false]);
  });
});
