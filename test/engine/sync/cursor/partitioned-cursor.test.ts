import type { CursorOptions } from '../../../../engine/contract/families.ts';
import { emptyParts } from '../../../../engine/contract/request-parts.ts';
import { emptySlice, type Slice } from '../../../../engine/contract/slice.ts';
import { partitionLimits } from '../../../../engine/sync/cursor/partitioned-cursor.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';
import { collect, readSlice, testCursor, testRouter } from '../../../kit/cursors.ts';
import { fakeClock } from '../../../kit/scope.ts';

const [red, blue] = [{ colour: 'red' }, { colour: 'blue' }];
const numbered = (count: number) => testRouter(Array.from({ length: count }, (_, id) => ({ id })));
const twoColours = () => testRouter([red, blue]);

function statesOf(state: JsonObject): Record<string, unknown> {
  const states = state.states as { partition: JsonObject; cursor: JsonObject }[];
  return Object.fromEntries(states.map(({ partition, cursor }) => [partition.colour, cursor.at]));
}

describe('a cursor with partitions', () => {
  it('reads every window of every partition', async () => {
    const cursor = testCursor({ router: twoColours(), step: 'P20D', granularity: 'P1D' });
    expect(await collect(cursor.slices())).toEqual(
      [red, blue].flatMap((partition) => [
        { partition, cursor: { start_time: '2024-01-01', end_time: '2024-01-20' }, extraFields: {} },
        { partition, cursor: { start_time: '2024-01-21', end_time: '2024-01-31' }, extraFields: {} },
      ]),
    );
  });

  it('keeps one position for each partition, and one for all at the end', async () => {
    const clock = fakeClock();
    const cursor = testCursor({ router: twoColours(), clock });
    const [first, second] = (await collect(cursor.slices())) as [Slice, Slice];
    readSlice(cursor, second, '2024-01-20');
    expect(cursor.state()).toEqual({
      use_global_cursor: false,
      lookback_window: 0,
      states: [
        { partition: red, cursor: { at: '2024-01-01' } },
        { partition: blue, cursor: { at: '2024-01-20' } },
      ],
    });
    readSlice(cursor, first, '2024-01-10');
    clock.advance(1500);
    cursor.finish();
    expect(cursor.state()).toEqual({
      use_global_cursor: false,
      lookback_window: 2,
      state: { at: '2024-01-20' },
      states: [
        { partition: red, cursor: { at: '2024-01-10' } },
        { partition: blue, cursor: { at: '2024-01-20' } },
      ],
    });
  });

  it('does not move the position of all when a slice failed', async () => {
    const cursor = testCursor({ router: twoColours() });
    const [first, second] = (await collect(cursor.slices())) as [Slice, Slice];
    readSlice(cursor, first, '2024-01-10');
    cursor.observe({ at: '2024-01-20' }, second);
    cursor.finish();
    expect(cursor.state().state).toBeUndefined();
    expect(statesOf(cursor.state())).toEqual({ red: '2024-01-10', blue: '2024-01-01' });
  });

  it('does not move the position of all when one window of a partition failed', async () => {
    const cursor = testCursor({ router: testRouter([red]), step: 'P20D', granularity: 'P1D' });
    const [first, second] = (await collect(cursor.slices())) as [Slice, Slice];
    cursor.observe({ at: '2024-01-25' }, second);
    readSlice(cursor, first, '2024-01-10');
    cursor.finish();
    expect(cursor.state().state).toBeUndefined();
  });

  it('counts the stored position of a partition without new records into that of all', async () => {
    const state = { states: [{ partition: red, cursor: { at: '2024-01-20' } }] };
    const cursor = testCursor({ router: twoColours(), state });
    const [first, second] = (await collect(cursor.slices())) as [Slice, Slice];
    readSlice(cursor, first);
    readSlice(cursor, second, '2024-01-10');
    cursor.finish();
    expect(cursor.state().state).toEqual({ at: '2024-01-20' });
  });

  it('does not move the position of all when not every partition was handed out', async () => {
    const cursor = testCursor({ router: twoColours() });
    for await (const slice of cursor.slices()) {
      readSlice(cursor, slice, '2024-01-10');
      break;
    }
    cursor.finish();
    expect(cursor.state().state).toBeUndefined();
  });

  it('continues every partition at its own position, new ones at the start', async () => {
    const state = {
      use_global_cursor: false,
      states: [{ partition: red, cursor: { at: '2024-01-05' } }],
      state: { at: '2024-01-20' },
      lookback_window: 2 * 86_400,
    };
    const cursor = testCursor({ router: twoColours(), state });
    const slices = await collect(cursor.slices());
    expect(slices.map(({ cursor: window }) => window.start_time)).toEqual(['2024-01-05', '2024-01-01']);
  });

  it('starts new partitions where all stand when the state may lack some, as those of older versions do', async () => {
    const state = { states: [{ partition: red, cursor: { at: '2024-01-05' } }], state: { at: '2024-01-20' } };
    const slices = await collect(testCursor({ router: twoColours(), state }).slices());
    expect(slices.map(({ cursor: window }) => window.start_time)).toEqual(['2024-01-05', '2024-01-20']);
  });

  it('starts partitions where all of them stand, moved back by the last run, when only that is known', async () => {
    const state = {
      use_global_cursor: false,
      states: [],
      state: { at: '2024-01-20' },
      lookback_window: 2 * 86_400,
    };
    const slices = await collect(testCursor({ router: twoColours(), state }).slices());
    expect(slices.map(({ cursor: window }) => window.start_time)).toEqual(['2024-01-18', '2024-01-18']);
  });

  it('takes the state of a stream that had no partitions for all of them', async () => {
    const cursor = testCursor({ router: twoColours(), state: { at: '2024-01-20' } });
    const slices = await collect(cursor.slices());
    expect(slices.map(({ cursor: window }) => window.start_time)).toEqual(['2024-01-20', '2024-01-20']);
  });

  it('knows a partition whatever the order of its keys', async () => {
    const state = { states: [{ partition: { parent_slice: {}, id: 5 }, cursor: { at: '2024-01-20' } }] };
    const cursor = testCursor({ router: testRouter([{ id: 5, parent_slice: {} }]), state });
    const [slice] = await collect(cursor.slices());
    expect(slice?.cursor.start_time).toBe('2024-01-20');
    expect(cursor.state().states).toHaveLength(1);
  });

  it('reads a partition once, however often it comes', async () => {
    const warnings: string[] = [];
    const router = testRouter([red, blue, { ...red }, { ...red }]);
    const cursor = testCursor({ router, warn: (message) => void warnings.push(message) });
    expect((await collect(cursor.slices())).map(({ partition }) => partition)).toEqual([red, blue]);
    expect(warnings).toHaveLength(1);
  });

  it.each([
    ['from where it stands', {}, '2024-01-31'],
    ['from its start where one position is kept for all', { useGlobalCursor: true }, '2024-01-01'],
  ])('of a parent reads a partition again that comes later: %s', async (_, options, again) => {
    const router = testRouter([red, blue, { ...red }]);
    const windows = { step: 'P31D', granularity: 'P1D' };
    const cursor = testCursor({ router, isSequential: true, ...windows, ...options });
    const starts: unknown[] = [];
    for await (const slice of cursor.slices()) {
      starts.push([slice.partition, slice.cursor.start_time]);
      cursor.observe({ at: '2024-01-20' }, slice);
      cursor.closeSlice(slice);
    }
    expect(starts).toEqual([
      [red, '2024-01-01'],
      [blue, '2024-01-01'],
      [red, again],
    ]);
  });

  it('takes partitions only as they are read', async () => {
    let taken = 0;
    function* endless() {
      for (;;) yield { id: taken++ };
    }
    const cursor = testCursor({ router: testRouter(endless()) });
    for await (const slice of cursor.slices()) {
      if (slice.partition.id === 3) break;
    }
    expect(taken).toBe(4);
  });

  it('has its state sent every minute, and more seldom when it has grown large', async () => {
    const many = Array.from({ length: 1001 }, (_, id) => ({ id }));
    const cursor = testCursor({ router: testRouter(many) });
    const intervals: (number | undefined)[] = [];
    for await (const slice of cursor.slices())
      if (Number(slice.partition.id) >= 999) intervals.push(cursor.stateInterval);
    expect(intervals).toEqual([60_000, 600_000]);
  });

  it('filters records by the position of their partition', async () => {
    const state = { states: [{ partition: red, cursor: { at: '2024-01-10' } }], state: { at: '2024-01-20' } };
    const cursor = testCursor({ router: twoColours(), state });
    const [first, second] = (await collect(cursor.slices())) as [Slice, Slice];
    expect(cursor.shouldBeSynced({ at: '2024-01-15' }, first)).toBe(true);
    expect(cursor.shouldBeSynced({ at: '2024-01-05' }, first)).toBe(false);
    expect(cursor.shouldBeSynced({ at: '2024-01-15' }, second)).toBe(false);
  });

  it('cuts a slice of a partition at its latest record', async () => {
    const cursor = testCursor({ router: twoColours() });
    const [first] = (await collect(cursor.slices())) as [Slice];
    cursor.observe({ at: '2024-01-15' }, first);
    expect(cursor.reduceRange?.(first)).toEqual({
      partition: red,
      cursor: { start_time: '2024-01-15', end_time: '2024-01-31' },
      extraFields: {},
    });
  });

  it('of a parent does not read a partition again that is still open', async () => {
    const skipped: unknown[] = [];
    const onSkip: CursorOptions['onSkip'] = (reason, { partition }) => void skipped.push([reason, partition]);
    const router = testRouter([red, blue, { ...red }]);
    const cursor = testCursor({ router, isSequential: true, onSkip });
    expect(await collect(cursor.slices())).toHaveLength(2);
    expect(skipped).toEqual([['repeated partition', red]]);
  });

  it('says of which partitions nothing is left', async () => {
    const skipped: unknown[] = [];
    const onSkip: CursorOptions['onSkip'] = (reason, { partition }) => void skipped.push([reason, partition]);
    const states = [{ partition: red, cursor: { at: '2024-02-01' } }];
    const cursor = testCursor({ router: twoColours(), state: { states }, onSkip });
    expect((await collect(cursor.slices())).map(({ partition }) => partition)).toEqual([blue]);
    expect(skipped).toEqual([['nothing left', red]]);
  });

  it('asks the router as a preview does, and lets it add to requests', async () => {
    const asked: unknown[] = [];
    const router = testRouter([red], {
      async *partitions(_state, options) {
        asked.push(options);
        yield { partition: red, cursor: {}, extraFields: {} };
      },
      addTo: (parts) => void asked.push(parts),
    });
    const cursor = testCursor({ router, isPreview: true });
    await collect(cursor.slices());
    const parts = emptyParts();
    cursor.addTo(parts, {});
    expect(asked).toEqual([{ isPreview: true }, parts]);
    expect(cursor.fields).toEqual(['at']);
  });

  it('splits the window of a partition', async () => {
    const cursor = testCursor({ router: testRouter([red]), granularity: 'P1D', end: '2024-01-10' });
    const [slice] = (await collect(cursor.slices())) as [Slice];
    expect(
      cursor
        .splitWindow?.(slice, undefined)
        ?.map(({ partition, cursor: { end_time } }) => [partition, end_time]),
    ).toEqual([
      [red, '2024-01-05'],
      [red, '2024-01-10'],
    ]);
  });

  it('goes on with one position for all where the state says so, and with one for each where it does', () => {
    const isGlobal = (state: object, useGlobalCursor: boolean) =>
      testCursor({
        router: twoColours(),
        state: { state: { at: '2024-01-20' }, ...state },
        useGlobalCursor,
      }).state().use_global_cursor;
    expect([isGlobal({ use_global_cursor: true }, false), isGlobal({ states: [] }, true)]).toEqual([
      true,
      false,
    ]);
  });
});

describe('one position for all partitions', () => {
  const global = { useGlobalCursor: true };

  it('moves only when everything was read', async () => {
    const cursor = testCursor({ router: twoColours(), ...global });
    const [first, second] = (await collect(cursor.slices())) as [Slice, Slice];
    expect(cursor.stateInterval).toBe(Number.POSITIVE_INFINITY);
    readSlice(cursor, first, '2024-01-20');
    expect(cursor.state()).toEqual({ use_global_cursor: true, lookback_window: 0 });
    readSlice(cursor, second, '2024-01-10');
    cursor.finish();
    expect(cursor.state()).toEqual({
      use_global_cursor: true,
      lookback_window: 1,
      state: { at: '2024-01-20' },
    });
  });

  it('is told every half a minute once the parents have advanced', async () => {
    const state = { use_global_cursor: true, parent_state: { parents: { at: '2024-01-05' } } };
    const cursor = testCursor({ router: twoColours(), state, ...global });
    await collect(cursor.slices());
    expect(cursor.stateInterval).toBe(30_000);
  });

  it('does not move when there was no record', async () => {
    const state = { use_global_cursor: true, state: { at: '2024-01-20' }, lookback_window: 7 };
    const cursor = testCursor({ router: twoColours(), state, ...global });
    for (const slice of await collect(cursor.slices())) readSlice(cursor, slice);
    cursor.finish();
    expect(cursor.state()).toEqual(state);
  });

  it('is kept for groups, and not for states that were stored otherwise', async () => {
    const grouping = testRouter([red], { isGrouping: true });
    expect(testCursor({ router: grouping }).state()).toMatchObject({ use_global_cursor: true });
    const state = { states: [{ partition: red, cursor: { at: '2024-01-20' } }] };
    expect(testCursor({ router: grouping, state }).state()).toMatchObject({
      use_global_cursor: false,
      ...state,
    });
  });

  it('is compared as texts, as states of the Python CDK are', async () => {
    const cursor = testCursor({
      router: twoColours(),
      format: '%d/%m/%Y',
      start: '01/01/2024',
      end: '31/12/2024',
    });
    const [first, second] = (await collect(cursor.slices())) as [Slice, Slice];
    readSlice(cursor, first, '31/01/2024');
    readSlice(cursor, second, '01/02/2024');
    cursor.finish();
    expect(cursor.state().state).toEqual({ at: '31/01/2024' });
  });

  it('replaces the positions of more than ten thousand partitions', async () => {
    expect(partitionLimits).toEqual({ positions: 10_000, inMemory: 25_000 });
    const limits = { positions: 3, inMemory: 100 };
    const warnings: string[] = [];
    const warn = (message: string) => void warnings.push(message);
    const cursor = testCursor({ router: numbered(6), limits, warn });
    const isGlobal: unknown[] = [];
    for await (const slice of cursor.slices()) {
      isGlobal.push(cursor.state().use_global_cursor);
      readSlice(cursor, slice, '2024-01-10');
    }
    cursor.finish();
    // The fourth is one too many; that is seen before the fifth.
    expect(isGlobal).toEqual([false, false, false, false, true, true]);
    expect(warnings).toEqual([
      'Stream "items" has more than 3 partitions: from now on one position is kept for all of them.',
    ]);
    expect(cursor.state()).toEqual({
      use_global_cursor: true,
      lookback_window: 1,
      state: { at: '2024-01-10' },
    });
  });

  it('holds also for partitions that were dropped from memory while they were open', async () => {
    const limits = { positions: 100, inMemory: 3 };
    const cursor = testCursor({ router: numbered(7), useGlobalCursor: true, limits });
    const slices = await collect(cursor.slices());
    for (const [index, slice] of slices.entries()) readSlice(cursor, slice, `2024-01-1${9 - index}`);
    cursor.finish();
    expect(cursor.state().state).toEqual({ at: '2024-01-19' });
  });

  it('drops partitions from memory that were read, not one that is open: it would be read again', async () => {
    const limits = { positions: 100, inMemory: 4 };
    const warnings: string[] = [];
    const warn = (message: string) => void warnings.push(message);
    const router = testRouter([0, 1, 2, 3, 4, 5, 0, 1, 5].map((id) => ({ id })));
    const cursor = testCursor({ router, useGlobalCursor: true, warn, limits });
    const seen: unknown[] = [];
    for await (const slice of cursor.slices()) {
      const { id } = slice.partition;
      seen.push(id);
      if (id !== 0) readSlice(cursor, slice, '2024-01-10');
    }
    // The first is open, the second has been forgotten, the last is still known.
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 1]);
    expect(warnings).toEqual(['Stream "items" has the same partition twice: it is read once.']);
  });

  it('has no more partitions in memory than it may', async () => {
    const router = testRouter([0, 1, 2, 3, 1].map((id) => ({ id })));
    const limits = { positions: 100, inMemory: 3 };
    const seen: unknown[] = [];
    const cursor = testCursor({ router, useGlobalCursor: true, limits });
    for await (const slice of cursor.slices()) {
      seen.push(slice.partition.id);
      readSlice(cursor, slice);
    }
    // The fourth has driven out the first, and the fifth the second, which it is.
    expect(seen).toEqual([0, 1, 2, 3, 1]);
  });
});

describe('records of one position for all', () => {
  it('are synced from that position on, whatever their partition', () => {
    const state = { use_global_cursor: true, state: { at: '2024-01-20' }, lookback_window: 86_400 };
    const cursor = testCursor({ router: twoColours(), state });
    const slice = { ...emptySlice, partition: { colour: 'unknown' } };
    const kept = ['2024-01-18', '2024-01-19', '2024-01-20'].filter((at) =>
      cursor.shouldBeSynced({ at }, slice),
    );
    expect(kept).toEqual(['2024-01-19', '2024-01-20']);
  });

  it('of a partition that is not known are kept too, and closing it changes nothing', () => {
    const cursor = testCursor({ router: twoColours() });
    const slice = { ...emptySlice, partition: { colour: 'unknown' } };
    expect(cursor.shouldBeSynced({ at: '2024-01-10' }, slice)).toBe(true);
    cursor.observe({ at: '2024-01-10' }, slice);
    cursor.observe({ at: null }, slice);
    cursor.observe({}, slice);
    cursor.closeSlice(slice);
    expect(cursor.reduceRange?.(slice)).toBeUndefined();
    expect(cursor.state()).toMatchObject({ states: [] });
  });

  it('are told at the end only, unless the parents have something to tell', async () => {
    const router = testRouter([red], { parentState: () => ({}) });
    const cursor = testCursor({ router, useGlobalCursor: true });
    for (const slice of await collect(cursor.slices())) readSlice(cursor, slice, '2024-01-10');
    expect(cursor.stateInterval).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("the parents' states", () => {
  it('wait for the windows of a partition that have not been handed out', async () => {
    const router = testRouter([red, blue], { parentState: () => ({ parent: { at: 1 } }) });
    const cursor = testCursor({ router, step: 'P20D', granularity: 'P1D' });
    const known: unknown[] = [];
    for await (const slice of cursor.slices()) {
      readSlice(cursor, slice, '2024-01-10');
      known.push(cursor.state().parent_state !== undefined);
    }
    expect(known).toEqual([false, true, true, true]);
  });

  it('wait for all windows of a partition, in whatever order they end', async () => {
    const router = testRouter([red], { parentState: () => ({ parent: { at: 1 } }) });
    const cursor = testCursor({ router, step: 'P20D', granularity: 'P1D' });
    const [first, second] = (await collect(cursor.slices())) as [Slice, Slice];
    readSlice(cursor, second, '2024-01-25');
    expect(cursor.state().parent_state).toBeUndefined();
    readSlice(cursor, first);
    expect(cursor.state().parent_state).toEqual({ parent: { at: 1 } });
  });

  const steps = [{ parent: { at: 1 } }, { parent: { at: 1 } }, { parent: { at: 2 } }].map((state, index) => ({
    state,
    partition: { id: index },
  }));
  steps[1] = { ...steps[1], state: steps[0]?.state } as (typeof steps)[number];

  function parentRouter() {
    let state: JsonObject = {};
    return testRouter([], {
      async *partitions() {
        for (const step of steps) {
          state = step.state;
          yield { partition: step.partition, cursor: {}, extraFields: {} };
        }
        state = { parent: { at: 3 } };
      },
      parentState: () => state,
    });
  }

  it('follow the partitions they cover', async () => {
    const cursor = testCursor({ router: parentRouter() });
    const [first, second, third] = (await collect(cursor.slices())) as [Slice, Slice, Slice];
    expect(cursor.state()).not.toHaveProperty('parent_state');
    readSlice(cursor, third);
    expect(cursor.state()).not.toHaveProperty('parent_state');
    readSlice(cursor, first);
    expect(cursor.state().parent_state).toEqual({ parent: { at: 1 } });
    readSlice(cursor, second);
    expect(cursor.state().parent_state).toEqual({ parent: { at: 2 } });
    cursor.finish();
    expect(cursor.state().parent_state).toEqual({ parent: { at: 3 } });
  });

  it('stay as they were stored until then', async () => {
    const stored = { state: { at: '2024-01-02' }, parent_state: { parent: { at: 0 } } };
    const cursor = testCursor({ router: parentRouter(), state: stored });
    const [first] = (await collect(cursor.slices())) as [Slice];
    expect(cursor.state().parent_state).toEqual({ parent: { at: 0 } });
    cursor.observe({ at: '2024-01-05' }, first);
    cursor.finish();
    expect(cursor.state().parent_state).toEqual({ parent: { at: 0 } });
  });

  it('are kept when a parent failed, but the position of all does not move', async () => {
    let state: JsonObject = {};
    const router = testRouter([], {
      async *partitions() {
        state = { parent: { at: 1 } };
        yield { partition: { id: 1 }, cursor: {}, extraFields: {} };
        // What it has read since has no partitions.
        state = { parent: { at: 2 } };
        throw new Error('The parent failed');
      },
      parentState: () => state,
    });
    const cursor = testCursor({ router });
    const read = async () => {
      for await (const slice of cursor.slices()) readSlice(cursor, slice, '2024-01-10');
    };
    await expect(read()).rejects.toThrow('The parent failed');
    cursor.finish();
    expect(cursor.state()).toMatchObject({ parent_state: { parent: { at: 2 } } });
    expect(cursor.state()).not.toHaveProperty('state');
  });

  it('stay as they were stored when the router could not even start', async () => {
    const router = testRouter([], {
      // biome-ignore lint/correctness/useYield: it fails before the first partition.
      async *partitions() {
        throw new Error('The parent cannot be opened');
      },
      parentState: () => undefined,
    });
    const parent_state = { parent: { at: 0 } };
    const cursor = testCursor({ router, state: { states: [], parent_state } });
    await expect(collect(cursor.slices())).rejects.toThrow('cannot be opened');
    cursor.finish();
    expect(cursor.state().parent_state).toEqual(parent_state);
  });

  it('are gone when a router without parents has been read to its end', async () => {
    const state = { states: [], parent_state: { parent: { at: 0 } } };
    const cursor = testCursor({ router: twoColours(), state });
    for await (const slice of cursor.slices()) {
      readSlice(cursor, slice, '2024-01-10');
      expect(cursor.state().parent_state).toEqual(state.parent_state);
    }
    cursor.finish();
    expect(cursor.state()).not.toHaveProperty('parent_state');
  });

  it('stay as they were stored when nothing was begun', () => {
    const state = { states: [], parent_state: { parent: { at: 0 } } };
    const cursor = testCursor({ router: parentRouter(), state });
    cursor.finish();
    expect(cursor.state().parent_state).toEqual(state.parent_state);
  });
});
