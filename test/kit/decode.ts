import { JsonDecoder } from '../../engine/components/decoders/json-decoder.ts';
import type { Decoder, RecordExtractor } from '../../engine/contract/families.ts';
import type { DecodedResponse } from '../../engine/contract/http-response.ts';
import { decodedResponse } from '../../engine/sync/pages/decoded-response.ts';
import { type TestResponseOptions, testResponse } from './response.ts';
import { makeComponent } from './scope.ts';

/** All documents of one response. Its body may come in pieces of `pieceSize` bytes. */
export async function documentsOf(
  decoder: Decoder,
  { pieceSize, ...options }: TestResponseOptions & { readonly pieceSize?: number },
): Promise<unknown[]> {
  const response = testResponse(options);
  const pieces =
    pieceSize === undefined ? response : { ...response, stream: () => cut(response.bytes(), pieceSize) };
  return joined(decoder.decode(pieces));
}

/** All records of one response. */
export async function recordsOf(
  extractor: RecordExtractor,
  options: TestResponseOptions,
): Promise<unknown[]> {
  return joined(extractor.extract(testPage(options)));
}

/** A response in memory with its documents: those in its JSON unless another decoder is given. */
export function testPage(
  options: TestResponseOptions,
  decoder: Decoder = makeComponent(JsonDecoder, { type: 'JsonDecoder' }),
): DecodedResponse {
  return decodedResponse(decoder, testResponse(options));
}

async function joined<T>(batches: AsyncIterable<readonly T[]>): Promise<T[]> {
  const items: T[] = [];
  for await (const batch of batches) items.push(...batch);
  return items;
}

async function* cut(bytes: Promise<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  const whole = await bytes;
  for (let at = 0; at < whole.length; at += size) yield whole.subarray(at, at + size);
}
