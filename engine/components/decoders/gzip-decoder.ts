import type { HttpResponse } from '../../contract/http-response.ts';
import { unreadableBody } from '../../http/send/unreadable-body-error.ts';
import { component } from '../../language/component.ts';
import { slot } from '../../language/slots.ts';
import { unpackIfGzip } from '../../util/bytes/gunzip.ts';
import { UnpackedTooLargeError } from '../../util/bytes/unpacked-limit.ts';
import { messageOf } from '../../util/text/message-of.ts';
import { innerResponse } from './inner-response.ts';

/**
 * Unpacks a gzip file and passes it to an inner decoder. The first two bytes decide, not the headers: APIs send plain
 * data labelled as gzip, and gzip labelled as plain data.
 */
export const GzipDecoder = component({
  family: 'Decoder',
  type: 'GzipDecoder',
  doc: 'Unpacks gzip data and reads what is inside with another decoder.',
  fields: () => ({
    decoder: slot('Decoder', 'JsonDecoder').describe('Reads the unpacked data.'),
  }),
  traits: () => ({ readsOnce: true, reads: { kind: 'gzip' } }),
  make({ decoder }, scope) {
    const inner = decoder(scope);
    return Object.freeze({
      isStreaming: true,
      decode(response: HttpResponse) {
        const body = unpackIfGzip(someOf(response));
        // A gzip file may have been compressed once more for transport.
        const isPackedTwice = response.headers.get('content-encoding')?.includes('gzip') === true;
        return readable(
          response,
          inner.decode(
            innerResponse(response, isPackedTwice ? unpackIfGzip(body) : body, scope.sync.held.whole),
          ),
        );
      },
    });
  },
});

/** The bytes of the body. A file without a byte is no archive, not even an empty one. */
async function* someOf(response: HttpResponse): AsyncGenerator<Uint8Array> {
  let isEmpty = true;
  for await (const chunk of response.stream()) {
    if (chunk.length > 0) isEmpty = false;
    yield chunk;
  }
  if (isEmpty && response.status === 200 && !response.ignored) throw unreadableBody(response, 'gzip', '');
}

/** Archives that are cut off or damaged are told as such. */
async function* readable<T>(response: HttpResponse, batches: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* batches;
  } catch (error) {
    if (!isZlibError(error) && !(error instanceof UnpackedTooLargeError)) throw error;
    throw unreadableBody(response, 'gzip', messageOf(error), error);
  }
}

function isZlibError(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    /^Z_|^ERR_.*ZLIB/.test(String(error.code))
  );
}
