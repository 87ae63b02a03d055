import type { Transform } from 'node:stream';
import { promisify } from 'node:util';
import type * as Zlib from 'node:zlib';
import { ConnectorError } from '../../error/connector-error.ts';
import {
  createUnpackedGuard,
  UnpackedTooLargeError,
  unpackedLimit,
} from '../../util/bytes/unpacked-limit.ts';
import { TransportError } from './transport-error.ts';

/** Smaller bodies are decoded synchronously; handing them to a thread would cost more. */
const smallBody = 64 * 1024;

interface OutputLimit {
  readonly maxOutputLength: number;
}

interface Coding {
  sync(bytes: Uint8Array, options: OutputLimit): Uint8Array;
  async(bytes: Uint8Array, options: OutputLimit): Promise<Uint8Array>;
  stream(firstChunk: Uint8Array): Transform;
}

/** Zstandard came to Node after 20.18. */
type ZlibWithZstd = typeof Zlib & {
  readonly zstdDecompress?: typeof Zlib.gunzip;
  readonly zstdDecompressSync?: typeof Zlib.gunzipSync;
  readonly createZstdDecompress?: typeof Zlib.createGunzip;
};

const loadZlib = async () => (await import('node:zlib')) as ZlibWithZstd;

/** Value of `Accept-Encoding`: what this Node can decode. */
export async function acceptedEncodings(): Promise<string> {
  const { createZstdDecompress } = await loadZlib();
  return `gzip, deflate, br${createZstdDecompress === undefined ? '' : ', zstd'}`;
}

function codingOf(zlib: ZlibWithZstd, name: string): Coding | undefined {
  switch (name) {
    case 'gzip':
    case 'x-gzip':
      return {
        sync: zlib.gunzipSync,
        async: promisify<Uint8Array, OutputLimit, Buffer>(zlib.gunzip),
        stream: () => zlib.createGunzip(),
      };
    case 'br':
      return {
        sync: zlib.brotliDecompressSync,
        async: promisify<Uint8Array, OutputLimit, Buffer>(zlib.brotliDecompress),
        stream: () => zlib.createBrotliDecompress(),
      };
    case 'deflate':
      // Some servers send the bare stream where the zlib format is meant.
      return {
        sync: (bytes, options) =>
          (hasZlibHeader(bytes) ? zlib.inflateSync : zlib.inflateRawSync)(bytes, options),
        async: (bytes, options) =>
          promisify<Uint8Array, OutputLimit, Buffer>(hasZlibHeader(bytes) ? zlib.inflate : zlib.inflateRaw)(
            bytes,
            options,
          ),
        stream: (first) => (hasZlibHeader(first) ? zlib.createInflate() : zlib.createInflateRaw()),
      };
    case 'zstd': {
      const { zstdDecompress, zstdDecompressSync, createZstdDecompress } = zlib;
      if (!zstdDecompress || !zstdDecompressSync || !createZstdDecompress) return undefined;
      return {
        sync: zstdDecompressSync,
        async: promisify<Uint8Array, OutputLimit, Buffer>(zstdDecompress),
        stream: () => createZstdDecompress(),
      };
    }
    default:
      return undefined;
  }
}

function hasZlibHeader([first = 0, second = 0]: Uint8Array): boolean {
  return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
}

/** More than two are nobody's; each unfolds what the one before has unfolded. */
const mostCodings = 20;

/** Codings in the order in which they have to be undone. Unknown ones are ignored, as curl and requests do. */
async function codingsOf(header: string | undefined): Promise<readonly Coding[]> {
  if (header === undefined) return [];
  const zlib = await loadZlib();
  const names = header.split(',');
  if (names.length > mostCodings)
    throw new TransportError(`the response is encoded ${names.length} times`, 'ERR_CONTENT_DECODING');
  return names
    .map((name) => codingOf(zlib, name.trim().toLowerCase()))
    .filter((coding) => coding !== undefined)
    .reverse();
}

/** The body as it was before `Content-Encoding`. Throws ConnectorError when it unfolds to more than `limit` bytes. */
export async function decodeBody(
  bytes: Uint8Array,
  contentEncoding: string | undefined,
  limit = Number.POSITIVE_INFINITY,
): Promise<Uint8Array> {
  let decoded = bytes;
  if (contentEncoding === undefined || bytes.length === 0) return decoded;
  try {
    for (const coding of await codingsOf(contentEncoding)) {
      const options = { maxOutputLength: Math.min(unpackedLimit(decoded.length), limit) };
      decoded =
        decoded.length <= smallBody ? coding.sync(decoded, options) : await coding.async(decoded, options);
    }
  } catch (error) {
    throw undecodable(contentEncoding, error);
  }
  return decoded;
}

/** The same, chunk by chunk. */
export async function* decodeStream(
  chunks: AsyncIterable<Uint8Array>,
  contentEncoding: string | undefined,
): AsyncIterable<Uint8Array> {
  let stream = chunks;
  for (const coding of await codingsOf(contentEncoding)) stream = through(stream, coding, contentEncoding);
  yield* stream;
}

async function* through(
  chunks: AsyncIterable<Uint8Array>,
  coding: Coding,
  contentEncoding: string | undefined,
): AsyncIterable<Uint8Array> {
  const guard = createUnpackedGuard();
  const iterator = guard.packed(chunks)[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done === true) return;
  const decoder = coding.stream(first.value);
  let sourceError: unknown;
  const feed = (async () => {
    decoder.write(first.value);
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
      if (!decoder.write(next.value)) await drained(decoder);
      if (decoder.destroyed) return;
    }
    decoder.end();
  })().catch((error) => {
    sourceError = error;
    decoder.destroy(error as Error);
  });
  try {
    yield* guard.unpacked(decoder as AsyncIterable<Uint8Array>);
  } catch (error) {
    throw sourceError ?? undecodable(contentEncoding, error);
  } finally {
    decoder.destroy();
    await iterator.return?.();
    await feed;
  }
}

function drained(decoder: Transform): Promise<void> {
  return new Promise((resolve) => {
    decoder.once('drain', resolve);
    decoder.once('close', resolve);
  });
}

function undecodable(contentEncoding: string | undefined, cause: unknown): Error {
  if (
    cause instanceof UnpackedTooLargeError ||
    (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
  ) {
    return new ConnectorError(
      `A compressed answer unfolds to more than is held in memory or than real data does, so it is not read ("${contentEncoding}").`,
      { cause },
    );
  }
  return new TransportError(
    `the response is not "${contentEncoding}" as its Content-Encoding says`,
    'ERR_CONTENT_DECODING',
    cause,
  );
}
