import { countValues } from '../../../../engine/sync/cursor/count-values.ts';
import { completeUntil, mergeRanges, type Range } from '../../../../engine/sync/cursor/ranges.ts';

const range = (start: number, end: number, mostRecent?: number): Range<number | bigint> => ({
  start,
  end,
  mostRecent,
});

describe('ranges that were read', () => {
  it('are joined where they overlap or touch, in any order', () => {
    expect(mergeRanges(countValues, [range(10, 12, 11), range(1, 3, 2), range(4, 6)])).toEqual([
      range(1, 6, 2),
      range(10, 12, 11),
    ]);
  });

  it('keep the longer end and the later record', () => {
    expect(mergeRanges(countValues, [range(1, 9, 8), range(2, 3, 3)])).toEqual([range(1, 9, 8)]);
  });

  it('are complete until the record before the first gap', () => {
    expect(completeUntil(countValues, [range(7, 9, 9), range(1, 3, 2)])).toBe(2);
    expect(completeUntil(countValues, [range(8, 9, 9), range(1, 3), range(4, 6, 5)])).toBe(5);
  });

  it('are complete until their start when there was no record', () => {
    expect(completeUntil(countValues, [range(3, 9)])).toBe(3);
  });

  it('keep the record that is known, where the other has none or zero', () => {
    expect(mergeRanges(countValues, [range(1, 3), range(2, 4, 2)])).toEqual([range(1, 4, 2)]);
    expect(mergeRanges(countValues, [range(1, 3, 2), range(2, 4)])).toEqual([range(1, 4, 2)]);
    expect(mergeRanges(countValues, [range(1, 3, 0), range(2, 4, 2)])).toEqual([range(1, 4, 2)]);
    expect(mergeRanges(countValues, [range(-3, 3, -2), range(2, 4, 0)])).toEqual([range(-3, 4, -2)]);
  });

  it('touch where one ends a unit before the next', () => {
    expect(mergeRanges(countValues, [range(1, 3), range(4, 5)])).toEqual([range(1, 5)]);
    expect(mergeRanges(countValues, [range(1, 3), range(5, 6)])).toEqual([range(1, 3), range(5, 6)]);
    expect(mergeRanges(countValues, [range(1, 3), range(1, 2)])).toEqual([range(1, 3)]);
  });

  it('are complete until nowhere where there are none', () => {
    expect(completeUntil(countValues, [])).toBeUndefined();
    expect(completeUntil(countValues, [range(3, 9, 0)])).toBe(3);
  });
});
