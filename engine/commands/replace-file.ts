import { open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { writeOver } from './write-over.ts';

/** What a system says where a file can be written but not replaced, such as one that is mounted by itself. */
const cannotReplace = new Set(['EBUSY', 'EXDEV', 'EACCES', 'EPERM', 'EROFS']);

/**
 * Gives a file a new text, for the same people as before: at once, so that whoever stops in the middle leaves the old
 * text. A file that is a link stays one. Where the folder does not allow that, the file is written over, which a kill or a
 * full disk cannot spoil either as long as the text is a small one that may end in blanks, such as JSON.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const target = await realpath(path);
  const part = `${target}.${process.pid}.part`;
  try {
    await writeLike(target, part, text);
    await rename(part, target);
    await removeOldParts(target).catch(() => {});
  } catch (error) {
    await rm(part, { force: true }).catch(() => {});
    if (!cannotReplace.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    await writeOver(target, text);
  }
}

/** A new file beside the old one, with the same rights and the same owner. */
async function writeLike(old: string, path: string, text: string): Promise<void> {
  const { mode, uid, gid } = await stat(old);
  await rm(path, { force: true });
  // Nobody else may look into it before it has the rights it should have.
  const file = await open(path, 'wx', 0o600);
  try {
    const own = await file.stat();
    if (own.uid !== uid || own.gid !== gid) await file.chown(uid, gid);
    await file.chmod(mode & 0o7777);
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Milliseconds. Nobody writes a text for that long. */
const longestWriting = 60_000;

/** What processes left that were killed: it holds what the file holds, and nobody would look for it. */
async function removeOldParts(target: string): Promise<void> {
  const folder = dirname(target);
  const [start, end] = [`${basename(target)}.`, '.part'];
  for (const name of await readdir(folder)) {
    if (
      !name.startsWith(start) ||
      !/^\d+$/.test(name.slice(start.length, -end.length)) ||
      !name.endsWith(end)
    )
      continue;
    const path = join(folder, name);
    if ((await stat(path)).mtimeMs < Date.now() - longestWriting) await rm(path);
  }
}
