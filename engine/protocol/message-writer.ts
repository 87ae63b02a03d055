import type { SyncEvent } from '../sync/read/sync-event.ts';
import type { Message, StreamDescriptor } from './messages.ts';
import { redactMessage } from './redact-message.ts';
import { errorTrace } from './trace.ts';
import { toLine, toRecordLines } from './write.ts';

export interface MessageWriter {
  event(event: SyncEvent): Promise<void>;
}

interface Settings {
  readonly write: (text: string) => Promise<void>;
  /** Hides secrets in messages for people. */
  readonly redact: (text: string) => string;
  readonly namespaces?: ReadonlyMap<string, string | undefined>;
}

/** Turns the events of a sync into protocol lines. A page of records is one write. */
export function createMessageWriter({ write, redact, namespaces }: Settings): MessageWriter {
  const counts = new Map<string, number>();
  function descriptor(stream: string): StreamDescriptor {
    const namespace = namespaces?.get(stream);
    return namespace === undefined ? { name: stream } : { name: stream, namespace };
  }
  function toMessage(event: Exclude<SyncEvent, { kind: 'records' }>): Message {
    const emitted_at = Date.now();
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
  return {
    async event(event) {
      if (event.kind === 'records') {
        const { stream, records, fileReferences } = event;
        counts.set(stream, (counts.get(stream) ?? 0) + records.length);
        await write(toRecordLines(descriptor(stream), records, Date.now(), fileReferences));
        return;
      }
      await write(toLine(redactMessage(toMessage(event), redact)));
    },
  };
}
