import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { nodeCrypto } from '../../../util/bytes/node-crypto.ts';
import { digestOf } from '../inputs.ts';

/** Texts that may be gone the next time: whatever is wrong with the disk, nothing but time is lost. */
export interface KeptFiles {
  /** Undefined when there is none of this name, or when it is not as it was written. */
  read(name: string): Promise<string | undefined>;
  write(name: string, text: string): Promise<void>;
  /** Removes what has not been used for longest, down to the bounds. */
  tidy(): Promise<void>;
}

export interface Bounds {
  /** All together. */
  readonly bytes: number;
  /** Milliseconds without use. */
  readonly age: number;
}

const usualBounds: Bounds = Object.freeze({ bytes: 64 * 1024 * 1024, age: 30 * 24 * 3_600_000 });

/** Milliseconds. Nobody writes a text for that long: who did so has been killed. */
const longestWriting = 60_000;

const end = '.result';

/** Only who runs the program may look into them. */
export function keptFiles(folder: string, now: () => number, bounds = usualBounds): KeptFiles {
  const pathOf = (name: string) => join(folder, `${name}${end}`);

  async function write(name: string, text: string): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // Containers that share the folder may have processes of one number.
    const part = join(folder, `${name}.${nodeCrypto().randomUUID()}.part`);
    try {
      // Whoever reads meanwhile has the old text or the new one.
      const file = await open(part, 'wx', 0o600);
      try {
        await file.writeFile(`${digestOf(text)}\n${text}`);
      } finally {
        await file.close();
      }
      await rename(part, pathOf(name));
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
  }

  async function tidy(): Promise<void> {
    const found: { path: string; size: number; used: number }[] = [];
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      const { size, mtimeMs: used } = await stat(path);
      const isOld = now() - used > (name.endsWith('.part') ? longestWriting : bounds.age);
      if (isOld && (name.endsWith(end) || name.endsWith('.part'))) await rm(path, { force: true });
      else if (name.endsWith(end)) found.push({ path, size, used });
    }
    let bytes = 0;
    for (const { path, size } of found.sort((a, b) => b.used - a.used)) {
      bytes += size;
      if (bytes > bounds.bytes) await rm(path, { force: true });
    }
  }

  return Object.freeze<KeptFiles>({
    async read(name) {
      const whole = await readFile(pathOf(name), 'utf8').catch(() => undefined);
      if (whole === undefined) return undefined;
      const cut = whole.indexOf('\n');
      const text = whole.slice(cut + 1);
      if (whole.slice(0, Math.max(cut, 0)) !== digestOf(text)) return undefined;
      const moment = new Date(now());
      await utimes(pathOf(name), moment, moment).catch(() => {});
      return text;
    },
    // A disk that is full, a folder of somebody else's, a file that another process has just removed.
    write: (name, text) => write(name, text).catch(() => {}),
    tidy: () => tidy().catch(() => {}),
  });
}
