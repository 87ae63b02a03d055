import type { Cursor, StreamDefinition } from '../../../engine/contract/families.ts';
import type { Page, Slice } from '../../../engine/contract/slice.ts';
import { readStreams } from '../../../engine/sync/read/read-streams.ts';
import type { SyncEvent } from '../../../engine/sync/read/sync-event.ts';

const sliceOf = (start: number): Slice => ({ partition: {}, cursor: { start }, extraFields: {} });
const never = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

interface Options {
  readonly pages: (slice: number) => AsyncIterable<Page>;
  readonly slices?: number;
  /** Whether the order of the records allows a state inside of a slice. */
  readonly isOrdered?: boolean;
  readonly stateInterval?: number;
}

/** A stream whose state is the list of closed slices and the last record of an open one. */
function streamOf({ pages, slices = 3, isOrdered = false, stateInterval }: Options): StreamDefinition {
  const closed: number[] = [];
  let last: unknown;
  const startOf = (slice: Slice) => slice.cursor.start as number;
  const cursor: Cursor = {
    async *slices() {
      for (let start = 0; start < slices; start++) yield sliceOf(start);
    },
    addTo() {},
    shouldBeSynced: () => true,
    observe(record) {
      last = record.id;
    },
    closeSlice: (slice) => void closed.push(startOf(slice)),
    finish() {},
    state: () => ({ closed: [...closed] }),
    midSliceState: () => (isOrdered ? { closed: [...closed], last } : undefined),
    ...(stateInterval !== undefined && { stateInterval }),
  };
  return {
    name: 'things',
    primaryKey: undefined,
    cursorField: undefined,
    allowsCatalogCursorField: false,
    isFileBased: false,
    makeReadable() {},
    schema: async () => ({}),
    open: () => ({
      cursor,
      slices: cursor.slices,
      async *read(slice) {
        for await (const page of pages(startOf(slice))) {
          for (const record of page.records) cursor.observe(record, slice);
          yield page;
        }
      },
    }),
  };
}

/** Reads until the record is out, then stops. */
async function stopAfter(
  id: number,
  options: (signal: AbortSignal) => Options,
  concurrency = 1,
): Promise<SyncEvent[]> {
  const stop = new AbortController();
  const stream = streamOf(options(stop.signal));
  const events: SyncEvent[] = [];
  const selected = [{ name: 'things', define: () => stream, state: undefined }];
  for await (const event of readStreams(selected, { concurrency, signal: stop.signal, now: () => 0 })) {
    events.push(event);
    if (event.kind === 'records' && event.records.some((record) => record.id === id))
      stop.abort(new Error('stop'));
  }
  return events;
}

const states = (events: readonly SyncEvent[]) =>
  events.flatMap((event) => (event.kind === 'state' ? [event.state] : []));

/** Two pages a slice; the second page of slice 1 never comes. */
const hanging = (signal: AbortSignal) =>
  async function* (slice: number): AsyncGenerator<Page> {
    yield { records: [{ id: slice * 10 }] };
    if (slice === 1) await never(signal);
    yield { records: [{ id: slice * 10 + 1 }] };
  };

test('a read that is told to stop is incomplete and no failure', async () => {
  const events = await stopAfter(10, (signal) => ({ pages: hanging(signal) }));
  expect(events.at(-1)).toEqual({ kind: 'status', stream: 'things', status: 'INCOMPLETE' });
  expect(events.filter(({ kind }) => kind === 'error')).toEqual([]);
});

test('its last state covers the slices that were finished', async () => {
  const events = await stopAfter(10, (signal) => ({ pages: hanging(signal) }));
  expect(states(events).at(-1)).toEqual({ closed: [0] });
});

test('and, where the order allows it, the records of the one that was not', async () => {
  const events = await stopAfter(10, (signal) => ({ pages: hanging(signal), isOrdered: true }));
  expect(states(events).at(-1)).toEqual({ closed: [0], last: 10 });
});

test('but not while another slice is open, whose records the state would pass over', async () => {
  const pages = (signal: AbortSignal) =>
    async function* (slice: number): AsyncGenerator<Page> {
      yield { records: [{ id: slice * 10 }] };
      await never(signal);
    };
  const events = await stopAfter(10, (signal) => ({ pages: pages(signal), isOrdered: true }), 2);
  expect(events.filter(({ kind }) => kind === 'records')).toHaveLength(2);
  expect(states(events)).toEqual([]);
});

test('a state that waits for its interval is sent all the same', async () => {
  const events = await stopAfter(10, (signal) => ({ pages: hanging(signal), stateInterval: 600_000 }));
  expect(states(events)).toEqual([{ closed: [0] }]);
});

test('a state that says nothing before the end is not sent', async () => {
  const events = await stopAfter(10, (signal) => ({
    pages: hanging(signal),
    stateInterval: Number.POSITIVE_INFINITY,
  }));
  expect(states(events)).toEqual([]);
});

test('no page is taken after the stop, even when it is there', async () => {
  const ready = async function* (slice: number): AsyncGenerator<Page> {
    for (let page = 0; page < 5; page++) yield { records: [{ id: slice * 10 + page }] };
  };
  const events = await stopAfter(0, () => ({ pages: ready }));
  const ids = events.flatMap((event) => (event.kind === 'records' ? event.records.map(({ id }) => id) : []));
  expect(ids[0]).toBe(0);
  // The channel may hold a page or two that were on their way.
  expect(ids.length).toBeLessThan(5);
});
