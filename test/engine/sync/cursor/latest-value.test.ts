import { datetimeValues } from '../../../../engine/sync/cursor/datetime-values.ts';
import { createLatestValue } from '../../../../engine/sync/cursor/latest-value.ts';

function latestOf(formats: readonly string[], ...raw: readonly unknown[]) {
  const output = '%Y-%m-%dT%H:%M:%S.%f%z';
  const values = datetimeValues({ output, input: formats }, undefined);
  const latest = createLatestValue(values);
  const seen = raw.map((value) => latest.see(value));
  const value = latest.get();
  return { seen, latest: value && values.format(value), isAscending: latest.isAscending() };
}

describe('the latest of raw values', () => {
  it.each<[string, readonly string[], readonly unknown[], string]>([
    [
      'of one format',
      ['%Y-%m-%d'],
      ['2024-01-02', '2024-01-30', '2024-01-09'],
      '2024-01-30T00:00:00.000000+0000',
    ],
    [
      'of several formats',
      ['%Y-%m-%d', '%Y-%m-%dT%H:%M:%SZ'],
      ['2024-01-02', '2024-01-02T01:00:00Z'],
      '2024-01-02T01:00:00.000000+0000',
    ],
    [
      'with offsets',
      ['%Y-%m-%dT%H:%M:%S%z'],
      ['2024-01-02T01:00:00Z', '2024-01-02T01:30:00+01:00'],
      '2024-01-02T01:00:00.000000+0000',
    ],
    [
      'with offset zero written differently',
      ['%Y-%m-%dT%H:%M:%S%z'],
      ['2024-01-02T01:00:00+00:00', '2024-01-02T02:00:00Z'],
      '2024-01-02T02:00:00.000000+0000',
    ],
    [
      'as numbers and digits',
      ['%s'],
      [1704067200, '1704067201', 1704067199],
      '2024-01-01T00:00:01.000000+0000',
    ],
    ['as numbers of different length', ['%s'], [999999999, 1000000000], '2001-09-09T01:46:40.000000+0000'],
    ['without leading zeros', ['%Y-%m-%d'], ['2024-1-9', '2024-01-10'], '2024-01-10T00:00:00.000000+0000'],
    [
      'not in the order of their texts',
      ['%d/%m/%Y'],
      ['31/01/2024', '01/02/2024'],
      '2024-02-01T00:00:00.000000+0000',
    ],
  ])('%s', (_, formats, raw, expected) => {
    expect(latestOf(formats, ...raw).latest).toBe(expected);
  });

  it('passes over what cannot be read, also dates that only look right', () => {
    const { seen, latest } = latestOf(
      ['%Y-%m-%d'],
      '2024-02-28',
      '2024-02-30',
      'never',
      null,
      {},
      '2024-13-01',
    );
    expect(seen).toEqual([true, false, false, false, false, false]);
    expect(latest).toBe('2024-02-28T00:00:00.000000+0000');
  });

  it('knows whether the values came in ascending order', () => {
    expect(latestOf(['%Y-%m-%d'], '2024-01-01', '2024-01-01', '2024-01-31').isAscending).toBe(true);
    expect(latestOf(['%Y-%m-%d'], '2024-01-01', '2024-01-31', '2024-01-30').isAscending).toBe(false);
    expect(latestOf(['%Y-%m-%d'], '2024-01-10', '2024-01-09').isAscending).toBe(false);
  });

  it('has none before the first', () => {
    expect(latestOf(['%s']).latest).toBeUndefined();
  });

  it('takes the same moment written in another way for no step back, and for no later one', () => {
    const format = '%Y-%m-%dT%H:%M:%S%z';
    for (const [formats, first, second] of [
      [[format], '2024-01-02T01:00:00Z', '2024-01-02T01:00:00+00:00'],
      [[format], '2024-01-02T01:00:00+01:00', '2024-01-02T02:00:00+02:00'],
      [['%s'], 5, '5'],
      [['%d/%m/%Y'], '01/02/2024', '1/2/2024'],
    ] as const) {
      const latest = createLatestValue(datetimeValues({ output: format, input: formats }, undefined));
      expect([latest.see(first), latest.see(second), latest.isAscending()]).toEqual([true, true, true]);
      expect(latest.confirmed()).toBeUndefined();
    }
  });

  it('confirms the value before the latest', () => {
    const values = datetimeValues({ output: '%Y-%m-%d', input: [] }, undefined);
    for (const texts of [
      ['2024-01-01', '2024-01-05', '2024-01-03', '2024-01-09'],
      ['2024-1-1', '2024-1-5', '2024-1-3', '2024-1-9'],
    ]) {
      const latest = createLatestValue(values);
      const confirmed = texts.map((text) => {
        latest.see(text);
        const value = latest.confirmed();
        return value && values.format(value);
      });
      expect(confirmed).toEqual([undefined, '2024-01-01', '2024-01-01', '2024-01-05']);
    }
  });
});
