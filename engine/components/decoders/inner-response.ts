import type { HttpResponse } from '../../contract/http-response.ts';
import { tooLarge } from '../../http/wire/body.ts';
import { charsetOf, decodeText } from '../../http/wire/charset.ts';
import { collectBytes } from '../../http/wire/response.ts';
import { parseJsonBytes } from '../../util/json/parse-json-bytes.ts';

/**
 * What a decoder passes to its inner decoder: a response whose body was packed inside another's. Throws ConnectorError when
 * it is asked for whole and has more bytes than `limit`.
 */
export function innerResponse(
  outer: HttpResponse,
  body: AsyncIterable<Uint8Array>,
  limit: number,
): HttpResponse {
  let whole: Promise<Uint8Array> | undefined;
  const bytes = (): Promise<Uint8Array> => {
    whole ??= collectBytes(limited(body, outer.url, limit));
    return whole;
  };
  const type = outer.headers.get('content-type');
  return {
    url: outer.url,
    status: outer.status,
    headers: outer.headers,
    ignored: outer.ignored,
    ...(outer.isMeant === true && { isMeant: true }),
    bytes,
    parts: async () => [await bytes()],
    text: async () => decodeText(await bytes(), type),
    async json() {
      return parseJsonBytes(await bytes(), charsetOf(type));
    },
    stream: () => (whole === undefined ? body : once(whole)),
    discard: () => outer.discard(),
  };
}

async function* once(bytes: Promise<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield await bytes;
}

async function* limited(
  chunks: AsyncIterable<Uint8Array>,
  url: string,
  limit: number,
): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > limit) throw tooLarge(url, limit);
    yield chunk;
  }
}
