import { join } from 'node:path';
import { createReusedMemory, type ReusedMemory } from '../../util/bytes/reused-memory.ts';
import { createSpoolFile, type SpoolFile } from './spool-file.ts';

/** A file with JSON lines. */
export interface SpooledFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Bytes of its longest line. */
  readonly longest: number;
}

/**
 * The lines of one stream on their way into a database. What a state covers lies apart from what follows it, so that a
 * commit may take the one without the other at any time.
 */
export interface Spool {
  /** Whole lines, each with its line feed. */
  write(lines: Uint8Array): Promise<void>;
  /** What was written so far is covered by a state. */
  cover(): Promise<void>;
  /** Bytes that are covered and were not taken. */
  coveredSize(): number;
  /** The files with what is covered, in order. They are the caller's from then on, to be removed by it. */
  take(): Promise<readonly SpooledFile[]>;
}

/** Bytes that a file waits for in memory. */
const bufferSize = 1024 * 1024;

/** Pieces that wait in memory, or are being written, while one stream is read fast. */
const mostPieces = 16;

/** What the spools of a destination have together. */
export function createSpoolMemory(): ReusedMemory {
  return createReusedMemory(mostPieces);
}

/** `name` is part of the files' names. */
export function createSpool(folder: string, name: string, memory: ReusedMemory): Spool {
  let count = 0;
  const next = (): SpoolFile => {
    count += 1;
    return createSpoolFile(join(folder, `${name}-${count}.jsonl`), memory);
  };
  let finished: SpoolFile[] = [];
  let covered = next();
  let tail = next();

  return {
    async write(lines) {
      tail.add(lines);
      if (tail.inMemory() > bufferSize) await tail.flush();
    },
    async cover() {
      const short = tail.takeBack();
      if (short === undefined) {
        finished.push(covered);
        covered = tail;
        tail = next();
        return;
      }
      for (const lines of short) covered.adopt(lines);
      if (covered.inMemory() > bufferSize) await covered.flush();
    },
    coveredSize: () => [...finished, covered].reduce((sum, file) => sum + file.size(), 0),
    async take() {
      const files = [...finished, covered].filter((file) => file.size() > 0);
      finished = [];
      covered = next();
      for (const file of files) await file.flush();
      return files.map((file) => ({ path: file.path, size: file.size(), longest: file.longest() }));
    },
  };
}
