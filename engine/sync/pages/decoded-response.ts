import type { Decoder } from '../../contract/families.ts';
import type { DecodedResponse, HttpResponse } from '../../contract/http-response.ts';
import { tap } from '../../util/flow/tap.ts';

/** A response and its decoder: the paginator looks at what the extractor has read, and nothing is decoded for it. */
export function decodedResponse(decoder: Decoder, response: HttpResponse): DecodedResponse {
  if (decoder.isStreaming) {
    return { response, documents: () => decoder.decode(response), firstDocument: async () => ({}) };
  }
  let first: { readonly document: unknown } | undefined;
  let isRead = false;
  const documents = () => {
    isRead = true;
    return tap(decoder.decode(response), (batch) => {
      if (batch.length > 0) first ??= { document: batch[0] };
    });
  };
  return {
    response,
    documents,
    async firstDocument() {
      if (!isRead) for await (const batch of documents()) if (batch.length > 0) break;
      return first === undefined ? {} : first.document;
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
