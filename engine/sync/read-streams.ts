import { locatedError } from '../error/located-error.ts';
import type { OpenStream, StreamDefinition, StreamState } from '../language/families.ts';
import type { Slice } from '../language/slice.ts';
import { anySignal } from '../util/any-signal.ts';
import { type Channel, ConsumerGoneError, createChannel } from '../util/channel.ts';
import { createSemaphore, type Semaphore } from '../util/semaphore.ts';
import { describeSlice } from './describe-slice.ts';
import { createGroupLocks, type GroupLocks, type HeldGroups } from './group-locks.ts';
import type { StreamGroups } from './stream-groups.ts';
import { createStreamWriter, type StreamWriter } from './stream-writer.ts';
import type { SyncEvent } from './sync-event.ts';
import { createToldErrors } from './told-errors.ts';

/** One stream of the catalog with what it is to start from. */
export interface SelectedStream {
  readonly name: string;
  /** Makes the stream; throws when its part of the manifest is wrong, which fails this stream alone. */
  readonly define: () => StreamDefinition;
  readonly state: StreamState | undefined;
  readonly cursorField?: string | undefined;
  /** The manifest has no such stream: `define` says so. */
  readonly isUnknown?: boolean;
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

/**
 * Reads the streams, `concurrency` slices at a time. Slices are made lazily; a slice's records are followed by the state
 * that covers them. A stream that fails is INCOMPLETE, and the others go on. Where no stream can be made at all, the
 * sync ends with what is wrong before it begins any of them.
 */
export async function* readStreams(
  streams: readonly SelectedStream[],
  options: ReadOptions,
): AsyncGenerator<SyncEvent> {
  const broken = brokenStreams(streams);
  if (broken.length === streams.length) {
    yield* broken;
    return;
  }
  const channel = createChannel<SyncEvent>(options.concurrency);
  // Whoever stops reading ends the waits and requests of all streams too.
  const gone = new AbortController();
  const signal = anySignal(options.signal, gone.signal);
  const streamPlaces = createSemaphore(options.concurrency);
  const shared: Shared = {
    channel,
    options: { ...options, signal },
    slicePlaces: createSemaphore(options.concurrency),
    locks: createGroupLocks(options.groups ?? noGroups),
  };
  const tasks = streams.map(async (stream) => {
    // A stream that waits for its group leaves its place to others.
    const held = await shared.locks.acquire(stream.name);
    const leave = await streamPlaces.acquire();
    try {
      if (signal.aborted) return;
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
  try {
    yield* channel;
  } finally {
    gone.abort(new ConsumerGoneError('Nobody reads any more.'));
  }
}

/** The errors of the streams up to the first one that can be made, or of whose absence the catalog must hear. */
function brokenStreams(streams: readonly SelectedStream[]): SyncEvent[] {
  const errors: SyncEvent[] = [];
  for (const { name, define, isUnknown } of streams) {
    if (isUnknown === true) return errors;
    try {
      define();
      return errors;
    } catch (thrown) {
      errors.push({
        kind: 'error',
        stream: name,
        error: locatedError(thrown, { path: [`stream "${name}"`] }),
      });
    }
  }
  return errors;
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
    const writer = createStreamWriter(stream, opened.cursor, { channel, now: options.now });
    await readSlices(opened, { shared, held, writer, fail });
    if (options.signal?.aborted) failed = true;
    // A stream that failed has its last state too: the cursor knows which slices it may cover.
    await (options.signal?.aborted ? writer.stop() : writer.finish());
  }
  const summary = told.summary();
  if (summary !== undefined) options.warn?.(summary);
  await channel.push({ kind: 'status', stream, status: failed ? 'INCOMPLETE' : 'COMPLETE' });
}

interface SliceReading {
  readonly shared: Shared;
  readonly held: HeldGroups;
  readonly writer: StreamWriter;
  /** Tells of what went wrong; throws when nobody reads any more. */
  readonly fail: (thrown: unknown, slice?: Slice) => Promise<void>;
}

/** Reads the slices of a stream as they come and as places become free, until all of them are over. */
async function readSlices(opened: OpenStream, { shared, held, writer, fail }: SliceReading): Promise<void> {
  const { signal } = shared.options;
  const running = new Set<Promise<void>>();
  let gone: { readonly reason: unknown } | undefined;
  try {
    for await (const slice of opened.cursor.slices()) {
      const leave = await shared.slicePlaces.acquire();
      if (signal?.aborted || gone !== undefined) {
        leave();
        break;
      }
      const task = readSlice(opened, slice, writer, signal)
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
