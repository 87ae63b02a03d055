import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises';

/** What a system says where a file can be written but not replaced, such as one that is mounted by itself. */
const cannotReplace = new Set(['EBUSY', 'EXDEV', 'EACCES', 'EPERM', 'EROFS']);

/**
 * Gives a file a new text, readable by the same people as before: at once, so that whoever stops in the middle leaves the
 * old text. A file that is a link stays one. Where the folder does not allow that, the file is written over.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const target = await realpath(path);
  const { mode } = await stat(target);
  const part = `${target}.${process.pid}.part`;
  try {
    await writeFile(part, text, { mode });
    await rename(part, target);
  } catch (error) {
    await rm(part, { force: true }).catch(() => {});
    if (!cannotReplace.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    await writeFile(target, text);
  }
}
