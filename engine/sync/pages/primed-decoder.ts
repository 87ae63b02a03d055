import type { Decoder } from '../../contract/families.ts';
import type { HttpResponse } from '../../contract/http-response.ts';

interface Beginning {
  readonly batches: readonly (readonly unknown[])[];
  /** Absent when the batches are all there is. */
  readonly rest?: AsyncIterator<readonly unknown[]>;
}

/** Documents that are looked at before any is handed out: a small answer is known to be whole. */
const beginning = 1000;

/**
 * A decoder that can be asked whether a response is as it should be, while its request may still be repeated. What is
 * decoded for that is not decoded again.
 */
export function primedDecoder(decoder: Decoder): Decoder {
  const begun = new WeakMap<HttpResponse, Beginning>();

  function decode(response: HttpResponse): AsyncIterable<readonly unknown[]> {
    const start = begun.get(response);
    if (start === undefined) return decoder.decode(response);
    begun.delete(response);
    return start.rest === undefined ? asyncOf(start.batches) : resumed(start.batches, start.rest);
  }

  return {
    ...decoder,
    decode,
    async prime(response) {
      const rest = decoder.decode(response)[Symbol.asyncIterator]();
      const batches: (readonly unknown[])[] = [];
      for (let count = 0; count < beginning; ) {
        const next = await rest.next();
        if (next.done === true) {
          begun.set(response, { batches });
          return;
        }
        batches.push(next.value);
        count += next.value.length;
      }
      begun.set(response, { batches, rest });
    },
  };
}

/** Items that are there already. Not a generator, since every page of a sync passes here. */
function asyncOf<T>(items: readonly T[]): AsyncIterable<T> {
  return {
    [Symbol.asyncIterator]() {
      const source = items[Symbol.iterator]();
      return { next: async () => source.next(), return: async () => ({ done: true, value: undefined }) };
    },
  };
}

async function* resumed<T>(items: readonly T[], rest: AsyncIterator<T>): AsyncGenerator<T> {
  try {
    yield* items;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
