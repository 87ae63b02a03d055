import { clampToMonth } from '../../../../engine/sync/cursor/clamp.ts';
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
