import { open } from 'node:fs/promises';
import { isThere } from '../is-there.ts';

/**
 * A run that was killed may have left records that no state covers: they come again. Where nothing is known of the size
 * that the state covers, only half a line is dropped.
 */
export async function cutBack(path: string, covered: number | undefined): Promise<void> {
  if (!(await isThere(path))) return;
  const handle = await open(path, 'r+');
  try {
    const { size } = await handle.stat();
    if (covered !== undefined) {
      if (covered < size) await handle.truncate(covered);
      return;
    }
    const chunk = Buffer.alloc(64 * 1024);
    for (let end = size; end > 0; ) {
      const start = Math.max(0, end - chunk.length);
      const { bytesRead } = await handle.read(chunk, 0, end - start, start);
      const lineEnd = chunk.subarray(0, bytesRead).lastIndexOf(0x0a);
      if (lineEnd >= 0 || start === 0) {
        const kept = start + lineEnd + 1;
        if (kept < size) await handle.truncate(kept);
        return;
      }
      end = start;
    }
  } finally {
    await handle.close();
  }
}
