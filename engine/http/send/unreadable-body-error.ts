import type { HttpResponse } from '../../contract/http-response.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { quotable } from './describe-exchange.ts';

/**
 * A body is not what its decoder reads: an error page, the half of a document. It may be whole the next time, so the
 * request is repeated; it is never an empty page.
 */
export class UnreadableBodyError extends ConnectorError {
  constructor(message: string, cause?: unknown) {
    super(message, { kind: 'transient_error', cause });
    this.name = 'UnreadableBodyError';
  }
}

/** `came` is what there is instead, or the beginning of it; an empty body is said to be one. */
export function unreadableBody(
  response: HttpResponse,
  format: string,
  came: string,
  cause?: unknown,
): UnreadableBodyError {
  const body = came.trim() === '' ? 'its body is empty' : `it is "${quotable(came)}"`;
  return new UnreadableBodyError(
    `The answer (${kindOf(response)}) cannot be read as ${format}: ${body}.`,
    cause,
  );
}

/** A body that its decoder reads, and that is nothing which a stream could have asked for. `said` is quoted. */
export function unexpectedBody(response: HttpResponse, what: string, said: string): UnreadableBodyError {
  return new UnreadableBodyError(`The answer (${kindOf(response)}) ${what}: "${quotable(said)}".`);
}

function kindOf({ status, headers }: HttpResponse): string {
  const type = headers.get('content-type')?.split(';', 1)[0]?.trim();
  return [`status ${status}`, type].filter(Boolean).join(', ');
}
