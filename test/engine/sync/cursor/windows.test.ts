import { clampToMonth } from '../../../../engine/sync/cursor/clamp.ts';
import { countValues } from '../../../../engine/sync/cursor/count-values.ts';
import { type WindowPlan, windows } from '../../../../engine/sync/cursor/windows.ts';
import { testCursor, windowsOf } from '../../../kit/cursors.ts';

const tenDays = { step: 'P10D', granularity: 'P1D' };

describe('the windows of a datetime cursor', () => {
  it('is one without a step', async () => {
    expect(await windowsOf(testCursor())).toEqual(['2024-01-01..2024-01-31']);
  });

  it('end one unit before the next one starts, the last one at the end', async () => {
    expect(await windowsOf(testCursor({ ...tenDays, end: '2024-01-25' }))).toEqual([
      '2024-01-01..2024-01-10',
      '2024-01-11..2024-01-20',
      '2024-01-21..2024-01-25',
    ]);
  });

  it('have none of a single unit where the step divides the time', async () => {
    expect(await windowsOf(testCursor({ ...tenDays, end: '2024-01-21' }))).toEqual([
      '2024-01-01..2024-01-10',
      '2024-01-11..2024-01-21',
    ]);
  });

  it('continue at the state, and before it with a lookback', async () => {
    const state = { at: '2024-01-20' };
    expect(await windowsOf(testCursor({ state }))).toEqual(['2024-01-20..2024-01-31']);
    expect(await windowsOf(testCursor({ state, lookback: 'P5D' }))).toEqual(['2024-01-15..2024-01-31']);
  });

  it('never reach back behind the start', async () => {
    expect(await windowsOf(testCursor({ state: { at: '2024-01-03' }, lookback: 'P1M' }))).toEqual([
      '2024-01-01..2024-01-31',
    ]);
    expect(await windowsOf(testCursor({ state: { at: '2023-05-05' } }))).toEqual(['2024-01-01..2024-01-31']);
  });

  it('do not exist when the state is later than the end', async () => {
    expect(await windowsOf(testCursor({ state: { at: '2024-02-02' } }))).toEqual([]);
  });

  it('have a single moment only with a granularity, and only if the API takes one', async () => {
    const state = { at: '2024-01-31' };
    expect(await windowsOf(testCursor({ state }))).toEqual([]);
    expect(await windowsOf(testCursor({ ...tenDays, state }))).toEqual(['2024-01-31..2024-01-31']);
    expect(await windowsOf(testCursor({ ...tenDays, state, isCompareStrictly: true }))).toEqual([]);
  });

  it('fill the gaps of a state with ranges first', async () => {
    const state = {
      state_type: 'date-range',
      slices: [
        { start: '2024-01-01', end: '2024-01-05' },
        { start: '2024-01-10', end: '2024-01-20' },
      ],
    };
    expect(await windowsOf(testCursor({ ...tenDays, state }))).toEqual([
      '2024-01-06..2024-01-09',
      '2024-01-20..2024-01-29',
      '2024-01-30..2024-01-31',
    ]);
  });

  it('start before the first range of a state when the configured start moved back', async () => {
    const state = { state_type: 'date-range', slices: [{ start: '2024-01-10', end: '2024-01-31' }] };
    expect(await windowsOf(testCursor({ ...tenDays, state }))).toEqual([
      '2024-01-01..2024-01-09',
      '2024-01-31..2024-01-31',
    ]);
  });

  it('move along the calendar, so months drift to their shortest end', async () => {
    const options = { start: '2024-01-31', end: '2024-04-15', step: 'P1M', granularity: 'P1D' };
    expect(await windowsOf(testCursor(options))).toEqual([
      '2024-01-31..2024-02-28',
      '2024-02-29..2024-03-28',
      '2024-03-29..2024-04-15',
    ]);
  });

  it('start with whole months when they are clamped', async () => {
    const options = {
      start: '2024-01-15',
      end: '2024-03-31',
      step: 'P1M',
      granularity: 'P1D',
      clamp: clampToMonth,
    };
    expect(await windowsOf(testCursor(options))).toEqual([
      '2024-02-01..2024-02-29',
      '2024-03-01..2024-03-31',
    ]);
  });

  it('cannot be read from a state without any range', () => {
    expect(() => testCursor({ state: { state_type: 'date-range', slices: [] } })).toThrow('but no "slices"');
  });
});

describe('what is left to read, by numbers', () => {
  type Plan = Partial<WindowPlan<number | bigint, number | bigint>>;
  type Ranges = readonly (readonly [start: number, end: number])[];
  const up = (value: number | bigint) => Math.ceil(Number(value) / 10) * 10;
  const down = (value: number | bigint) => Math.floor(Number(value) / 10) * 10;

  /** From 10 to 40 in steps of 10, a unit apart. */
  function left(ranges: Ranges, plan: Plan = {}): string[] {
    const whole = {
      start: 10,
      end: () => 40,
      step: 10,
      granularity: 1,
      lookback: undefined,
      clamp: (value: number | bigint) => value,
      isCompareStrictly: false,
      ...plan,
    };
    const read = ranges.map(([start, end]) => ({ start, end, mostRecent: undefined }));
    return [...windows(countValues, whole, read)].map(({ start, end }) => `${start}..${end}`);
  }

  it.each<[string, Ranges, Plan, readonly string[]]>([
    ['everything', [[10, 10]], {}, ['10..19', '20..29', '30..40']],
    ['a last piece that is shorter', [[10, 10]], { end: () => 35 }, ['10..19', '20..29', '30..35']],
    ['a step that reaches the end', [[10, 10]], { end: () => 20 }, ['10..20']],
    [
      'pieces that share their boundaries',
      [[10, 10]],
      { granularity: undefined },
      ['10..20', '20..30', '30..40'],
    ],
    ['without a step', [[10, 10]], { step: undefined }, ['10..40']],
    ['before the first range', [[15, 40]], {}, ['10..14', '40..40']],
    ['before the first range, sharing it', [[15, 40]], { granularity: undefined }, ['10..15']],
    ['nothing before a range that starts there', [[10, 40]], { isCompareStrictly: true }, []],
    ['nothing before a range when there is no start', [[15, 40]], { start: undefined }, ['40..40']],
    [
      'a gap',
      [
        [10, 15],
        [25, 40],
      ],
      {},
      ['16..24', '40..40'],
    ],
    [
      'a gap, sharing its boundaries',
      [
        [10, 15],
        [25, 40],
      ],
      { granularity: undefined },
      ['15..25'],
    ],
    [
      'a gap in pieces',
      [
        [10, 12],
        [38, 40],
      ],
      {},
      ['13..22', '23..32', '33..37', '40..40'],
    ],
    [
      'no gap between ranges a unit apart',
      [
        [10, 15],
        [16, 40],
      ],
      { isCompareStrictly: true },
      [],
    ],
    [
      'no gap before the start',
      [
        [0, 2],
        [5, 12],
      ],
      { start: 20 },
      ['20..29', '30..40'],
    ],
    [
      'no gap that ends at the start',
      [
        [0, 2],
        [20, 40],
      ],
      { start: 20, isCompareStrictly: true },
      [],
    ],
    [
      'the rest of a gap that the start lies in',
      [
        [0, 2],
        [25, 40],
      ],
      { start: 20 },
      ['20..24', '40..40'],
    ],
    ['from the start, where what was read ends before it', [[0, 5]], {}, ['10..19', '20..29', '30..40']],
    ['nothing after the end', [[10, 41]], {}, []],
    ['what was read last once more', [[10, 38]], { lookback: 5 }, ['33..40']],
    ['no more of it than from the start on', [[10, 12]], { lookback: 5, end: () => 15 }, ['10..15']],
    [
      'of numbers from zero on, as much as is looked back',
      [[0, 3]],
      { start: 0, lookback: 5, end: () => 4 },
      ['-2..4'],
    ],
    [
      'without a start, as much as is looked back',
      [[0, 3]],
      { start: undefined, lookback: 5, end: () => 4 },
      ['-2..4'],
    ],
    [
      'up to now before a range in the future',
      [
        [10, 20],
        [50, 60],
      ],
      { step: undefined },
      ['21..39'],
    ],
    [
      'up to now before a range in the future, sharing the boundary',
      [
        [10, 20],
        [50, 60],
      ],
      { step: undefined, granularity: undefined },
      ['20..40'],
    ],
    ['whole tens', [[13, 13]], { start: 13, clamp: up }, ['20..29', '30..40']],
    ['whole tens of shorter steps', [[10, 10]], { step: 7, clamp: up }, ['10..19', '20..29', '30..40']],
    ['whole tens up to now', [[25, 25]], { start: 25, end: () => 38, clamp: up }, ['30..38']],
    [
      'whole tens up to the next one, sharing boundaries',
      [[25, 25]],
      { start: 25, end: () => 38, clamp: up, granularity: undefined },
      ['30..40'],
    ],
    [
      'whole tens in a gap',
      [
        [10, 12],
        [38, 40],
      ],
      { clamp: up },
      ['20..29', '30..37', '40..40'],
    ],
    [
      'whole tens in a short gap',
      [
        [10, 12],
        [28, 40],
      ],
      { clamp: up },
      ['20..29', '40..40'],
    ],
    ['nothing where a step is shorter than a ten', [[10, 10]], { step: 3, clamp: down }, []],
    ['nothing where the next ten is after the end', [[33, 33]], { start: 33, end: () => 38, clamp: up }, []],
  ])('%s', (_, ranges, plan, expected) => {
    expect(left(ranges, plan)).toEqual(expected);
  });

  it('ends a step where the calendar ends', async () => {
    expect(await windowsOf(testCursor({ step: 'P9000Y', granularity: 'P1D' }))).toEqual([
      '2024-01-01..2024-01-31',
    ]);
  });
});
