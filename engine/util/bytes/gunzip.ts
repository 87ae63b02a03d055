import { pipeline, Readable } from 'node:stream';
import { createGunzip, createInflate } from 'node:zlib';
import { createUnpackedGuard } from './unpacked-limit.ts';

/**
 * Unpacks the chunks of a gzip file (or of several in a row), or of a zlib stream. Throws UnpackedTooLargeError, and
 * what zlib throws.
 */
export async function* unpack(
  chunks: AsyncIterable<Uint8Array>,
  format: 'gzip' | 'zlib',
): AsyncGenerator<Uint8Array> {
  const unpacker = format === 'gzip' ? createGunzip() : createInflate();
  const guard = createUnpackedGuard();
  // Errors of either side come out of the loop below.
  pipeline(Readable.from(guard.packed(chunks), { objectMode: true }), unpacker, () => {});
  yield* guard.unpacked(unpacker as AsyncIterable<Uint8Array>);
}

/** Unpacks what starts with the two bytes of a gzip file and passes anything else through. */
export async function* unpackIfGzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { head, rest } = await peekBytes(chunks, 2);
  const isGzip = head[0] === 0x1f && head[1] === 0x8b;
  yield* isGzip ? unpack(rest, 'gzip') : rest;
}

/** The first bytes (at least `count` of them, if there are that many), and the whole stream again. */
export async function peekBytes(
  chunks: AsyncIterable<Uint8Array>,
  count: number,
): Promise<{ head: Uint8Array; rest: AsyncIterable<Uint8Array> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  let head: Uint8Array = new Uint8Array();
  while (head.length < count) {
    const { value, done } = await iterator.next();
    if (done) break;
    head = head.length === 0 ? value : Buffer.concat([head, value]);
  }
  return { head, rest: resume(head, iterator) };
}

async function* resume(head: Uint8Array, iterator: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (head.length > 0) yield head;
    for (let step = await iterator.next(); !step.done; step = await iterator.next()) yield step.value;
  } finally {
    await iterator.return?.();
  }
}
