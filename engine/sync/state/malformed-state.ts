import { ConnectorError } from '../../error/connector-error.ts';

/** `what` names the part of the state that cannot be used. */
export function malformedState(what: string, cause?: unknown): ConnectorError {
  const why = cause instanceof Error ? ` (${cause.message})` : '';
  return new ConnectorError(
    `The state of this stream cannot be used: it has ${what}${why}. Fix it, or remove the stream from the state to read it from the beginning.`,
    { kind: 'config_error', cause },
  );
}
