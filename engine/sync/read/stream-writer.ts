import type { Cursor, StreamState } from '../../contract/families.ts';
import type { Page, Slice } from '../../contract/slice.ts';
import type { Channel } from '../../util/flow/channel.ts';
import type { SyncEvent } from './sync-event.ts';

/** Inside a long slice, a state is due after this many records or this many milliseconds. */
const recordsPerState = 10_000;
const millisecondsPerState = 5 * 60 * 1000;

export interface StreamWriterOptions {
  readonly channel: Channel<SyncEvent>;
  readonly now: () => number;
  /** Of records that come as lines, a state is due after so many bytes too. */
  readonly bytesPerState?: number | undefined;
}

export interface StreamWriter {
  opens(): void;
  closes(): void;
  page(page: Page, slice: Slice): Promise<void>;
  sliceEnd(): Promise<void>;
  finish(): Promise<void>;
  /** The sync is told to stop in the middle of a slice: what was written of it may still count. */
  leave(slice: Slice): Promise<void>;
  /** The stream ends early: writes the state that covers what was written. */
  stop(): Promise<void>;
}

/** Writes the records of one stream, and states often enough for a killed sync to resume from. */
export function createStreamWriter(
  stream: string,
  cursor: Cursor,
  options: StreamWriterOptions,
): StreamWriter {
  const { channel, now, bytesPerState = Number.POSITIVE_INFINITY } = options;
  let isRunning = false;
  let openSlices = 0;
  let closedSlices = 0;
  let closedAtLastState = 0;
  let recordsSinceState = 0;
  let bytesSinceState = 0;
  let lastStateAt = now();

  async function writeState(state: StreamState): Promise<void> {
    recordsSinceState = 0;
    bytesSinceState = 0;
    closedAtLastState = closedSlices;
    lastStateAt = now();
    await channel.push({ kind: 'state', stream, state });
  }
  async function run(): Promise<void> {
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
    async page({ records, lines, fileReferences }, slice) {
      if (records.length === 0) return;
      if (!isRunning) await run();
      const event: SyncEvent = { kind: 'records', stream, records };
      // Whoever takes the lines may use their memory again.
      const size = lines?.length ?? 0;
      await channel.push(
        lines === undefined && fileReferences === undefined
          ? event
          : Object.assign(event, lines && { lines }, fileReferences && { fileReferences }),
      );
      recordsSinceState += records.length;
      bytesSinceState += size;
      if (openSlices > 1) return;
      const isDue =
        recordsSinceState >= recordsPerState ||
        bytesSinceState >= bytesPerState ||
        now() - lastStateAt >= millisecondsPerState;
      if (!isDue) return;
      const state = cursor.midSliceState?.(slice);
      if (state !== undefined) await writeState(state);
    },
    async sliceEnd() {
      closedSlices += 1;
      // A state lists every partition, so one per slice would be quadratic: beyond a hundred slices, one per five
      // percent.
      const isDue = closedSlices - closedAtLastState >= Math.max(1, Math.floor(closedSlices / 20) - 4);
      const { stateInterval } = cursor;
      if (stateInterval === Number.POSITIVE_INFINITY) return;
      const sinceLast = now() - lastStateAt;
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
      // An infinite interval means that the state says nothing before the end.
      if (closedSlices > closedAtLastState && cursor.stateInterval !== Number.POSITIVE_INFINITY)
        await writeState(cursor.state());
    },
    async finish() {
      cursor.finish();
      await writeState(cursor.state());
    },
  };
}
