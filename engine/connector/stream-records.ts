import { redactedError } from '../error/redacted-error.ts';
import type { Redactor } from '../http/wire/redact.ts';
import type { SyncEvent } from '../sync/read/sync-event.ts';
import type { JsonObject } from '../util/json/json.ts';
import type { ReadStreamsOptions, RecordOptions } from './read-options.ts';

/** Reads one stream record by record. */
export async function* streamRecords(
  read: (options: ReadStreamsOptions) => AsyncIterable<SyncEvent>,
  name: string,
  { state, cursorField, signal, onState }: RecordOptions = {},
  redactor: Redactor,
): AsyncGenerator<JsonObject, void, undefined> {
  signal?.throwIfAborted();
  const states = state && new Map([[name, state]]);
  for await (const event of read({ streams: [{ name, cursorField }], states, signal })) {
    if (event.kind === 'error') throw redactedError(event.error, redactor.text);
    if (event.kind === 'state') onState?.(event.state);
    if (event.kind !== 'records') continue;
    for (const record of event.records) {
      signal?.throwIfAborted();
      yield record;
    }
  }
  signal?.throwIfAborted();
}
