import { access, type FileHandle, mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StreamState } from '../../contract/families.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { toJsonLines } from '../../protocol/write.ts';
import type { JsonObject } from '../../util/json/json.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { messageOf } from '../../util/text/message-of.ts';
import { readState } from '../read-protocol-input.ts';

/**
 * A folder with one JSON-lines file per stream and `state.json`. Streams with a cursor are appended to; others are
 * written anew beside the old file, which is replaced only when the stream is complete.
 */
export interface OutputFolder {
  readonly states: ReadonlyMap<string, StreamState>;
  open(stream: string, mode: 'append' | 'replace'): Promise<void>;
  write(stream: string, records: readonly JsonObject[]): Promise<void>;
  /** The records written so far are covered by this state. */
  checkpoint(stream: string, state: StreamState): Promise<void>;
  complete(stream: string): Promise<void>;
  close(): Promise<void>;
}

export async function openOutputFolder(folder: string): Promise<OutputFolder> {
  await writing(`The folder ${folder}`, () => mkdir(folder, { recursive: true }));
  const statePath = join(folder, 'state.json');
  const states = new Map(await readStates(statePath));
  const files = new Map<string, OpenFile>();
  const takenBy = new Map<string, string>();
  let pending: Promise<void> = Promise.resolve();

  async function saveStates(): Promise<void> {
    // A state says that its records are there: it must not outlive them.
    await Promise.all([...files.values()].map(refuseRemoved));
    const messages = [...states].map(([name, stream_state]) => ({
      type: 'STREAM',
      stream: { stream_descriptor: { name }, stream_state },
    }));
    const part = `${statePath}.part`;
    await writing(statePath, async () => {
      await writeFile(part, `${toJsonText(messages)}\n`);
      await rename(part, statePath);
    });
  }

  /** Names of files that differ in case only are one name to some systems. */
  function pathOf(stream: string): string {
    const name = `${fileName(stream)}.jsonl`;
    const other = takenBy.get(name.toLowerCase());
    if (other !== undefined && other !== stream) {
      throw new ConnectorError(
        `The streams "${other}" and "${stream}" would both be written to ${name}. Read them into folders of their own, with --streams and --out.`,
        { kind: 'config_error' },
      );
    }
    takenBy.set(name.toLowerCase(), stream);
    return join(folder, name);
  }

  return {
    states: new Map(states),
    async open(stream, mode) {
      const path = pathOf(stream);
      const part = mode === 'replace' ? `${path}.part` : undefined;
      const handle = await writing(path, async () => {
        if (mode === 'append') await dropHalfLine(path);
        return open(part ?? path, mode === 'replace' ? 'w' : 'a');
      });
      files.set(stream, { handle, path, part });
    },
    async write(stream, records) {
      const file = files.get(stream);
      if (file !== undefined) await writing(file.path, () => file.handle.appendFile(toJsonLines(records)));
    },
    async checkpoint(stream, state) {
      states.set(stream, state);
      // One after the other: with two renames at once, the older one could be last.
      pending = pending.then(saveStates);
      await pending;
    },
    async complete(stream) {
      const file = files.get(stream);
      if (file === undefined) return;
      await refuseRemoved(file);
      const { handle, path, part } = file;
      if (part === undefined) return;
      await handle.close();
      files.delete(stream);
      await writing(path, () => rename(part, path));
    },
    async close() {
      await pending.catch(() => {});
      for (const { handle, part } of files.values()) {
        await handle.close();
        if (part !== undefined) await rm(part, { force: true });
      }
      files.clear();
    },
  };
}

interface OpenFile {
  readonly handle: FileHandle;
  readonly path: string;
  /** Where it is written until it is complete. */
  readonly part: string | undefined;
}

/** A file that has no name any more takes what is written to it, and nobody will ever read it. */
async function refuseRemoved({ handle, path }: OpenFile): Promise<void> {
  const { nlink } = await handle.stat();
  if (nlink > 0) return;
  throw new ConnectorError(
    `${path} was removed while it was written to. Run the sync again; where state.json is still there, remove it too, to start from the beginning.`,
    { kind: 'config_error' },
  );
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ENOENT: 'its folder is gone',
  EISDIR: 'there is a folder of that name',
  EEXIST: 'there is a file of that name',
  ENOTDIR: 'there is a file of that name',
};

/** Does what changes the disk; throws ConnectorError (config_error) that names what could not be written, and why. */
async function writing<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === undefined) throw cause;
    throw new ConnectorError(`${what} cannot be written to: ${reasons[code] ?? message}.`, {
      kind: 'config_error',
      cause,
    });
  }
}

async function readStates(path: string): Promise<ReadonlyMap<string, StreamState>> {
  if (!(await exists(path))) return new Map();
  try {
    return await readState(path);
  } catch (cause) {
    const why = messageOf(cause);
    throw new ConnectorError(`${why} Fix it, or remove it to start from the beginning.`, {
      kind: 'config_error',
      cause,
    });
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** A run that was killed may have left half a line; its record comes again, since no state covers it. */
async function dropHalfLine(path: string): Promise<void> {
  if (!(await exists(path))) return;
  const handle = await open(path, 'r+');
  try {
    const { size } = await handle.stat();
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

/** Stream names may hold what file names may not, and be what Windows calls its devices. */
function fileName(stream: string): string {
  const name = Array.from(stream, (character) =>
    character < ' ' || '/\\:*?"<>|'.includes(character) ? '_' : character,
  ).join('');
  return /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(name) ? `${name}_` : name;
}
