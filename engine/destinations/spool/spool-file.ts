import { appendFile } from 'node:fs/promises';
import { longestLine } from '../lines.ts';
import { writing } from '../writing.ts';

/** Lines on their way into a file: kept in memory until there is something to write. */
export interface SpoolFile {
  readonly path: string;
  add(lines: Uint8Array): void;
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

export function createSpoolFile(path: string): SpoolFile {
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

  return {
    path,
    add(lines) {
      pieces.push(lines);
      waiting += lines.length;
      longest = Math.max(longest, longestLine(lines));
    },
    size: () => written + waiting,
    longest: () => longest,
    inMemory: () => waiting,
    takeBack: () => (written > 0 ? undefined : takeAll()),
    flush() {
      if (waiting > 0) {
        written += waiting;
        const all = Buffer.concat(takeAll());
        flushed = flushed.then(() => writing(path, () => appendFile(path, all)));
      }
      return flushed;
    },
  };
}
