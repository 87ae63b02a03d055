import { ConnectorError, isConnectorError } from '../../error/connector-error.ts';

/** The exchange gave no response: no connection, a timeout, a body that broke off. */
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

const untrusted =
  'the certificate is from an authority that is not trusted; if you trust it, put its certificate into a file and name that in NODE_EXTRA_CA_CERTS (or REQUESTS_CA_BUNDLE)';

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
  UND_ERR_HEADERS_OVERFLOW: 'the headers of the answer are longer than 1 MB',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the body does not have the length that the answer announces',
  ENETUNREACH: 'there is no way to its network',
  EHOSTUNREACH: 'there is no way to the host',
  CERT_HAS_EXPIRED: 'the certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for another host',
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
};

export function isAbort(error: unknown): boolean {
  return isErrorLike(error) && error.name === 'AbortError';
}

/** The answer is not HTTP as the standard has it. */
export function isProtocolError(error: unknown): boolean {
  if (!isErrorLike(error)) return false;
  if (error.name === 'HTTPParserError' || error.code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') return true;
  // What undici says to an interim answer that nobody asked for.
  return error.code === 'UND_ERR_SOCKET' && error.message === 'bad response';
}

/** Wraps what undici or Node threw. What ended because its signal was aborted is passed through. */
export function asTransportError(error: unknown, url: string, signal?: AbortSignal): unknown {
  if (isTransportError(error) || isConnectorError(error) || signal?.aborted === true) return error;
  if (!isErrorLike(error)) return new TransportError(String(error), 'UNKNOWN', error);
  const code = codeOf(error);
  if (code === 'UND_ERR_INVALID_ARG') {
    return new ConnectorError(`The request cannot be sent: ${error.message}.`, { cause: error });
  }
  const sentence = sentences[code] ?? (error.message || code);
  return new TransportError(`${new URL(url).host}: ${sentence}`, code, error);
}

interface ErrorLike {
  readonly name: string;
  readonly message: string;
  readonly code?: unknown;
  readonly cause?: unknown;
  /** A host with several addresses fails with one error for each. */
  readonly errors?: unknown;
}

/** Duck-typed, because errors of Node itself are not instances of a sandbox's Error. */
function isErrorLike(error: unknown): error is ErrorLike {
  return typeof error === 'object' && error !== null && 'name' in error && 'message' in error;
}

function codeOf({ name, code, cause, errors }: ErrorLike): string {
  if (typeof code === 'string') return code;
  const inner = Array.isArray(errors) ? errors[0] : cause;
  return isErrorLike(inner) ? codeOf(inner) : name;
}
