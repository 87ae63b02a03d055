import type { Decoder } from '../../contract/families.ts';
import type { DecodedResponse, HttpResponse } from '../../contract/http-response.ts';

/** A response and its decoder: the paginator looks at what the extractor has read, and nothing is decoded for it. */
export function decodedResponse(decoder: Decoder, response: HttpResponse): DecodedResponse {
  if (decoder.isStreaming) {
    return { response, documents: () => decoder.decode(response), firstDocument: async () => ({}) };
  }
  let first: { readonly document: unknown } | undefined;
  async function* documents(): AsyncGenerator<readonly unknown[]> {
    for await (const batch of decoder.decode(response)) {
      if (batch.length > 0) first ??= { document: batch[0] };
      yield batch;
    }
    first ??= { document: {} };
  }
  return {
    response,
    documents,
    async firstDocument() {
      if (first !== undefined) return first.document;
      for await (const batch of documents()) {
        if (batch.length > 0) return batch[0];
      }
      return {};
    },
  };
}

/** The same for readers that go through the documents one after the other: they are kept instead of decoded again. */
export function replayable(page: DecodedResponse): DecodedResponse {
  const kept: (readonly unknown[])[] = [];
  const source = page.documents()[Symbol.asyncIterator]();
  return {
    ...page,
    async *documents() {
      yield* kept;
      for (let next = await source.next(); next.done !== true; next = await source.next()) {
        kept.push(next.value);
        yield next.value;
      }
    },
  };
}
