import type { Purpose } from '../contract/purpose.ts';
import type { Exchange } from '../contract/scope.ts';
import { isCredentialHeader } from '../http/wire/redact.ts';
import type { AuxiliaryRequest, HttpRequestView, HttpResponseView } from './stream-read.ts';

export type Redact = (text: string) => string;

/** A request and its answer to show to people, with secrets and credentials hidden. The body has been read before. */
export async function viewExchange(
  { request, response }: Exchange,
  redact: Redact,
): Promise<{ readonly request: HttpRequestView; readonly response: HttpResponseView }> {
  const { body } = request;
  return {
    request: {
      url: redact(request.url.href),
      headers: viewHeaders(Object.entries(request.headers), redact),
      http_method: request.method,
      body:
        body === undefined
          ? null
          : redact(typeof body === 'string' ? body : Buffer.from(body).toString('utf8')),
    },
    response: {
      status: response.status,
      body: redact(await response.text()),
      headers: viewHeaders(response.headers.entries(), redact),
    },
  };
}

export async function viewAuxiliary(
  exchange: Exchange,
  { type, title, description }: Purpose,
  redact: Redact,
): Promise<AuxiliaryRequest> {
  return { title, type, description, ...(await viewExchange(exchange, redact)) };
}

function viewHeaders(
  headers: Iterable<readonly [name: string, value: string]>,
  redact: Redact,
): Record<string, string> {
  const view: Record<string, string> = {};
  for (const [name, value] of headers)
    view[name] = isCredentialHeader(name) ? withoutCredential(value) : redact(value);
  return view;
}

/** The scheme of an Authorization header is shown: it is what people look for. */
function withoutCredential(value: string): string {
  const scheme = /^([A-Za-z]+)\s+\S/.exec(value)?.[1];
  return scheme === undefined ? '****' : `${scheme} ****`;
}
