import type { OpenStream, SlicePlace, StreamDefinition, StreamState } from '../../contract/families.ts';
import type { LineFormat } from '../../contract/lines.ts';
import type { RateLimits } from '../../contract/scope.ts';
import type { Slice } from '../../contract/slice.ts';
import { locatedError } from '../../error/located-error.ts';
import { anySignal } from '../../util/flow/any-signal.ts';
import { type Channel, ConsumerGoneError, createChannel } from '../../util/flow/channel.ts';
import { createSemaphore } from '../../util/flow/semaphore.ts';
import { asyncOf } from '../pages/begin.ts';
import { describeSlice } from './describe-slice.ts';
import { createDistinctErrors } from './distinct-errors.ts';
import { createGroupLocks, type GroupLocks, type HeldGroups } from './group-locks.ts';
import { createSlicePlaces, type OpenSlice, type SlicePlaces } from './slice-places.ts';
import type { StreamGroups } from './stream-groups.ts';
import { createStreamWriter, type StreamWriter } from './stream-writer.ts';
import type { SyncEvent } from './sync-event.ts';

/** One stream of the catalog, and what it starts from. */
export interface SelectedStream {
  readonly name: string;
  /** Makes the stream. Throws when its part of the manifest is wrong, which fails this stream alone. */
  readonly define: () => StreamDefinition;
  readonly state: StreamState | undefined;
  readonly cursorField?: string | readonly string[] | undefined;
  /** The manifest has no such stream; `define` throws. */
  readonly isUnknown?: boolean;
  /** Its records may come as lines. */
  readonly lines?: LineFormat | undefined;
}

export interface ReadOptions {
  /** Slices read at once, over all streams. */
  readonly concurrency: number;
  /** Where the number changes while they are read: calls back with each new one. Call the result to end it. */
  readonly followConcurrency?: ((resize: (concurrency: number) => void) => () => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Which streams exclude each other. */
  readonly groups?: StreamGroups | undefined;
  readonly now: () => number;
  /** Of records that come as lines, a state is due after so many bytes too. */
  readonly bytesPerState?: number | undefined;
  readonly warn?: (message: string) => void;
  readonly rateLimits?: RateLimits | undefined;
  /** Called when nothing more will be asked for a stream. */
  readonly onRead?: (stream: string) => Promise<void>;
  /** What its components have to say about a stream that has been read. */
  readonly endOf?: (stream: string) => readonly string[];
}

/**
 * Reads the streams, `concurrency` slices at a time. Slices are made lazily; the records of a slice are followed by the
 * state that covers them. A stream that fails is INCOMPLETE, and the others continue. If no stream can be made at all,
 * the sync reports what is wrong and starts none of them.
 */
export function readStreams(
  streams: readonly SelectedStream[],
  options: ReadOptions,
): AsyncIterable<SyncEvent> {
  return { [Symbol.asyncIterator]: () => start(streams, options) };
}

/** Not a generator, since every page of a sync passes here. */
function start(streams: readonly SelectedStream[], options: ReadOptions): AsyncIterator<SyncEvent> {
  const broken = brokenStreams(streams);
  if (broken.length === streams.length) return asyncOf(broken)[Symbol.asyncIterator]();
  // When the consumer stops reading, all waits and requests of all streams end.
  const gone = new AbortController();
  const signal = anySignal(options.signal, gone.signal);
  const channel = createChannel<SyncEvent>(options.concurrency, () => {
    unfollow?.();
    gone.abort(new ConsumerGoneError('The consumer has stopped reading.'));
  });
  const streamPlaces = createSemaphore(options.concurrency);
  const slicePlaces = createSlicePlaces(options.concurrency);
  const unfollow = options.followConcurrency?.((concurrency) => {
    streamPlaces.resize(concurrency);
    slicePlaces.resize(concurrency);
  });
  const shared: Shared = {
    channel,
    options: { ...options, signal },
    slicePlaces,
    locks: createGroupLocks(options.groups ?? noGroups),
  };
  if (options.rateLimits !== undefined) {
    const names = new Set(streams.map(({ name }) => name));
    options.rateLimits.tell = async (stream, quotaReset) => {
      // Parents that are not read for themselves have no status.
      if (names.has(stream)) await channel.push({ kind: 'status', stream, status: 'RUNNING', quotaReset });
    };
  }
  const tasks = streams.map(async (stream) => {
    // A stream that waits for its group does not take a place from others.
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
  return channel[Symbol.asyncIterator]();
}

/** The errors of the streams up to the first one that can be made, or that is not in the manifest. */
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
  readonly slicePlaces: SlicePlaces;
  readonly locks: GroupLocks;
}

async function readStream(selected: SelectedStream, shared: Shared, held: HeldGroups): Promise<void> {
  const { name: stream } = selected;
  const { channel, options } = shared;
  let failed = false;
  const told = createDistinctErrors(stream);
  async function fail(thrown: unknown, slice?: Slice): Promise<void> {
    if (thrown instanceof ConsumerGoneError) throw thrown;
    failed = true;
    // What breaks because the sync was told to stop is not a failure of the stream.
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
    const writer = createStreamWriter(stream, opened.cursor, {
      channel,
      now: options.now,
      bytesPerState: options.bytesPerState,
    });
    await readSlices(opened, { shared, held, writer, fail });
    if (options.signal?.aborted) failed = true;
    // Even a failed stream has a last state: the cursor knows which slices it may cover.
    await (options.signal?.aborted ? writer.stop() : writer.finish());
    const whyEmpty = failed ? undefined : opened.whyEmpty?.();
    if (whyEmpty !== undefined) options.warn?.(whyEmpty);
  }
  const summary = told.summary();
  if (summary !== undefined) options.warn?.(summary);
  for (const message of options.endOf?.(stream) ?? []) options.warn?.(message);
  await options.onRead?.(stream);
  await channel.push({ kind: 'status', stream, status: failed ? 'INCOMPLETE' : 'COMPLETE' });
}

interface SliceReading {
  readonly shared: Shared;
  readonly held: HeldGroups;
  readonly writer: StreamWriter;
  /** Reports what went wrong. Throws when the consumer has gone. */
  readonly fail: (thrown: unknown, slice?: Slice) => Promise<void>;
}

/** Reads the slices of a stream as they come and as places become free, until all have ended. */
async function readSlices(opened: OpenStream, { shared, held, writer, fail }: SliceReading): Promise<void> {
  const { signal } = shared.options;
  let running = 0;
  let onLast: (() => void) | undefined;
  let gone: { readonly reason: unknown } | undefined;

  async function readOne(slice: Slice, place: OpenSlice): Promise<void> {
    try {
      await readSlice(opened, slice, place, writer, signal);
    } catch (thrown) {
      await fail(thrown, slice).catch((reason: unknown) => {
        gone ??= { reason };
      });
    }
    place.close();
    running -= 1;
    if (running === 0) onLast?.();
  }

  try {
    for await (const slice of opened.slices()) {
      const place = await shared.slicePlaces.open();
      if (signal?.aborted || gone !== undefined) {
        place.close();
        break;
      }
      running += 1;
      void readOne(slice, place);
    }
  } catch (thrown) {
    await fail(thrown);
  }
  held.releaseParents();
  if (running > 0) {
    await new Promise<void>((resolve) => {
      onLast = resolve;
    });
  }
  // The consumer has gone: no slice is started, and there is nobody to report to.
  if (gone !== undefined) throw gone.reason;
}

function open(
  { define, state, cursorField, lines }: SelectedStream,
  { signal }: ReadOptions,
): OpenStream | { readonly error: unknown } {
  try {
    return define().open({ state, cursorField, signal, lines });
  } catch (error) {
    return { error };
  }
}

async function readSlice(
  opened: OpenStream,
  slice: Slice,
  place: SlicePlace,
  writer: StreamWriter,
  signal: AbortSignal | undefined,
): Promise<void> {
  writer.opens();
  let isClosed = false;
  try {
    for await (const page of opened.read(slice, place)) {
      await writer.page(page, slice);
      signal?.throwIfAborted();
    }
    opened.cursor.closeSlice(slice);
    isClosed = true;
  } finally {
    // What is cut off stays open: a state inside of another slice would pass over its records.
    if (!isClosed && signal?.aborted) await writer.leave(slice);
    else writer.closes();
  }
  if (isClosed) await writer.sliceEnd();
}
