import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Bench } from './bench.ts';
import type { FileView, ServerEvent } from './messages.ts';
import { digest } from './outline.ts';

/** The files on disk, which are the truth. */
export interface Shelf {
  read(): Promise<FileView>;
  /**
   * Writes the manifest if it still has the version that the writer has seen; else nothing is written, and what is there
   * instead comes back.
   */
  write(text: string, version: string): Promise<{ readonly isWritten: boolean; readonly file: FileView }>;
  close(): void;
}

/** Editors write a file in several steps. Milliseconds. */
const settleTime = 40;

/** Reads, writes and watches a manifest and its tests. Changes from outside are told to `tell`. */
export function createShelf(
  bench: Pick<Bench, 'file' | 'testFile' | 'replace'>,
  tell: (event: ServerEvent) => void,
): Shelf {
  const { file, testFile } = bench;
  let told: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  // One after the other, so that of two tabs that save at once one is refused.
  let queue: Promise<unknown> = Promise.resolve();

  async function read(): Promise<FileView> {
    const text = await readFile(file, 'utf8');
    return { path: file, uri: pathToFileURL(file).href, text, version: digest(text) };
  }

  async function look(): Promise<void> {
    // A file that is just being replaced is looked at when it is there.
    const now = await read().catch(() => undefined);
    if (now === undefined || now.version === told) return;
    told = now.version;
    tell({ type: 'file', version: now.version });
  }

  async function writeNow(text: string, version: string) {
    const before = await read();
    if (before.version !== version) return { isWritten: false, file: before };
    await bench.replace(file, text);
    const after = await read();
    told = after.version;
    tell({ type: 'file', version: after.version });
    return { isWritten: true, file: after };
  }

  const watcher = watch(dirname(file), (_, name) => {
    if (name === basename(testFile)) tell({ type: 'test-file' });
    if (name !== null && name !== basename(file)) return;
    clearTimeout(timer);
    timer = setTimeout(() => void look(), settleTime);
  });
  // A folder that cannot be watched any more is no reason to end.
  watcher.on('error', () => {});

  return {
    async read() {
      const now = await read();
      told ??= now.version;
      return now;
    },
    write(text, version) {
      const written = queue.then(() => writeNow(text, version));
      queue = written.catch(() => {});
      return written;
    },
    close() {
      clearTimeout(timer);
      watcher.close();
    },
  };
}
