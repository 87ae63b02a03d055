import { type FileHandle, open, stat } from 'node:fs/promises';

/** What somebody else did to a file since its state was written. */
export type Changed = 'shorter' | 'rewritten';

const lineBreak = 0x0a;

/**
 * A run that was killed may have left records that no state covers: they come again, so they are cut off. Where nothing is known of
 * the size that the state covers, or the file is not as it was left, only half a line is dropped; the latter is told.
 */
export async function cutBack(path: string, covered: number | undefined): Promise<Changed | undefined> {
  if ((await sizeOf(path)) === undefined) return undefined;
  const handle = await open(path, 'r+');
  try {
    const { size } = await handle.stat();
    const changed = covered === undefined ? undefined : await changeOf(handle, covered, size);
    if (covered === undefined || changed !== undefined) await dropHalfLine(handle, size);
    else if (covered < size) await handle.truncate(covered);
    return changed;
  } finally {
    await handle.close();
  }
}

/** In bytes; undefined when there is no such file. */
export async function sizeOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ size }) => size,
    () => undefined,
  );
}

/** What a state covers ends with a line: where it does not, lines before that have another length now. */
async function changeOf(handle: FileHandle, covered: number, size: number): Promise<Changed | undefined> {
  if (size < covered) return 'shorter';
  if (covered === 0) return undefined;
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, covered - 1);
  return buffer[0] === lineBreak ? undefined : 'rewritten';
}

async function dropHalfLine(handle: FileHandle, size: number): Promise<void> {
  const chunk = Buffer.alloc(64 * 1024);
  for (let end = size; end > 0; ) {
    const start = Math.max(0, end - chunk.length);
    const { bytesRead } = await handle.read(chunk, 0, end - start, start);
    const lineEnd = chunk.subarray(0, bytesRead).lastIndexOf(lineBreak);
    if (lineEnd >= 0 || start === 0) {
      const kept = start + lineEnd + 1;
      if (kept < size) await handle.truncate(kept);
      return;
    }
    end = start;
  }
}
