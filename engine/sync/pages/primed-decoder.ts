import type { Decoder } from '../../contract/families.ts';
import type { HttpResponse } from '../../contract/http-response.ts';
import { allOf, type Begun, begin } from './begin.ts';

/**
 * A decoder that can be asked whether a response is as it should be, while its request may still be repeated. What is
 * decoded for that is not decoded again.
 */
export function primedDecoder(decoder: Decoder): Decoder {
  const begun = new WeakMap<HttpResponse, Begun<readonly unknown[]>>();

  function decode(response: HttpResponse): AsyncIterable<readonly unknown[]> {
    const start = begun.get(response);
    if (start === undefined) return decoder.decode(response);
    begun.delete(response);
    return allOf(start);
  }

  return {
    ...decoder,
    decode,
    async prime(response) {
      const start = await begin(decoder.decode(response), ({ length }) => length);
      begun.set(response, start);
      return start.rest === undefined ? start.batches.flat() : undefined;
    },
  };
}
