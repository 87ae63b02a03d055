import type { OutgoingRequest } from '../../contract/families.ts';
import type { HttpResponse } from '../../contract/http-response.ts';
import { requote } from '../request/quote.ts';
import { isCredentialHeader } from './redact.ts';

const statuses = [301, 302, 303, 307, 308];
const bodyHeaders = ['content-length', 'content-type', 'transfer-encoding'];

/** The request that a redirect asks for, by the rules of python-requests; undefined when the response is not one. */
export function redirected(request: OutgoingRequest, response: HttpResponse): OutgoingRequest | undefined {
  const location = response.headers.get('location');
  if (location === undefined || !statuses.includes(response.status)) return undefined;
  if (!URL.canParse(requote(location), request.url.href)) return undefined;
  const url = new URL(requote(location), request.url);
  if (url.hash === '') url.hash = request.url.hash;
  const keepsBody = response.status === 307 || response.status === 308;
  const keepsCredentials = trusts(request.url, url);
  const headers = Object.fromEntries(
    Object.entries(request.headers).filter(([name]) => {
      if (!keepsBody && bodyHeaders.includes(name.toLowerCase())) return false;
      return keepsCredentials || !isCredentialHeader(name);
    }),
  );
  const { body, ...rest } = request;
  return {
    ...rest,
    method: methodAfter(request.method, response.status),
    url,
    headers,
    ...(keepsBody && { body }),
  };
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
