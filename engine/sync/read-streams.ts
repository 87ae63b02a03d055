import type { ConnectorError } from '../error/connector-error.ts';
import { locatedError } from '../error/located-error.ts';
import type { Cursor, OpenStream, StreamDefinition, StreamState } from '../language/families.ts';
import type { Slice } from '../language/slice.ts';
import { type Channel, ConsumerGoneError, createChannel } from '../util/channel.ts';
import type { JsonObject } from '../util/json.ts';
import { createSemaphore, type Semaphore } from '../util/semaphore.ts';
import { describeSlice } from './describe-slice.ts';
import { createGroupLocks, type GroupLocks, type HeldGroups } from './group-locks.ts';
import type { StreamGroups } from './stream-groups.ts';
import { createToldErrors } from './told-errors.ts';

export type StreamStatus = 'STARTED' | 'RUNNING' | 'COMPLETE' | 'INCOMPLETE';

/** What a sync says, in the order in which it may be written: a state comes after every record that it covers. */
export type SyncEvent =
  | { readonly kind: 'status'; readonly stream: string; readonly status: StreamStatus }
  | {
      readonly kind: 'records';
      readonly stream: string;
      readonly records: readonly JsonObject[];
      readonly fileReferences?: ReadonlyMap<number, JsonObject>;
    }
  | { readonly kind: 'state'; readonly stream: string; readonly state: StreamState }
  | { readonly kind: 'error'; readonly stream: string; readonly error: ConnectorError };

/** One stream of the catalog with what it is to start from. */
export interface SelectedStream {
  readonly name: string;
  /** Makes the stream; throws when its part of the manifest is wrong, which fails this stream alone. */
  readonly define: () => StreamDefinition;
  readonly state: StreamState | undefined;
  readonly cursorField?: string | undefined;
}

export interface ReadOptions {
  /** Slices read at once, over all streams. */
  readonly concurrency: number;
  readonly signal?: AbortSignal | undefined;
  /** Which streams exclude each other. */
  readonly groups?: StreamGroups | undefined;
  readonly now: () => number;
  readonly warn?: (message: string) => void;
}

/** Inside a long slice a state is due after this many records, or this many milliseconds. */
const recordsPerState = 10_000;
const millisecondsPerState = 5 * 60 * 1000;

/**
 * Reads the streams, `concurrency` slices at a time. Slices are made lazily; a slice's records are followed by the state
 * that covers them. A stream that fails is INCOMPLETE, and the others go on.
 */
export async function* readStreams(
  streams: readonly SelectedStream[],
  options: ReadOptions,
): AsyncGenerator<SyncEvent> {
  const channel = createChannel<SyncEvent>(options.concurrency);
  const streamPlaces = createSemaphore(options.concurrency);
  const shared: Shared = {
    channel,
    options,
    slicePlaces: createSemaphore(options.concurrency),
    locks: createGroupLocks(options.groups ?? noGroups),
  };
  const tasks = streams.map(async (stream) => {
    // A stream that waits for its group leaves its place to others.
    const held = await shared.locks.acquire(stream.name);
    const leave = await streamPlaces.acquire();
    try {
      if (options.signal?.aborted) return;
      await readStream(stream, shared, held);
    } finally {
      leave();
      held.release();
    }
  });
  Promise.all(tasks).then(
    () => channel.end(),
    (error: unknown) => channel.fail(error),
  );
  yield* channel;
}

const noGroups: StreamGroups = Object.freeze({ groupOf: () => undefined, parentGroupsOf: () => [] });

interface Shared {
  readonly channel: Channel<SyncEvent>;
  readonly options: ReadOptions;
  readonly slicePlaces: Semaphore;
  readonly locks: GroupLocks;
}

async function readStream(selected: SelectedStream, shared: Shared, held: HeldGroups): Promise<void> {
  const { name: stream } = selected;
  const { channel, options } = shared;
  let failed = false;
  const told = createToldErrors(stream);
  async function fail(thrown: unknown, slice?: Slice): Promise<void> {
    if (thrown instanceof ConsumerGoneError) throw thrown;
    failed = true;
    // Whatever breaks when the sync is told to stop is no failure of the stream.
    if (options.signal?.aborted) return;
    const path =
      slice === undefined ? [`stream "${stream}"`] : [`stream "${stream}"`, ...describeSlice(slice)];
    const error = locatedError(thrown, { path });
    if (told.isNews(error)) await channel.push({ kind: 'error', stream, error });
  }

  await channel.push({ kind: 'status', stream, status: 'STARTED' });
  const opened = open(selected, options);
  if ('error' in opened) {
    await fail(opened.error);
  } else {
    if (opened.firstState !== undefined)
      await channel.push({ kind: 'state', stream, state: opened.firstState });
    const writer = createStreamWriter(stream, opened.cursor, shared);
    const running = new Set<Promise<void>>();
    let gone: { readonly reason: unknown } | undefined;
    try {
      for await (const slice of opened.cursor.slices()) {
        const leave = await shared.slicePlaces.acquire();
        if (options.signal?.aborted || gone !== undefined) {
          leave();
          break;
        }
        const task = readSlice(opened, slice, writer, options.signal)
          .catch((thrown: unknown) => fail(thrown, slice))
          .catch((reason: unknown) => {
            gone ??= { reason };
          })
          .finally(() => {
            leave();
            running.delete(task);
          });
        running.add(task);
      }
    } catch (thrown) {
      await fail(thrown);
    }
    held.releaseParents();
    await Promise.all(running);
    // Nobody reads any more: no slice is begun, and there is nobody to tell.
    if (gone !== undefined) throw gone.reason;
    if (options.signal?.aborted) failed = true;
    // A stream that failed has its last state too: the cursor knows which slices it may cover.
    await (options.signal?.aborted ? writer.stop() : writer.finish());
  }
  const summary = told.summary();
  if (summary !== undefined) options.warn?.(summary);
  await channel.push({ kind: 'status', stream, status: failed ? 'INCOMPLETE' : 'COMPLETE' });
}

function open(
  { define, state, cursorField }: SelectedStream,
  { signal }: ReadOptions,
): OpenStream | { readonly error: unknown } {
  try {
    return define().open({ state, cursorField, signal });
  } catch (error) {
    return { error };
  }
}

async function readSlice(
  opened: OpenStream,
  slice: Slice,
  writer: StreamWriter,
  signal: AbortSignal | undefined,
): Promise<void> {
  writer.opens();
  let isClosed = false;
  try {
    for await (const page of opened.read(slice)) {
      await writer.records(page.records, slice, page.fileReferences);
      signal?.throwIfAborted();
    }
    opened.cursor.closeSlice(slice);
    isClosed = true;
  } finally {
    if (!isClosed && signal?.aborted) await writer.leave(slice);
    writer.closes();
  }
  if (isClosed) await writer.sliceEnd();
}

interface StreamWriter {
  opens(): void;
  closes(): void;
  records(
    records: readonly JsonObject[],
    slice: Slice,
    fileReferences: ReadonlyMap<number, JsonObject> | undefined,
  ): Promise<void>;
  sliceEnd(): Promise<void>;
  finish(): Promise<void>;
  /** The sync is told to stop in the middle of a slice: what was written of it may still count. */
  leave(slice: Slice): Promise<void>;
  /** The stream ends before its time: the state that covers what was written. */
  stop(): Promise<void>;
}

/** Writes one stream's records, and states as often as a killed sync should be able to resume. */
function createStreamWriter(stream: string, cursor: Cursor, { channel, options }: Shared): StreamWriter {
  let isRunning = false;
  let openSlices = 0;
  let closedSlices = 0;
  let closedAtLastState = 0;
  let recordsSinceState = 0;
  let lastStateAt = options.now();

  async function writeState(state: StreamState): Promise<void> {
    recordsSinceState = 0;
    closedAtLastState = closedSlices;
    lastStateAt = options.now();
    await channel.push({ kind: 'state', stream, state });
  }
  async function run(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    await channel.push({ kind: 'status', stream, status: 'RUNNING' });
  }

  return {
    opens() {
      openSlices += 1;
    },
    closes() {
      openSlices -= 1;
    },
    async records(records, slice, fileReferences) {
      if (records.length === 0) return;
      await run();
      await channel.push({
        kind: 'records',
        stream,
        records,
        ...(fileReferences !== undefined && { fileReferences }),
      });
      recordsSinceState += records.length;
      const isDue =
        recordsSinceState >= recordsPerState || options.now() - lastStateAt >= millisecondsPerState;
      if (!isDue || openSlices > 1) return;
      const state = cursor.midSliceState?.(slice);
      if (state !== undefined) await writeState(state);
    },
    async sliceEnd() {
      closedSlices += 1;
      // A state names every partition, so one per slice would be quadratic: beyond a hundred, one per five percent.
      const isDue = closedSlices - closedAtLastState >= Math.max(1, Math.floor(closedSlices / 20) - 4);
      const sinceLast = options.now() - lastStateAt;
      const { stateInterval } = cursor;
      if (
        stateInterval === undefined ? isDue || sinceLast >= millisecondsPerState : sinceLast >= stateInterval
      )
        await writeState(cursor.state());
    },
    async leave(slice) {
      if (openSlices > 1 || recordsSinceState === 0) return;
      const state = cursor.midSliceState?.(slice);
      if (state !== undefined) await writeState(state);
    },
    async stop() {
      // An infinite interval is that of a state which says nothing before the end.
      if (closedSlices > closedAtLastState && cursor.stateInterval !== Number.POSITIVE_INFINITY)
        await writeState(cursor.state());
    },
    async finish() {
      cursor.finish();
      await writeState(cursor.state());
    },
  };
}
