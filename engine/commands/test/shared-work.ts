/** Work that several threads take piece by piece: who is slow takes fewer. Pieces are numbered from 0. */
export interface SharedWork {
  /** For the other threads. */
  readonly memory: SharedArrayBuffer;
  /** The number of a piece that nobody else takes; undefined when all are taken. */
  take(): number | undefined;
  /** Says that this thread takes part from now on; false when it comes too late. */
  join(thread: number): boolean;
  /** Whether a thread has taken part. One that has not will not. */
  hasJoined(thread: number): boolean;
}

const joined = 1;
const closed = 2;

export function createSharedWork(pieces: number, threads: number): SharedWork {
  return workIn(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT * (1 + threads)), pieces);
}

/** The same work, seen by another thread. */
export function workIn(memory: SharedArrayBuffer, pieces: number): SharedWork {
  // The next piece, then how each thread stands.
  const cells = new Int32Array(memory);
  return {
    memory,
    take() {
      const piece = Atomics.add(cells, 0, 1);
      return piece < pieces ? piece : undefined;
    },
    join: (thread) => Atomics.compareExchange(cells, 1 + thread, 0, joined) === 0,
    hasJoined: (thread) => Atomics.compareExchange(cells, 1 + thread, 0, closed) === joined,
  };
}
