import type { CursorOptions } from '../../../../engine/contract/families.ts';
import { emptySlice, type Slice } from '../../../../engine/contract/slice.ts';
import { parseDuration } from '../../../../engine/time/duration.ts';
import type { PyTimedelta } from '../../../../engine/time/timedelta.ts';
import { collect, readSlice, testCursor } from '../../../kit/cursors.ts';

const weeks = { step: 'P1W', granularity: 'P1D', end: '2024-01-28' };

describe('the state of a datetime cursor', () => {
  it('is the start before anything was read', () => {
    expect(testCursor().state()).toEqual({ at: '2024-01-01' });
  });

  it('is the latest record once its slice is closed, not earlier', async () => {
    const cursor = testCursor();
    const [slice] = (await collect(cursor.slices())) as [Slice];
    cursor.observe({ at: '2024-01-09' }, slice);
    cursor.observe({ at: '2024-01-12' }, slice);
    cursor.observe({ at: '2024-01-07' }, slice);
    expect(cursor.state()).toEqual({ at: '2024-01-01' });
    cursor.closeSlice(slice);
    expect(cursor.state()).toEqual({ at: '2024-01-12' });
  });

  it('stops at the end of the window where the API gives records beyond it', async () => {
    for (const [isClientSide, at] of [
      [true, '2024-01-31'],
      [false, '2024-02-02'],
    ] as const) {
      const cursor = testCursor({ isClientSide });
      const [slice] = (await collect(cursor.slices())) as [Slice];
      readSlice(cursor, slice, '2024-01-09', '2024-02-02');
      expect(cursor.state()).toEqual({ at });
    }
  });

  it('follows the records where their formats read the end of its window as another moment', async () => {
    const bounds = { start: '1767225600', end: '1768435200' };
    const cursor = testCursor({ isClientSide: true, format: '%s', inputs: ['%ms'], ...bounds });
    const [slice] = (await collect(cursor.slices())) as [Slice];
    readSlice(cursor, slice, '1768348800000');
    expect(cursor.state()).toEqual({ at: '1768348800' });
  });

  it('stops where answers may have been given before the window ended', async () => {
    for (const [isClientSide, at] of [
      [true, '2024-01-20'],
      [false, '2024-01-25'],
    ] as const) {
      const cursor = testCursor({ isClientSide, answersSince: '2024-01-20' });
      const [slice] = (await collect(cursor.slices())) as [Slice];
      readSlice(cursor, slice, '2024-01-09', '2024-01-25');
      expect(cursor.state()).toEqual({ at });
    }
  });

  it('follows a slice that is read once more', async () => {
    const cursor = testCursor();
    const [slice] = (await collect(cursor.slices())) as [Slice];
    readSlice(cursor, slice, '2024-01-05');
    readSlice(cursor, slice, '2024-01-09');
    expect(cursor.state()).toEqual({ at: '2024-01-09' });
  });

  it('does not pass a gap, whatever the order in which slices end', async () => {
    const cursor = testCursor(weeks);
    const [first, second, third] = (await collect(cursor.slices())) as [Slice, Slice, Slice];
    readSlice(cursor, third, '2024-01-20');
    expect(cursor.state()).toEqual({ at: '2024-01-01' });
    readSlice(cursor, first, '2024-01-03');
    expect(cursor.state()).toEqual({ at: '2024-01-03' });
    readSlice(cursor, second, '2024-01-09');
    expect(cursor.state()).toEqual({ at: '2024-01-20' });
  });

  it('stays where it is after slices without records', async () => {
    const cursor = testCursor({ ...weeks, state: { at: '2024-01-10' } });
    for (const slice of await collect(cursor.slices())) readSlice(cursor, slice);
    expect(cursor.state()).toEqual({ at: '2024-01-10' });
  });

  it('keeps what else was stored, and an earlier state stays as it was handed out', async () => {
    const cursor = testCursor({ state: { at: '2024-01-10', note: 'kept' } });
    const before = cursor.state();
    const [slice] = (await collect(cursor.slices())) as [Slice];
    readSlice(cursor, slice, '2024-01-30');
    expect(before).toEqual({ at: '2024-01-10', note: 'kept' });
    expect(cursor.state()).toEqual({ at: '2024-01-30', note: 'kept' });
  });

  it('becomes plain when it was stored as ranges', async () => {
    const slices = [{ start: '2024-01-01', end: '2024-01-20', most_recent_cursor_value: '2024-01-18' }];
    expect(testCursor({ state: { state_type: 'date-range', slices } }).state()).toEqual({ at: '2024-01-18' });
  });

  it('does not follow records whose field is missing or unreadable, and says so once', async () => {
    const warnings: string[] = [];
    const cursor = testCursor({ warn: (message) => void warnings.push(message) });
    const [slice] = (await collect(cursor.slices())) as [Slice];
    cursor.observe({}, slice);
    readSlice(cursor, slice, '2024-01-05', 'yesterday', '2024-01-06');
    expect(cursor.state()).toEqual({ at: '2024-01-06' });
    expect(warnings).toEqual([expect.stringContaining('"at"')]);
  });

  it('is written as the records came: in their own offset', async () => {
    const format = '%Y-%m-%dT%H:%M:%S%z';
    const cursor = testCursor({ format, start: '2024-01-01T00:00:00Z', end: '2024-01-31T00:00:00Z' });
    const [slice] = (await collect(cursor.slices())) as [Slice];
    readSlice(
      cursor,
      slice,
      '2024-01-05T12:00:00Z',
      '2024-01-05T13:00:00-02:00',
      '2024-01-05T14:59:59+00:00',
    );
    expect(cursor.state()).toEqual({ at: '2024-01-05T13:00:00-0200' });
  });
});

describe('a state in the middle of a slice', () => {
  it('covers what later records have confirmed while they are ascending', async () => {
    const cursor = testCursor();
    const [slice] = (await collect(cursor.slices())) as [Slice];
    cursor.observe({ at: '2024-01-05' }, slice);
    cursor.observe({ at: '2024-01-07' }, slice);
    cursor.observe({ at: '2024-01-09' }, slice);
    expect(cursor.midSliceState?.(slice)).toEqual({ at: '2024-01-07' });
    cursor.observe({ at: '2024-01-08' }, slice);
    expect(cursor.midSliceState?.(slice)).toBeUndefined();
  });

  it('does not exist when all values are the same: the next ones may be older', async () => {
    const cursor = testCursor();
    const [slice] = (await collect(cursor.slices())) as [Slice];
    expect(cursor.midSliceState?.(slice)).toBeUndefined();
    cursor.observe({ at: '2024-01-05' }, slice);
    cursor.observe({ at: '2024-01-05' }, slice);
    expect(cursor.midSliceState?.(slice)).toBeUndefined();
  });

  it('does not pass a slice that is still open', async () => {
    const cursor = testCursor(weeks);
    const [, second] = (await collect(cursor.slices())) as [Slice, Slice];
    cursor.observe({ at: '2024-01-09' }, second);
    cursor.observe({ at: '2024-01-10' }, second);
    expect(cursor.midSliceState?.(second)).toEqual({ at: '2024-01-01' });
  });

  it('does not exist for feeds', async () => {
    const cursor = testCursor({ isNewestFirst: true });
    const [slice] = (await collect(cursor.slices())) as [Slice];
    cursor.observe({ at: '2024-01-05' }, slice);
    cursor.observe({ at: '2024-01-07' }, slice);
    expect(cursor.midSliceState?.(slice)).toBeUndefined();
  });
});

describe('what should be synced', () => {
  const slice: Slice = { partition: {}, cursor: {}, extraFields: {} };

  it('lies between state and end, both included', () => {
    const cursor = testCursor({ state: { at: '2024-01-10' } });
    const kept = ['2024-01-09', '2024-01-10', '2024-01-31', '2024-02-01'].filter((at) =>
      cursor.shouldBeSynced({ at }, slice),
    );
    expect(kept).toEqual(['2024-01-10', '2024-01-31']);
  });

  it('includes the lookback, but nothing from before the start', () => {
    const cursor = testCursor({ state: { at: '2024-01-03' }, lookback: 'P5D' });
    const kept = ['2023-12-31', '2024-01-01', '2024-01-02'].filter((at) =>
      cursor.shouldBeSynced({ at }, slice),
    );
    expect(kept).toEqual(['2024-01-01', '2024-01-02']);
  });

  it('includes records without a readable value', () => {
    const cursor = testCursor({ state: { at: '2024-01-10' } });
    expect(cursor.shouldBeSynced({}, slice)).toBe(true);
    expect(cursor.shouldBeSynced({ at: 'soon' }, slice)).toBe(true);
  });
});

describe('what should be synced without a start', () => {
  it('includes all that is looked back', () => {
    const cursor = testCursor({ start: null, state: { at: '2024-01-10' }, lookback: 'P5D' });
    const kept = ['2024-01-04', '2024-01-05'].filter((at) => cursor.shouldBeSynced({ at }, emptySlice));
    expect(kept).toEqual(['2024-01-05']);
    // Before the first moment there is none to look back to.
    expect(
      testCursor({ start: null, lookback: 'P5D' }).shouldBeSynced({ at: '0001-01-01' }, emptySlice),
    ).toBe(true);
  });

  it('ends now, which moves on', () => {
    const ends = ['2024-01-10', '2024-01-20', '2024-01-30'];
    const options = {
      get end() {
        return ends.shift() ?? 'never';
      },
    };
    const cursor = testCursor(options);
    const isSynced = (at: string) => cursor.shouldBeSynced({ at }, emptySlice);
    expect([isSynced('2024-01-05'), isSynced('2024-01-10'), ends.length]).toEqual([true, true, 2]);
    expect([isSynced('2024-01-15'), isSynced('2024-01-20'), ends.length]).toEqual([true, true, 1]);
    expect([isSynced('2024-02-15'), ends.length]).toEqual([false, 0]);
  });
});

describe('a slice that is split', () => {
  it('becomes two, which touch', async () => {
    const cursor = testCursor({ granularity: 'P1D', end: '2024-01-10' });
    const [slice] = (await collect(cursor.slices())) as [Slice];
    const halves = cursor.splitWindow?.(slice, undefined)?.map(({ cursor: window }) => window);
    expect(halves).toEqual([
      { start_time: '2024-01-01', end_time: '2024-01-05' },
      { start_time: '2024-01-06', end_time: '2024-01-10' },
    ]);
    expect(cursor.splitWindow?.(slice, parseDuration('P9D') as PyTimedelta)).toBeUndefined();
    expect(testCursor().splitWindow?.(slice, undefined)).toBeUndefined();
  });

  it('cannot be split, nor closed, without its window', () => {
    const told = 'A slice of stream "items" has no "start_time", so its state cannot be kept.';
    expect(() => testCursor().splitWindow?.(emptySlice, undefined)).toThrow(told);
    const open = { ...emptySlice, cursor: { start_time: '2024-01-01' } };
    expect(() => testCursor().closeSlice(open)).toThrow('has no "end_time"');
  });
});

describe('a cursor of which nothing is left', () => {
  const skips = async (state: string) => {
    const skipped: unknown[] = [];
    const onSkip: CursorOptions['onSkip'] = (reason, slice) => void skipped.push([reason, slice]);
    const cursor = testCursor({ state: { at: state }, onSkip });
    const { length } = await collect(cursor.slices());
    return [length, skipped, cursor.fields];
  };

  it('says so', async () => {
    expect(await skips('2024-02-02')).toEqual([0, [['nothing left', emptySlice]], ['at']]);
    expect(await skips('2024-01-02')).toEqual([1, [], ['at']]);
  });
});

describe('a stored position', () => {
  it.each([
    [{ at: '2024-01-01' }, '2024-01-01'],
    [{ at: '2023-12-31' }, '2024-01-01'],
    [{ at: '2024-01-02' }, '2024-01-02'],
    [{ other: 1 }, '2024-01-01'],
  ])('%j is gone on with from %s', (state, at) => {
    expect(testCursor({ state }).state().at).toBe(at);
  });

  it.each([
    [{ start: 'x', end: '2024-01-09' }, '"start": "x"'],
    [{ start: '2024-01-01', end: 'x' }, '"end": "x"'],
    [
      { start: '2024-01-01', end: '2024-01-09', most_recent_cursor_value: 'x' },
      '"most_recent_cursor_value": "x"',
    ],
  ])('of ranges is refused with what is wrong: %j', (range, what) => {
    expect(() => testCursor({ state: { state_type: 'date-range', slices: [range] } })).toThrow(what);
  });

  it('of ranges counts the lookback from the latest record, or else from the end', () => {
    const kept = (range: object) => {
      const state = {
        state_type: 'date-range',
        slices: [{ start: '2024-01-01', end: '2024-01-20', ...range }],
      };
      const cursor = testCursor({ state, lookback: 'P1D' });
      return ['2024-01-16', '2024-01-17', '2024-01-18', '2024-01-19'].find((at) =>
        cursor.shouldBeSynced({ at }, emptySlice),
      );
    };
    expect([kept({ most_recent_cursor_value: '2024-01-18' }), kept({})]).toEqual([
      '2024-01-17',
      '2024-01-19',
    ]);
  });
});

describe('a slice cut at its latest record', () => {
  it('starts there, and still closes as the whole slice', async () => {
    const cursor = testCursor();
    const [slice] = (await collect(cursor.slices())) as [Slice];
    expect(cursor.reduceRange?.(slice)).toBeUndefined();
    cursor.observe({ at: '2024-01-05' }, slice);
    expect(cursor.reduceRange?.(slice)?.cursor).toEqual({ start_time: '2024-01-05', end_time: '2024-01-31' });
    readSlice(cursor, slice, '2024-01-20');
    expect(cursor.state()).toEqual({ at: '2024-01-20' });
  });

  it('says that records may be missed where they are in no order', async () => {
    const warnings: string[] = [];
    const cursor = testCursor({ warn: (message) => void warnings.push(message) });
    const [slice] = (await collect(cursor.slices())) as [Slice];
    cursor.observe({ at: '2024-01-05' }, slice);
    cursor.reduceRange?.(slice);
    expect(warnings).toEqual([]);
    cursor.observe({ at: '2024-01-04' }, slice);
    expect(cursor.reduceRange?.(slice)?.cursor.start_time).toBe('2024-01-05');
    expect(warnings).toEqual([
      'Stream "items" restarts its pagination at its latest record, but its records are not in the order of "at": some may be missed.',
    ]);
  });

  it('knows the records of each slice apart', async () => {
    const cursor = testCursor(weeks);
    const [first, second] = (await collect(cursor.slices())) as [Slice, Slice];
    cursor.observe({ at: '2024-01-03' }, first);
    cursor.observe({ at: '2024-01-09' }, second);
    cursor.observe({ at: '2024-01-02' }, first);
    expect(cursor.reduceRange?.(first)?.cursor.start_time).toBe('2024-01-03');
    expect(cursor.reduceRange?.(second)?.cursor.start_time).toBe('2024-01-09');
    cursor.closeSlice(first);
    expect(cursor.reduceRange?.(first)).toBeUndefined();
    expect(cursor.reduceRange?.(second)?.cursor.start_time).toBe('2024-01-09');
  });
});
