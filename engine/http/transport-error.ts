/** The exchange did not come to a response: no connection, a timeout, a body that broke off. */
export class TransportError extends Error {
  /** Node's or undici's code: `ECONNREFUSED`, `ENOTFOUND`, `UND_ERR_HEADERS_TIMEOUT`, `CERT_HAS_EXPIRED`, … */
  readonly code: string;

  constructor(message: string, code: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'TransportError';
    this.code = code;
  }
}

export function isTransportError(value: unknown): value is TransportError {
  return value instanceof TransportError;
}

const sentences: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset',
  ENOTFOUND: 'the host name could not be resolved',
  EAI_AGAIN: 'the host name could not be resolved for now',
  ETIMEDOUT: 'the connection timed out',
  UND_ERR_CONNECT_TIMEOUT: 'the connection could not be made in time',
  UND_ERR_HEADERS_TIMEOUT: 'no answer came in time',
  UND_ERR_BODY_TIMEOUT: 'the answer stopped coming',
  UND_ERR_SOCKET: 'the connection was closed',
};

/** Wraps what undici or Node threw; an abort passes through as it is. */
export function asTransportError(error: unknown, url: string): Error {
  if (isTransportError(error)) return error;
  if (!(error instanceof Error)) return new TransportError(String(error), 'UNKNOWN', error);
  if (error.name === 'AbortError') return error;
  const code = codeOf(error);
  const sentence = sentences[code] ?? (error.message || code);
  return new TransportError(`${new URL(url).host}: ${sentence}`, code, error);
}

function codeOf(error: Error): string {
  const { code, cause, errors } = error as Error & { code?: unknown; errors?: unknown };
  if (typeof code === 'string') return code;
  // A host with several addresses fails with one error for each.
  const inner = Array.isArray(errors) ? errors[0] : cause;
  return inner instanceof Error ? codeOf(inner) : error.name;
}
