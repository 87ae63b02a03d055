import type { LineFormat } from '../contract/lines.ts';
import { ConnectorError } from '../error/connector-error.ts';
import type { SyncEvent } from '../sync/read/sync-event.ts';
import { createReusedMemory } from '../util/bytes/reused-memory.ts';
import { isTooDeep, tellDeepRecord } from '../util/json/deep-record.ts';
import type { JsonObject } from '../util/json/json.ts';
import type { Message, StreamDescriptor } from './messages.ts';
import { redactMessage } from './redact-message.ts';
import { errorTrace } from './trace.ts';
import { recordLines, toLine, toRecordLines } from './write.ts';

export interface MessageWriter {
  event(event: SyncEvent): Promise<void>;
  /** How its lines are to be made, for records that nobody looks into. */
  lines(stream: string): LineFormat;
  /** A record could not be written. */
  hasFailed(): boolean;
}

interface Settings {
  /** Resolves when it has been taken: from then on bytes may be used for something else. */
  readonly write: (text: string | Uint8Array) => Promise<void>;
  /** Hides secrets in messages for people. */
  readonly redact: (text: string) => string;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  readonly namespaces?: ReadonlyMap<string, string | undefined>;
}

/** Turns the events of a sync into protocol lines. A page of records is one write. */
export function createMessageWriter({ write, redact, now = Date.now, namespaces }: Settings): MessageWriter {
  const counts = new Map<string, number>();
  const memory = createReusedMemory();
  /** Records of each stream so far. */
  const totals = new Map<string, number>();
  /** Streams of which a record could not be written. */
  const broken = new Set<string>();
  function descriptor(stream: string): StreamDescriptor {
    const namespace = namespaces?.get(stream);
    return namespace === undefined ? { name: stream } : { name: stream, namespace };
  }
  function toMessage(event: Exclude<SyncEvent, { kind: 'records' }>): Message {
    const emitted_at = now();
    const stream_descriptor = descriptor(event.stream);
    switch (event.kind) {
      case 'status':
        return {
          type: 'TRACE',
          trace: {
            type: 'STREAM_STATUS',
            emitted_at,
            stream_status: {
              stream_descriptor,
              status: event.status,
              ...(event.quotaReset !== undefined && {
                reasons: [{ type: 'RATE_LIMITED', rate_limited: { quota_reset: event.quotaReset } }],
              }),
            },
          },
        };
      case 'error':
        return errorTrace(event.error, emitted_at, stream_descriptor);
      case 'state': {
        const recordCount = counts.get(event.stream) ?? 0;
        counts.set(event.stream, 0);
        return {
          type: 'STATE',
          state: {
            type: 'STREAM',
            stream: { stream_descriptor, stream_state: event.state },
            sourceStats: { recordCount },
          },
        };
      }
    }
  }
  /** The records of a page; without those that are too deep to be written, which fail their stream. */
  async function writeRecords(
    stream: string,
    records: readonly JsonObject[],
    files: ReadonlyMap<number, JsonObject> | undefined,
  ): Promise<void> {
    try {
      await write(toRecordLines(descriptor(stream), records, now(), files));
    } catch (error) {
      if (!isTooDeep(error)) throw error;
      const before = (totals.get(stream) ?? 0) - records.length;
      for (const [index, record] of records.entries())
        await writeRecord(stream, record, files?.get(index), before + index);
    }
  }

  async function writeRecord(
    stream: string,
    record: JsonObject,
    file: JsonObject | undefined,
    before: number,
  ): Promise<void> {
    try {
      const files = file === undefined ? undefined : new Map([[0, file]]);
      await write(toRecordLines(descriptor(stream), [record], now(), files));
    } catch (error) {
      if (!isTooDeep(error)) throw error;
      if (broken.has(stream)) return;
      broken.add(stream);
      const told = new ConnectorError(tellDeepRecord([record], before), {
        path: [`stream "${stream}"`],
        cause: error,
      });
      await write(toLine(redactMessage(errorTrace(told, now(), descriptor(stream)), redact)));
    }
  }

  return {
    lines: (stream) => recordLines(descriptor(stream), now, memory.room),
    hasFailed: () => broken.size > 0,
    async event(event) {
      if (event.kind === 'records') {
        const { stream, records, lines, fileReferences } = event;
        counts.set(stream, (counts.get(stream) ?? 0) + records.length);
        totals.set(stream, (totals.get(stream) ?? 0) + records.length);
        if (lines === undefined) {
          await writeRecords(stream, records, fileReferences);
        } else {
          await write(lines);
          memory.giveBack(lines);
        }
        return;
      }
      if (broken.has(event.stream)) {
        // What follows a record that is missing must not cover it.
        if (event.kind === 'state') return;
        if (event.kind === 'status' && event.status === 'COMPLETE') {
          await write(toLine(toMessage({ ...event, status: 'INCOMPLETE' })));
          return;
        }
      }
      await write(toLine(redactMessage(toMessage(event), redact)));
    },
  };
}
