import { type FileHandle, open } from 'node:fs/promises';

/**
 * Gives a file that cannot be replaced a new text. Room is made first, with blanks at the end of the old text: they are all that a full disk can stop. Then the new text is
 * written in one call, which a kill does not interrupt, and what is left of the old one behind it is blanks until it is cut
 * off.
 */
export async function writeOver(path: string, text: string): Promise<void> {
  const next = Buffer.from(text);
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    if (next.length > size) await makeRoom(file, size, next.length - size);
    const padded = Buffer.concat([next, Buffer.alloc(Math.max(0, size - next.length), ' ')]);
    await file.write(padded, 0, padded.length, 0);
    await file.truncate(next.length);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function makeRoom(file: FileHandle, size: number, bytes: number): Promise<void> {
  try {
    const { bytesWritten } = await file.write(Buffer.alloc(bytes, ' '), 0, bytes, size);
    if (bytesWritten < bytes)
      throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
  } catch (error) {
    await file.truncate(size).catch(() => {});
    throw error;
  }
}
