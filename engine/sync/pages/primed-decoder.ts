import type { Decoder } from '../../contract/families.ts';
import type { HttpResponse } from '../../contract/http-response.ts';

type Batches = AsyncIterator<readonly unknown[]>;

/**
 * A decoder that can be asked whether a response begins as it should, while its request may still be repeated. What is
 * decoded for that is not decoded again.
 */
export function primedDecoder(decoder: Decoder): Decoder {
  const begun = new WeakMap<
    HttpResponse,
    { readonly first: IteratorResult<readonly unknown[]>; readonly rest: Batches }
  >();

  async function* decode(response: HttpResponse): AsyncGenerator<readonly unknown[]> {
    const start = begun.get(response);
    if (start === undefined) {
      yield* decoder.decode(response);
      return;
    }
    begun.delete(response);
    try {
      for (let next = start.first; next.done !== true; next = await start.rest.next()) yield next.value;
    } finally {
      await start.rest.return?.();
    }
  }

  return {
    ...decoder,
    decode,
    async prime(response) {
      const rest = decoder.decode(response)[Symbol.asyncIterator]();
      begun.set(response, { first: await rest.next(), rest });
    },
  };
}
