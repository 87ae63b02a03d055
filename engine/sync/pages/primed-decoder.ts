import type { Decoder } from '../../contract/families.ts';
import type { HttpResponse } from '../../contract/http-response.ts';

interface Beginning {
  readonly batches: readonly (readonly unknown[])[];
  readonly rest: AsyncIterator<readonly unknown[]>;
}

/** Documents that are looked at before any is handed out: a small answer is known to be whole. */
const beginning = 1000;

/**
 * A decoder that can be asked whether a response is as it should be, while its request may still be repeated. What is
 * decoded for that is not decoded again.
 */
export function primedDecoder(decoder: Decoder): Decoder {
  const begun = new WeakMap<HttpResponse, Beginning>();

  async function* decode(response: HttpResponse): AsyncGenerator<readonly unknown[]> {
    const start = begun.get(response);
    if (start === undefined) {
      yield* decoder.decode(response);
      return;
    }
    begun.delete(response);
    try {
      yield* start.batches;
      for (let next = await start.rest.next(); next.done !== true; next = await start.rest.next()) {
        yield next.value;
      }
    } finally {
      await start.rest.return?.();
    }
  }

  return {
    ...decoder,
    decode,
    async prime(response) {
      const rest = decoder.decode(response)[Symbol.asyncIterator]();
      const batches: (readonly unknown[])[] = [];
      for (let count = 0; count < beginning; ) {
        const next = await rest.next();
        if (next.done === true) break;
        batches.push(next.value);
        count += next.value.length;
      }
      begun.set(response, { batches, rest });
    },
  };
}
