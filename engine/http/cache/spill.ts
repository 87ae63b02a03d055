import { messageOf } from '../../util/text/message-of.ts';

/** Bytes laid aside in files of a temporary folder. A disk that is full or cannot be written to is no error. */
export interface Spill {
  /** The file that has the bytes now, or undefined where there is no room for them. */
  write(bytes: Uint8Array): Promise<string | undefined>;
  /** The bytes of a file, or undefined when it is gone. */
  read(file: string): Promise<Uint8Array | undefined>;
  /** Frees the room of a file. */
  remove(file: string): Promise<void>;
  close(): Promise<void>;
}

export interface SpillSettings {
  /** Where the folder is made. Default the system's place for temporary files. */
  readonly parent?: string | undefined;
  /** Told once when something cannot be written; it is not tried again. */
  readonly warn: (message: string) => void;
}

export function createSpill({ parent, warn }: SpillSettings): Spill {
  let folder: Promise<string> | undefined;
  let fileCount = 0;
  let isBroken = false;

  function giveUp(error: unknown): undefined {
    if (!isBroken)
      warn(
        `Answers that do not fit into memory cannot be kept in a temporary file, so requests are repeated: ${messageOf(error)}.`,
      );
    isBroken = true;
  }

  return Object.freeze({
    async write(bytes: Uint8Array) {
      if (isBroken) return undefined;
      try {
        folder ??= makeFolder(parent);
        const [{ writeFile }, { join }] = await Promise.all([
          import('node:fs/promises'),
          import('node:path'),
        ]);
        const file = join(await folder, String(fileCount++));
        await writeFile(file, bytes, { mode: 0o600 });
        return file;
      } catch (error) {
        return giveUp(error);
      }
    },
    async read(file: string) {
      const { readFile } = await import('node:fs/promises');
      try {
        return await readFile(file);
      } catch (error) {
        return giveUp(error);
      }
    },
    async remove(file: string) {
      const { rm } = await import('node:fs/promises');
      // One that is gone already, or cannot be removed, goes with the folder.
      await rm(file, { force: true }).catch(() => {});
    },
    async close() {
      if (folder === undefined) return;
      const { rm } = await import('node:fs/promises');
      // A folder that was never made, or that cannot be removed, is nobody's loss.
      await folder.then((path) => rm(path, { recursive: true, force: true })).catch(() => {});
      folder = undefined;
    },
  });
}

async function makeFolder(parent: string | undefined): Promise<string> {
  const [{ mkdtemp }, { tmpdir }, { join }] = await Promise.all([
    import('node:fs/promises'),
    import('node:os'),
    import('node:path'),
  ]);
  return mkdtemp(join(parent ?? tmpdir(), 'manifold-'));
}
