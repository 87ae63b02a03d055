import type { HttpResponse, ResponseHeaders } from '../../engine/contract/http-response.ts';

export interface TestResponseOptions {
  readonly url?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string or bytes are sent as they are, anything else as JSON, undefined as an empty body. */
  readonly body?: unknown;
  /** The error handler ignores it. */
  readonly ignored?: boolean;
}

/** A response in memory. */
export function testResponse({
  url = 'http://api.test/',
  status = 200,
  headers = {},
  body,
  ignored = false,
}: TestResponseOptions): HttpResponse {
  const bytes = toBytes(body);
  return {
    url,
    status,
    headers: testHeaders(headers),
    ignored,
    bytes: async () => bytes,
    parts: async () => [bytes],
    text: async () => new TextDecoder().decode(bytes),
    json: async () => JSON.parse(new TextDecoder().decode(bytes)),
    async *stream() {
      yield bytes;
    },
    async discard() {},
  };
}

function toBytes(body: unknown): Uint8Array {
  if (body instanceof Uint8Array) return body;
  if (body === undefined) return new Uint8Array();
  return new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
}

function testHeaders(headers: Readonly<Record<string, string>>): ResponseHeaders {
  const lower = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return { get: (name) => lower.get(name.toLowerCase()), entries: () => lower.entries() };
}
