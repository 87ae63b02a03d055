import { emptyParts } from '../../../../engine/contract/request-parts.ts';
import { emptySlice } from '../../../../engine/contract/slice.ts';
import { openCursor } from '../../../../engine/sync/cursor/open-cursor.ts';
import { collect, testRouter } from '../../../kit/cursors.ts';
import { fakeClock } from '../../../kit/scope.ts';

const open = (router = undefined as ReturnType<typeof testRouter> | undefined) =>
  openCursor({ incremental: undefined, router, stream: 'items', state: undefined, clock: fakeClock() });

describe('a stream without incremental_sync', () => {
  it('is one slice', async () => {
    expect(await collect(open().slices())).toEqual([{ partition: {}, cursor: {}, extraFields: {} }]);
  });

  it('is one slice for each partition', async () => {
    const slices = await collect(open(testRouter([{ id: 1 }, { id: 2 }])).slices());
    expect(slices.map(({ partition }) => partition)).toEqual([{ id: 1 }, { id: 2 }]);
  });

  it('has a state that says that there is none, once', () => {
    const cursor = open();
    expect(cursor.state()).toEqual({ __ab_no_cursor_state_message: true });
    expect(cursor.stateInterval).toBe(Number.POSITIVE_INFINITY);
  });

  it('keeps all records, observes no field, and lets its router add to requests', async () => {
    const asked: unknown[] = [];
    const router = testRouter([{ id: 1 }], {
      async *partitions(_state, options) {
        asked.push(options);
        yield emptySlice;
      },
      addTo: (parts) => void asked.push(parts),
    });
    const cursor = openCursor({
      incremental: undefined,
      router,
      stream: 'items',
      state: undefined,
      clock: fakeClock(),
      isPreview: true,
    });
    await collect(cursor.slices());
    const parts = emptyParts();
    cursor.addTo(parts, {});
    open().addTo(parts, {});
    expect(asked).toEqual([{ isPreview: true }, parts]);
    expect([cursor.shouldBeSynced({}, emptySlice), cursor.fields]).toEqual([true, []]);
  });
});
