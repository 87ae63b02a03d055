import type { HttpResponse, ResponseHeaders } from '../../contract/http-response.ts';
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
  readonly readAll?: () => Promise<Uint8Array>;
  /** Frees the connection of a body that is not wanted. */
  readonly discard?: () => Promise<void>;
}

/** A response whose body is read at most once, and kept once somebody asks for all of it. */
export function createResponse(source: ResponseSource): HttpResponse {
  const { body, headers } = source;
  let bytes: Promise<Uint8Array> | undefined = body instanceof Uint8Array ? Promise.resolve(body) : undefined;
  let json: Promise<unknown> | undefined;
  let isTaken = false;

  function takeBody(): AsyncIterable<Uint8Array> {
    if (isTaken) throw new Error(`The body of ${source.url} has been read already`);
    isTaken = true;
    return body as AsyncIterable<Uint8Array>;
  }

  async function collect(): Promise<Uint8Array> {
    return collectBytes(takeBody());
  }

  function readBytes(): Promise<Uint8Array> {
    if (bytes !== undefined) return bytes;
    if (source.readAll === undefined || isTaken) bytes = collect();
    else bytes = source.readAll();
    isTaken = true;
    return bytes;
  }

  // Not frozen: that would take longer than all else here, for every answer of a sync.
  return {
    url: source.url,
    status: source.status,
    headers,
    ignored: source.ignored ?? false,
    bytes: readBytes,
    text: async () => decodeText(await readBytes(), headers.get('content-type')),
    json() {
      json ??= readBytes().then((all) => parseJsonBytes(all, charsetOf(headers.get('content-type'))));
      return json;
    },
    async *stream() {
      if (bytes === undefined) yield* takeBody();
      else yield await bytes;
    },
    async discard() {
      if (bytes === undefined && !isTaken) await source.discard?.();
    },
  };
}

/** The same response, marked as one that the error handler ignores. */
export function ignoredResponse(response: HttpResponse): HttpResponse {
  return Object.freeze({ ...response, ignored: true });
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
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts);
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
