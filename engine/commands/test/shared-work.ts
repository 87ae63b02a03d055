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
  /** Tells the others whether something is wrong in the manifest: one of them has looked. */
  tellSound(isSound: boolean): void;
  /** The same as the others have told it. Blocks until then. */
  isSound(): boolean;
}

const [sound, unsound] = [1, 2];
const joined = 1;
const closed = 2;

// The cells: the next piece, whether the manifest is sound, and how each thread stands.
const nextPiece = 0;
const soundness = 1;
const firstThread = 2;

export function createSharedWork(pieces: number, threads: number): SharedWork {
  return workIn(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT * (firstThread + threads)), pieces);
}

/** The same work, seen by another thread. */
export function workIn(memory: SharedArrayBuffer, pieces: number): SharedWork {
  const cells = new Int32Array(memory);
  return {
    memory,
    take() {
      const piece = Atomics.add(cells, nextPiece, 1);
      return piece < pieces ? piece : undefined;
    },
    join: (thread) => Atomics.compareExchange(cells, firstThread + thread, 0, joined) === 0,
    hasJoined: (thread) => Atomics.compareExchange(cells, firstThread + thread, 0, closed) === joined,
    tellSound(isSound) {
      Atomics.store(cells, soundness, isSound ? sound : unsound);
      Atomics.notify(cells, soundness);
    },
    isSound() {
      Atomics.wait(cells, soundness, 0);
      return Atomics.load(cells, soundness) === sound;
    },
  };
}
