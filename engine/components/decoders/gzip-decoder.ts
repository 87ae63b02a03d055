import { component } from '../../language/component.ts';
import { slot } from '../../language/fields.ts';
import type { HttpResponse } from '../../language/http-response.ts';
import { unpackIfGzip } from '../../util/gunzip.ts';
import { innerResponse } from './inner-response.ts';

/**
 * Unpacks a gzip file and hands it to an inner decoder. The first two bytes decide, not the headers: APIs send plain data
 * under the name of gzip, and gzip under the name of plain data.
 */
export const GzipDecoder = component({
  family: 'Decoder',
  type: 'GzipDecoder',
  doc: 'Unpacks gzip data and reads what is inside with another decoder.',
  fields: () => ({
    decoder: slot('Decoder', 'JsonDecoder').describe('Reads the unpacked data.'),
  }),
  make({ decoder }, scope) {
    const inner = decoder(scope);
    return Object.freeze({
      isStreaming: true,
      decode(response: HttpResponse) {
        const body = unpackIfGzip(response.stream());
        // A file that is gzip by itself may also have been packed for transport.
        const isPackedTwice = response.headers.get('content-encoding')?.includes('gzip') === true;
        return inner.decode(innerResponse(response, isPackedTwice ? unpackIfGzip(body) : body));
      },
    });
  },
});
