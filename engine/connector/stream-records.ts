import { ConnectorError } from '../error/connector-error.ts';
import { redactedError } from '../error/redacted-error.ts';
import type { Redactor } from '../http/wire/redact.ts';
import type { SyncEvent } from '../sync/read/sync-event.ts';
import { isObject, type JsonObject } from '../util/json/json.ts';
import type { ReadStreamsOptions, RecordOptions } from './read-options.ts';

/** Reads one stream record by record. */
export async function* streamRecords(
  read: (options: ReadStreamsOptions) => AsyncIterable<SyncEvent>,
  name: string,
  { state, cursorField, signal, onState }: RecordOptions = {},
  connector: { readonly redactor: Redactor; readonly signal: AbortSignal },
): AsyncGenerator<JsonObject, void, undefined> {
  /** A reading that was stopped must not look like one that came to its end. */
  const throwIfStopped = () => {
    signal?.throwIfAborted();
    connector.signal.throwIfAborted();
  };
  throwIfStopped();
  if (state !== undefined && !isObject(state))
    throw new ConnectorError(`The state of "${name}" is an object, as "onState" gave it, and no text.`, {
      kind: 'config_error',
    });
  const states = state && new Map([[name, state]]);
  for await (const event of read({ streams: [{ name, cursorField }], states, signal })) {
    if (event.kind === 'error') throw redactedError(event.error, connector.redactor.text);
    if (event.kind === 'state') onState?.(event.state);
    if (event.kind !== 'records') continue;
    for (const record of event.records) {
      throwIfStopped();
      yield record;
    }
  }
  throwIfStopped();
}
