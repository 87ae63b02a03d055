/** Memory that is used again and again. */
export interface ReusedMemory {
  /** At least so many bytes that nobody uses, cut to size; whatever was in them is still there. */
  room(size: number): Uint8Array;
  /** They are not needed any more. Bytes that came from elsewhere may be given too. */
  giveBack(bytes: Uint8Array): void;
}

/** Less than this is as cheap to make anew. */
const leastSize = 16 * 1024;

/**
 * Each new buffer is memory outside of the heap, which has the garbage collector look for what can be freed: where a page after
 * the other gets one, that costs more than filling it. `kept` is how many are mostly in use at once.
 */
export function createReusedMemory(kept = 4): ReusedMemory {
  const free: ArrayBufferLike[] = [];
  return {
    room(size) {
      if (size < leastSize) return Buffer.allocUnsafe(size);
      const at = free.findIndex(({ byteLength }) => byteLength >= size);
      const [known] = at === -1 ? [] : free.splice(at, 1);
      // A little more than that, since the next page may be larger.
      const memory = known ?? new ArrayBuffer(Math.ceil(size * 1.25));
      return Buffer.from(memory, 0, size);
    },
    giveBack({ buffer }) {
      if (buffer.byteLength < leastSize || free.includes(buffer)) return;
      free.push(buffer);
      if (free.length > kept) free.shift();
    },
  };
}
