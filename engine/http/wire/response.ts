import type { HttpResponse, ResponseHeaders } from '../../contract/http-response.ts';
import { joined, type Parts } from '../../util/bytes/parts.ts';
import { parseJsonBytes } from '../../util/json/parse-json-bytes.ts';
import { charsetOf, decodeText } from './charset.ts';

export interface ResponseSource {
  readonly url: string;
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** Bytes that are there already, or chunks still to come. */
  readonly body: Uint8Array | AsyncIterable<Uint8Array>;
  readonly ignored?: boolean;
  /** All of `body` at once, where that is cheaper than chunk by chunk. */
  readonly readAll?: () => Promise<Parts>;
  /** Frees the connection of a body that is not wanted. */
  readonly discard?: () => Promise<void>;
}

/** A response whose body is read at most once, and kept once somebody asks for all of it. */
export function createResponse(source: ResponseSource): HttpResponse {
  const { body, headers } = source;
  let parts: Promise<Parts> | undefined = body instanceof Uint8Array ? Promise.resolve([body]) : undefined;
  let bytes: Promise<Uint8Array> | undefined;
  let json: Promise<unknown> | undefined;
  let isTaken = false;

  function takeBody(): AsyncIterable<Uint8Array> {
    if (isTaken) throw new Error(`The body of ${source.url} has been read already`);
    isTaken = true;
    return body as AsyncIterable<Uint8Array>;
  }

  async function collect(): Promise<Parts> {
    return collectParts(takeBody());
  }

  function readParts(): Promise<Parts> {
    if (parts !== undefined) return parts;
    if (source.readAll === undefined || isTaken) parts = collect();
    else parts = source.readAll();
    isTaken = true;
    return parts;
  }

  function readBytes(): Promise<Uint8Array> {
    bytes ??= readParts().then(joined);
    return bytes;
  }

  // Not frozen: that would take longer than all else here, for every answer of a sync.
  return {
    url: source.url,
    status: source.status,
    headers,
    ignored: source.ignored ?? false,
    bytes: readBytes,
    parts: readParts,
    text: async () => decodeText(await readBytes(), headers.get('content-type')),
    json() {
      json ??= readBytes().then((all) => parseJsonBytes(all, charsetOf(headers.get('content-type'))));
      return json;
    },
    async *stream() {
      if (parts === undefined) yield* takeBody();
      else yield await readBytes();
    },
    async discard() {
      if (parts === undefined && !isTaken) await source.discard?.();
    },
  };
}

/** The same response, marked as one that the error handler ignores. */
export function ignoredResponse(response: HttpResponse): HttpResponse {
  return Object.freeze({ ...response, ignored: true });
}

/** The same response, marked as one that a filter has named a success. */
export function meantResponse(response: HttpResponse): HttpResponse {
  return Object.freeze({ ...response, isMeant: true });
}

/** Takes the place of an answer that never came, when the handler ignores that. */
export function noResponse(url: string): HttpResponse {
  return createResponse({
    url,
    status: 0,
    headers: responseHeaders([]),
    body: new Uint8Array(),
    ignored: true,
  });
}

/** All chunks as one. */
export async function collectBytes(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  return joined(await collectParts(chunks));
}

async function collectParts(chunks: AsyncIterable<Uint8Array>): Promise<Parts> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return parts;
}

/**
 * The same where they have been read already, by names in lower case. `pairs` is asked for by those alone who want all of them
 * as they were sent.
 */
export function parsedHeaders(
  values: Readonly<Record<string, string | readonly string[] | undefined>>,
  pairs: () => Iterable<readonly [name: string, value: string]>,
): ResponseHeaders {
  let all: ResponseHeaders | undefined;
  return {
    get(name) {
      const lower = name.toLowerCase();
      const value = Object.hasOwn(values, lower) ? values[lower] : undefined;
      return typeof value === 'string' ? value : value?.join(', ');
    },
    entries() {
      all ??= responseHeaders(pairs());
      return all.entries();
    },
  };
}

/** Header names as they were sent; the values of one name are joined as RFC 9110 says. */
export function responseHeaders(pairs: Iterable<readonly [name: string, value: string]>): ResponseHeaders {
  const byName = new Map<string, [name: string, value: string]>();
  for (const [name, value] of pairs) {
    const known = byName.get(name.toLowerCase());
    if (known === undefined) byName.set(name.toLowerCase(), [name, value]);
    else known[1] = `${known[1]}, ${value}`;
  }
  return Object.freeze({
    get: (name: string) => byName.get(name.toLowerCase())?.[1],
    entries: () => byName.values(),
  });
}
