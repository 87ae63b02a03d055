/** More than any real data is packed by, and less than what bombs are. */
const highestRatio = 250;
/** Bytes below which the ratio says nothing. */
const harmless = 64 * 1024 * 1024;

/** Packed data unfolds to much more than data of any use does. */
export class UnpackedTooLargeError extends Error {
  constructor(packed: number) {
    super(
      `${packed} bytes unfold to more than ${Math.round(unpackedLimit(packed) / 1024 / 1024)} MB: this is an archive made to fill memory, or broken`,
    );
    this.name = 'UnpackedTooLargeError';
  }
}

/** The most bytes that `packed` bytes may unfold to. */
export function unpackedLimit(packed: number): number {
  return Math.max(harmless, packed * highestRatio);
}

/** Counts what goes into an unpacker and what comes out. */
export interface UnpackedGuard {
  /** The same chunks, counted before they are unpacked. */
  packed(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
  /** The same chunks, counted after they were unpacked. Throws UnpackedTooLargeError. */
  unpacked(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
}

export function createUnpackedGuard(): UnpackedGuard {
  let before = 0;
  let after = 0;
  return {
    async *packed(chunks) {
      for await (const chunk of chunks) {
        before += chunk.length;
        yield chunk;
      }
    },
    async *unpacked(chunks) {
      for await (const chunk of chunks) {
        after += chunk.length;
        if (after > unpackedLimit(before)) throw new UnpackedTooLargeError(before);
        yield chunk;
      }
    },
  };
}
