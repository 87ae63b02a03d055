import { isConnectorError } from '../error/connector-error.ts';
import { locatedError } from '../error/located-error.ts';
import { printError } from '../error/print-location.ts';
import { createOperations, type OperationsOptions } from './operations.ts';
import { performWith } from './perform.ts';
import type { FromWorker, ToWorker } from './worker-protocol.ts';

/** The other end of the channel to the server's process. */
export interface WorkerChannel {
  send(message: FromWorker): void;
  onMessage(receive: (message: ToWorker) => void): void;
}

/**
 * Answers the requests of a server, one at a time, in a process of its own. Hooks may still be on their way when the first
 * of them comes.
 */
export function work(channel: WorkerChannel, options: Promise<OperationsOptions>): void {
  const ready = options.then((given) => performWith(createOperations(given)));
  // Told with each request.
  ready.catch(() => {});
  let stop = new AbortController();
  channel.onMessage(async (message) => {
    if (message.kind === 'abort') {
      stop.abort();
      return;
    }
    stop = new AbortController();
    try {
      const perform = await ready;
      const text = await perform(message.name, message.body, stop.signal);
      channel.send({ kind: 'answer', text });
    } catch (error) {
      channel.send({
        kind: 'failure',
        message: printError(locatedError(error)),
        // What nobody foresaw belongs into the server's log.
        stack: isConnectorError(error) || !(error instanceof Error) ? undefined : error.stack,
      });
    }
  });
}
