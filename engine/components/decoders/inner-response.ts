import type { HttpResponse } from '../../contract/http-response.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { collectBytes } from '../../http/wire/response.ts';
import { parseJsonBytes } from '../../util/json/parse-json-bytes.ts';
import { createPythonTextDecoder } from '../../util/python/python-text-decoder.ts';

/**
 * What a decoder passes to its inner decoder: a response whose body was packed inside another's. Here a body that is
 * not JSON is an error, while a plain JSON response falls back to `{}`.
 */
export function innerResponse(outer: HttpResponse, body: AsyncIterable<Uint8Array>): HttpResponse {
  let whole: Promise<Uint8Array> | undefined;
  const bytes = (): Promise<Uint8Array> => {
    whole ??= collectBytes(body);
    return whole;
  };
  const text = async (): Promise<string> => {
    const decoder = createPythonTextDecoder();
    return decoder.decode(await bytes()) + decoder.end();
  };
  return {
    url: outer.url,
    status: outer.status,
    headers: outer.headers,
    ignored: outer.ignored,
    bytes,
    text,
    async json() {
      try {
        return parseJsonBytes(await bytes());
      } catch (error) {
        throw new ConnectorError('The unpacked response cannot be read as JSON.', { cause: error });
      }
    },
    stream: () => (whole === undefined ? body : once(whole)),
    discard: () => outer.discard(),
  };
}

async function* once(bytes: Promise<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield await bytes;
}
