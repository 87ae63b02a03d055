import type { OutgoingRequest } from '../../contract/families.ts';
import type { HttpResponse } from '../../contract/http-response.ts';
import type { Credentials } from '../../contract/scope.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { requote } from '../request/quote.ts';
import { isCredentialHeader } from './redact.ts';
import { TransportError } from './transport-error.ts';

const statuses = [301, 302, 303, 307, 308];
const bodyHeaders = ['content-length', 'content-type', 'transfer-encoding'];

/**
 * The request that a redirect asks for, by the rules of python-requests; undefined when the response is not one.
 * Credentials stay with their origin: what an authenticator added, what holds a secret, cookies, and the body. Throws
 * TransportError when it leads out of HTTP, and ConnectorError when a body would have to go to another origin, or a
 * secret in the URL.
 */
export function redirected(
  request: OutgoingRequest,
  response: HttpResponse,
  credentials?: Credentials,
): OutgoingRequest | undefined {
  const location = response.headers.get('location');
  if (location === undefined || !statuses.includes(response.status)) return undefined;
  if (!URL.canParse(requote(location), request.url.href)) return undefined;
  const url = new URL(requote(location), request.url);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw outOfHttp(request.url, url);
  if (url.hash === '') url.hash = request.url.hash;
  const isTrusted = trusts(request.url, url) || credentials?.trusts?.(url.origin) === true;
  const keepsBody = response.status === 307 || response.status === 308;
  if (keepsBody && request.body !== undefined && !isTrusted) throw bodyLeaves(request, url);
  const holdsSecret = credentials?.holdsSecret ?? (() => false);
  if (!isTrusted && holdsSecret(url.href)) throw secretLeaves(request, url);
  const headers = Object.fromEntries(
    Object.entries(request.headers).filter(([name, value]) => {
      const lower = name.toLowerCase();
      if (lower === 'cookie' || (!keepsBody && bodyHeaders.includes(lower))) return false;
      return (
        isTrusted || !(isCredentialHeader(name) || credentials?.headers.has(lower) || holdsSecret(value))
      );
    }),
  );
  const { body, ...rest } = request;
  return {
    ...rest,
    method: methodAfter(request.method, response.status),
    url,
    headers,
    ...(keepsBody && body !== undefined && { body }),
  };
}

function outOfHttp(from: URL, to: URL): TransportError {
  return new TransportError(
    `${from.host} redirects to a URL that requests cannot be sent to ("${to.protocol}")`,
    'ERR_INVALID_PROTOCOL',
  );
}

function bodyLeaves({ method, url }: OutgoingRequest, to: URL): ConnectorError {
  return new ConnectorError(
    `${method} ${url.origin}${url.pathname} is redirected to another host (${to.host}), and the body of a request is not sent there, because it may hold secrets. If that host belongs to the API, name it in the manifest.`,
    { kind: 'config_error' },
  );
}

function secretLeaves({ method, url }: OutgoingRequest, to: URL): ConnectorError {
  return new ConnectorError(
    `${method} ${url.origin}${url.pathname} is redirected to another host (${to.host}) with a secret in the URL, which is not taken there. If that host belongs to the API, name it in the manifest.`,
    { kind: 'config_error' },
  );
}

function methodAfter(method: string, status: number): string {
  if (method === 'HEAD') return method;
  if (status === 302 || status === 303) return 'GET';
  return status === 301 && method === 'POST' ? 'GET' : method;
}

/** Credentials stay with their origin. The step from http to https on the same host does not leave it. */
function trusts(from: URL, to: URL): boolean {
  if (from.origin === to.origin) return true;
  const isUpgrade =
    from.protocol === 'http:' && to.protocol === 'https:' && from.port === '' && to.port === '';
  return isUpgrade && from.hostname === to.hostname;
}
