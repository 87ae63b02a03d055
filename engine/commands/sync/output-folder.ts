import { access, type FileHandle, mkdir, open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConnectorError } from '../../error/connector-error.ts';
import type { StreamState } from '../../language/families.ts';
import { parseState } from '../../protocol/state-input.ts';
import { toJsonLines } from '../../protocol/write.ts';
import type { JsonObject } from '../../util/json.ts';
import { messageOf } from '../../util/message-of.ts';
import { toJsonText } from '../../util/to-json-text.ts';
import { readInputJson } from '../read-input.ts';

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
  await mkdir(folder, { recursive: true }).catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === 'EEXIST' || cause.code === 'ENOTDIR' ? 'a file stands there' : cause.message;
    throw new ConnectorError(`The folder ${folder} cannot be written to: ${why}.`, {
      kind: 'config_error',
      cause,
    });
  });
  const statePath = join(folder, 'state.json');
  const states = new Map(await readStates(statePath));
  const files = new Map<string, { handle: FileHandle; path: string; part: string | undefined }>();
  let pending: Promise<void> = Promise.resolve();

  async function saveStates(): Promise<void> {
    const messages = [...states].map(([name, stream_state]) => ({
      type: 'STREAM',
      stream: { stream_descriptor: { name }, stream_state },
    }));
    const part = `${statePath}.part`;
    await writeFile(part, `${toJsonText(messages)}\n`);
    await rename(part, statePath);
  }

  return {
    states: new Map(states),
    async open(stream, mode) {
      const path = join(folder, `${fileName(stream)}.jsonl`);
      const part = mode === 'replace' ? `${path}.part` : undefined;
      if (mode === 'append') await dropHalfLine(path);
      files.set(stream, { handle: await open(part ?? path, mode === 'replace' ? 'w' : 'a'), path, part });
    },
    async write(stream, records) {
      await files.get(stream)?.handle.appendFile(toJsonLines(records));
    },
    async checkpoint(stream, state) {
      states.set(stream, state);
      // One after the other: two renames at once could leave the older one.
      pending = pending.then(saveStates);
      await pending;
    },
    async complete(stream) {
      const file = files.get(stream);
      if (file?.part === undefined) return;
      await file.handle.close();
      files.delete(stream);
      await rename(file.part, file.path);
    },
    async close() {
      await pending;
      for (const { handle, part } of files.values()) {
        await handle.close();
        if (part !== undefined) await rm(part, { force: true });
      }
      files.clear();
    },
  };
}

async function readStates(path: string): Promise<ReadonlyMap<string, StreamState>> {
  if (!(await exists(path))) return new Map();
  try {
    return parseState(await readInputJson(path, 'state'), { name: path });
  } catch (cause) {
    const why = messageOf(cause);
    throw new ConnectorError(`${why} Mend it, or remove it to start from the beginning.`, {
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

/** Stream names may hold what file names may not. */
function fileName(stream: string): string {
  return stream.replace(/[/\\:*?"<>|\0]/g, '_');
}
