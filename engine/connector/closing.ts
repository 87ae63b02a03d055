import { ConnectorError } from '../error/connector-error.ts';
import { anySignal } from '../util/flow/any-signal.ts';

/** What ends with a connector, and by the signal that it was given. */
export interface Closing {
  /** Aborts when the connector is closed, or when the given signal does. */
  readonly signal: AbortSignal;
  close(): void;
  /** Throws ConnectorError (system_error) where the connector is closed. */
  throwIfClosed(): void;
}

/** Whoever reads while a connector is closed is told so at once; without it, requests would be tried again for half a minute. */
export function createClosing(given: AbortSignal | undefined): Closing {
  const closed = new AbortController();
  return {
    signal: anySignal(given, closed.signal),
    close() {
      if (!closed.signal.aborted)
        closed.abort(new ConnectorError('The connector is closed.', { kind: 'system_error' }));
    },
    throwIfClosed: () => closed.signal.throwIfAborted(),
  };
}
