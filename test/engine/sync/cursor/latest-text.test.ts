import { countValues } from '../../../../engine/sync/cursor/count-values.ts';
import { datetimeValues } from '../../../../engine/sync/cursor/datetime-values.ts';
import { createLatestText } from '../../../../engine/sync/cursor/latest-text.ts';

const days = datetimeValues({ output: '%Y-%m-%d', input: [] }, undefined);
const withOffset = datetimeValues({ output: '%Y-%m-%dT%H:%M:%S%z', input: [] }, undefined);

describe('the highest text of all partitions', () => {
  it('is none before the first, or the one that is known', () => {
    expect(createLatestText(days, undefined).get()).toBeUndefined();
    expect(createLatestText(days, '2024-01-05').get()).toBe('2024-01-05');
  });

  it.each([
    [days, undefined, ['2024-01-03', '2024-01-09', '2024-01-09', '2024-01-05'], '2024-01-09'],
    [days, '2024-01-20', ['2024-01-09'], '2024-01-20'],
    [days, '2024-01-02', ['2024-01-09'], '2024-01-09'],
    // Without leading zeros it goes the long way.
    [days, undefined, ['2024-1-9', '2024-01-05'], '2024-01-09'],
    // Texts with offsets are not in the order of their moments; it is the texts that count.
    [
      withOffset,
      undefined,
      ['2024-01-01T01:00:00+05:00', '2024-01-01T00:30:00Z'],
      '2024-01-01T01:00:00+0500',
    ],
    [countValues, undefined, [9, 10], '9'],
  ])('%#', (values, initial, seen, latest) => {
    const text = createLatestText(values as typeof days, initial);
    expect(seen.map((value) => text.see(value))).toEqual(seen.map(() => true));
    expect(text.get()).toBe(latest);
    expect(text.get()).toBe(latest);
  });

  it('does not count what cannot be read, nor keeps it for the next time', () => {
    const text = createLatestText(days, undefined);
    expect(['never', 'never', undefined, '2024-01-03', 'never'].map((value) => text.see(value))).toEqual([
      false,
      false,
      false,
      true,
      false,
    ]);
    expect(text.get()).toBe('2024-01-03');
  });

  it('takes what is written already', () => {
    const text = createLatestText(days, '2024-01-05');
    text.take('2024-01-04');
    expect(text.get()).toBe('2024-01-05');
    text.take('2024-01-06');
    expect(text.get()).toBe('2024-01-06');
  });
});
