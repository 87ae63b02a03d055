import type { PartitionRouter, StreamState } from '../../../../engine/contract/families.ts';
import type { Slice } from '../../../../engine/contract/slice.ts';
import { openCountCursor } from '../../../../engine/sync/cursor/count-cursor.ts';
import { readState } from '../../../../engine/sync/state/codec.ts';
import { collect, testRouter } from '../../../kit/cursors.ts';

interface Options {
  readonly start?: number;
  readonly state?: StreamState;
  readonly router?: PartitionRouter;
}

function countCursor({ start = 0, state, router }: Options = {}) {
  const settings = { stream: 'items', cursorField: 'id', start, addTo: () => {}, warn: () => {} };
  return openCountCursor(settings, { router, state: readState(state) });
}

describe('a cursor over numbers', () => {
  it('has one slice, from the last number on', async () => {
    const slices = await collect(countCursor({ state: { id: 7 } }).slices());
    expect(slices.map(({ cursor }) => cursor)).toEqual([{ start: 7, end: Number.POSITIVE_INFINITY }]);
  });

  it('starts at its start when the state is lower', async () => {
    const [slice] = await collect(countCursor({ start: 10, state: { id: 7 } }).slices());
    expect(slice?.cursor.start).toBe(10);
  });

  it('has the highest number as its state', async () => {
    const cursor = countCursor({ state: { id: 7 } });
    const [slice] = (await collect(cursor.slices())) as [Slice];
    for (const id of [9, 12, 8]) cursor.observe({ id }, slice);
    expect(cursor.state()).toEqual({ id: 7 });
    cursor.closeSlice(slice);
    expect(cursor.state()).toEqual({ id: 12 });
  });

  it('counts beyond the safe integers', async () => {
    const cursor = countCursor({ state: { id: 9_007_199_254_740_993n } });
    const [slice] = (await collect(cursor.slices())) as [Slice];
    cursor.observe({ id: 9_007_199_254_740_995n }, slice);
    cursor.closeSlice(slice);
    expect(cursor.state()).toEqual({ id: 9_007_199_254_740_995n });
  });

  it('keeps its state when nothing came', async () => {
    const cursor = countCursor({ state: { id: 7 } });
    for (const slice of await collect(cursor.slices())) cursor.closeSlice(slice);
    expect(cursor.state()).toEqual({ id: 7 });
  });

  it('cannot be had together with partitions', () => {
    expect(() => countCursor({ router: testRouter([]) })).toThrow(
      expect.objectContaining({
        kind: 'config_error',
        message:
          'Stream "items" has both a partition router and an IncrementingCountCursor; only one of them is possible.',
      }),
    );
  });

  it('keeps no position of zero, and none of several slices', async () => {
    const cursor = countCursor({ start: 5 });
    const [slice] = (await collect(cursor.slices())) as [Slice];
    cursor.observe({ id: 0 }, slice);
    cursor.closeSlice(slice);
    expect(cursor.state()).toEqual({ id: 5 });
    cursor.observe({ id: 7 }, slice);
    cursor.closeSlice(slice);
    expect(cursor.state()).toEqual({ id: 7 });
    cursor.observe({ id: 9 }, slice);
    expect(() => cursor.closeSlice(slice)).toThrow(
      'Stream "items" was read in several slices, but an IncrementingCountCursor can only keep the position of one.',
    );
  });

  it('reads the number again where it stands', async () => {
    const slices = await collect(countCursor({ start: 7, state: { id: 7 } }).slices());
    expect(slices.map(({ cursor }) => cursor.start)).toEqual([7]);
  });

  it('has a state in the middle of its slice while the numbers go up', async () => {
    const cursor = countCursor({ start: 5 });
    const [slice] = (await collect(cursor.slices())) as [Slice];
    for (const id of [6, 7]) cursor.observe({ id }, slice);
    expect(cursor.midSliceState?.(slice)).toEqual({ id: 6 });
  });
});
