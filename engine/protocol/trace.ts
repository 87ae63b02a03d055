import { type ConnectorError, isConnectorError } from '../error/connector-error.ts';
import { locatedError } from '../error/located-error.ts';
import { printError } from '../error/print-location.ts';
import type { Message, StreamDescriptor } from './messages.ts';

/** The ERROR trace for whatever was thrown: a message for the user with its place, and the path that led there. */
export function errorTrace(thrown: unknown, now: number, descriptor?: StreamDescriptor): Message {
  const error = isConnectorError(thrown) ? thrown : locatedError(thrown);
  const stack = stackOf(error);
  return {
    type: 'TRACE',
    trace: {
      type: 'ERROR',
      emitted_at: now,
      error: {
        message: printError(error),
        internal_message: internalMessage(error),
        failure_type: error.kind,
        ...(stack !== undefined && { stack_trace: stack }),
        ...(descriptor !== undefined && { stream_descriptor: descriptor }),
      },
    },
  };
}

function internalMessage({ path, internalMessage: inner, message }: ConnectorError): string {
  const where = path.length === 0 ? '' : `${path.join(' → ')}: `;
  return `${where}${inner ?? message}`;
}

/** A stack helps with unforeseen errors only, not with those of a config or an API. */
function stackOf({ cause, kind }: ConnectorError): string | undefined {
  return kind === 'system_error' && cause instanceof Error ? cause.stack : undefined;
}
