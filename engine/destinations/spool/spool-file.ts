import { appendFile } from 'node:fs/promises';
import { writing } from '../writing.ts';

/** Texts on their way into a file: kept in memory until there is something to write. */
export interface SpoolFile {
  readonly path: string;
  add(text: string): void;
  /** Characters, those in the file included. */
  size(): number;
  /** Bytes that no text of them exceeds. */
  longest(): number;
  /** Of these, the characters that are still in memory. */
  inMemory(): number;
  /** Takes the texts back, where none of them was written yet; undefined where some were. */
  takeBack(): string | undefined;
  /** Ends when all that was added is in the file, also what another call has begun to write. */
  flush(): Promise<void>;
}

export function createSpoolFile(path: string): SpoolFile {
  let texts: string[] = [];
  let waiting = 0;
  let written = 0;
  let longest = 0;
  let flushed = Promise.resolve();
  return {
    path,
    add(text) {
      texts.push(text);
      waiting += text.length;
      longest = Math.max(longest, text.length);
    },
    size: () => written + waiting,
    // A character of UTF-16 has at most three bytes in UTF-8.
    longest: () => longest * 3,
    inMemory: () => waiting,
    takeBack() {
      if (written > 0) return undefined;
      const all = texts.join('');
      texts = [];
      waiting = 0;
      return all;
    },
    flush() {
      if (waiting > 0) {
        const all = Buffer.from(texts.join(''));
        texts = [];
        written += waiting;
        waiting = 0;
        flushed = flushed.then(() => writing(path, () => appendFile(path, all)));
      }
      return flushed;
    },
  };
}
