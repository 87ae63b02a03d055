import { open } from 'node:fs/promises';
import { writing } from '../../error/writing.ts';
import type { ReusedMemory } from '../../util/bytes/reused-memory.ts';
import { longestLine } from '../lines.ts';

/** Lines on their way into a file: kept in memory until there is something to write. */
export interface SpoolFile {
  readonly path: string;
  /** Takes a copy of them. */
  add(lines: Uint8Array): void;
  /** Takes what another file has given back. */
  adopt(lines: Uint8Array): void;
  /** Bytes, those in the file included. */
  size(): number;
  /** Bytes of the longest line. */
  longest(): number;
  /** Of these, the bytes that are still in memory. */
  inMemory(): number;
  /** Takes the lines back, where none of them was written yet; undefined where some were. */
  takeBack(): readonly Uint8Array[] | undefined;
  /** Ends when all that was added is in the file, also what another call has begun to write. */
  flush(): Promise<void>;
}

/** `memory` is where lines wait. */
export function createSpoolFile(path: string, memory: ReusedMemory): SpoolFile {
  let pieces: Uint8Array[] = [];
  let waiting = 0;
  let written = 0;
  let longest = 0;
  let flushed = Promise.resolve();

  function takeAll(): readonly Uint8Array[] {
    const all = pieces;
    pieces = [];
    waiting = 0;
    return all;
  }

  function adopt(lines: Uint8Array): void {
    pieces.push(lines);
    waiting += lines.length;
    longest = Math.max(longest, longestLine(lines));
  }

  return {
    path,
    add(lines) {
      const copy = memory.room(lines.length);
      copy.set(lines);
      adopt(copy);
    },
    adopt,
    size: () => written + waiting,
    longest: () => longest,
    inMemory: () => waiting,
    takeBack: () => (written > 0 ? undefined : takeAll()),
    flush() {
      if (waiting > 0) {
        written += waiting;
        const all = takeAll();
        flushed = flushed.then(async () => {
          await writing(path, () => append(path, all));
          for (const piece of all) memory.giveBack(piece);
        });
      }
      return flushed;
    },
  };
}

/** It is not kept open: there may be hundreds. */
async function append(path: string, pieces: readonly Uint8Array[]): Promise<void> {
  const handle = await open(path, 'a');
  try {
    const { bytesWritten } = await handle.writev([...pieces]);
    const size = pieces.reduce((sum, piece) => sum + piece.length, 0);
    // A disk that is nearly full takes some of it, and says so only when it is asked to take the rest.
    if (bytesWritten < size) await handle.writeFile(Buffer.concat(pieces).subarray(bytesWritten));
  } finally {
    await handle.close();
  }
}
