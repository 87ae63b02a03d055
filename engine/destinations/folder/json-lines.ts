import { access, type FileHandle, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StreamState } from '../../contract/families.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { parseState } from '../../protocol/state-input.ts';
import { toJsonLines } from '../../protocol/write.ts';
import type { JsonObject } from '../../util/json/json.ts';
import { parseJson } from '../../util/json/parse-json.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { messageOf } from '../../util/text/message-of.ts';
import { type Destination, type DestinationOptions, noRefusals, RefusedRecords } from '../destination.ts';
import { type Identity, movedStarts, otherThan } from '../identity.ts';
import { recordsIn } from '../lines.ts';
import { lockFile } from '../lock.ts';
import { writing } from '../writing.ts';

/**
 * A folder with one JSON-lines file per stream and `state.json`, which says how far each is read and how many bytes of its
 * file that covers. Streams with a cursor are appended to; others are written anew beside the old file, which is replaced
 * only when the stream is complete. Throws ConnectorError (config_error) when it holds the records of something else.
 */
export async function openJsonLines(folder: string, options: DestinationOptions): Promise<Destination> {
  await writing(`The folder ${folder}`, () => mkdir(folder, { recursive: true }));
  const unlock = await lockFile(join(folder, '.lock'), folder);
  try {
    return await openLocked(folder, options, unlock);
  } catch (error) {
    await unlock();
    throw error;
  }
}

async function openLocked(
  folder: string,
  { identity, fullRefresh, keepsField, dryRun }: DestinationOptions,
  unlock: () => Promise<void>,
): Promise<Destination> {
  const statePath = join(folder, 'state.json');
  const kept = await readKept(statePath);
  const startsOver =
    fullRefresh === true
      ? 'as --full-refresh asks'
      : await whyStartOver(folder, identity, { hasStates: kept.states.size > 0, keeps: dryRun !== true });
  const states = new Map(startsOver === undefined ? kept.states : []);
  const sizes = new Map(startsOver === undefined ? kept.sizes : []);
  for (const name of [...states.keys()]) {
    // A state without its records would keep them away for ever.
    if ((sizes.get(name) ?? 0) > 0 && !(await exists(join(folder, `${fileName(name)}.jsonl`))))
      states.delete(name);
  }
  const files = new Map<string, OpenFile>();
  const keeps = new Map<string, (field: string) => boolean>();
  const takenBy = new Map<string, string>();
  let pending: Promise<void> = Promise.resolve();
  // What starts over is emptied: from then on, the states on the disk would say that records are there which are not.
  let isForgotten = startsOver === undefined || kept.states.size === 0;

  async function saveStates(): Promise<void> {
    // A state says that its records are there: it must not outlive them.
    await Promise.all([...files.values()].map(refuseRemoved));
    const messages = [...states].map(([name, stream_state]) => ({
      type: 'STREAM',
      stream: { stream_descriptor: { name }, stream_state },
      // In the same file as the state: only together do they say what a killed sync has left behind.
      bytes: sizes.get(name),
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
      throw new RefusedRecords(
        `The streams "${other}" and "${stream}" would both be written to ${name}. Read them into folders of their own, with --streams and --to.`,
      );
    }
    takenBy.set(name.toLowerCase(), stream);
    return join(folder, name);
  }

  async function write(stream: string, records: readonly JsonObject[]): Promise<void> {
    const kept =
      keepsField === undefined ? records : records.map((record) => withFields(record, keeps.get(stream)));
    await append(stream, Buffer.from(toJsonLines(kept)));
  }

  async function append(stream: string, lines: Uint8Array): Promise<void> {
    const file = files.get(stream);
    if (file === undefined) return;
    await writing(file.path, () => file.handle.appendFile(lines));
    file.size += lines.length;
  }

  return {
    states: new Map(states),
    startsOver,
    async open(stream, { key, mode }) {
      const keys = new Set((key ?? []).map(([field]) => field));
      keeps.set(stream, (field) => keys.has(field) || keepsField?.(stream, field) !== false);
      const path = pathOf(stream);
      const part = mode === 'replace' ? `${path}.part` : undefined;
      // Without a state all of it comes again.
      const isNew = mode === 'replace' || !states.has(stream);
      if (!isForgotten) await saveStates();
      isForgotten = true;
      const { handle, size } = await writing(path, async () => {
        if (!isNew) await cutBack(path, sizes.get(stream));
        const opened = await open(part ?? path, isNew ? 'w' : 'a');
        return { handle: opened, size: (await opened.stat()).size };
      });
      files.set(stream, { handle, path, part, size });
    },
    write,
    writeLines: (stream, lines) =>
      keepsField === undefined ? append(stream, lines) : write(stream, recordsIn(lines)),
    async checkpoint(stream, state) {
      states.set(stream, state);
      const file = files.get(stream);
      if (file !== undefined && file.part === undefined) sizes.set(stream, file.size);
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
      await unlock();
      return noRefusals;
    },
  };
}

interface OpenFile {
  readonly handle: FileHandle;
  readonly path: string;
  /** Where it is written until it is complete. */
  readonly part: string | undefined;
  /** In bytes, with what was written by this sync. */
  size: number;
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

interface Kept {
  readonly states: ReadonlyMap<string, StreamState>;
  readonly sizes: ReadonlyMap<string, number>;
}

async function readKept(path: string): Promise<Kept> {
  if (!(await exists(path))) return { states: new Map(), sizes: new Map() };
  try {
    const text = await readFile(path, 'utf8');
    const messages = readJson(text, path);
    const states = parseState(messages, { name: path, text });
    const sizes = (Array.isArray(messages) ? messages : []).flatMap(({ stream, bytes }) =>
      typeof bytes === 'number' ? [[String(stream?.stream_descriptor?.name), bytes] as const] : [],
    );
    return { states, sizes: new Map(sizes) };
  } catch (cause) {
    const why = messageOf(cause);
    throw new ConnectorError(`${why} Fix it, or remove it to start from the beginning.`, {
      kind: 'config_error',
      cause,
    });
  }
}

function readJson(text: string, path: string): unknown {
  try {
    return parseJson(text);
  } catch {
    throw new ConnectorError(`The state ${path} is not JSON.`, { kind: 'config_error' });
  }
}

function withFields(record: JsonObject, keeps: ((field: string) => boolean) | undefined): JsonObject {
  if (keeps === undefined) return record;
  return Object.fromEntries(Object.entries(record).filter(([field]) => keeps(field)));
}

/** Compares the folder's identity with that of the last sync, and keeps the new one. */
async function whyStartOver(
  folder: string,
  identity: Identity,
  { hasStates, keeps }: { readonly hasStates: boolean; readonly keeps: boolean },
): Promise<string | undefined> {
  const path = join(folder, '.manifold.json');
  const before = await readIdentity(path);
  const other = before !== undefined && hasStates ? otherThan(before, identity) : undefined;
  if (other !== undefined) {
    throw new ConnectorError(
      `${folder} holds what was read by ${other}. Give --to another folder, or remove ${folder} if its records are no longer needed.`,
      { kind: 'config_error' },
    );
  }
  if (keeps) await writing(path, () => writeFile(path, `${JSON.stringify(identity, null, 2)}\n`));
  const moved = before === undefined || !hasStates ? [] : movedStarts(before.start, identity.start);
  return moved.length === 0 ? undefined : `since ${moved.join(' and ')}`;
}

async function readIdentity(path: string): Promise<Identity | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/**
 * A run that was killed may have left records that no state covers: they come again. Where nothing is known of the size
 * that the state covers, only half a line is dropped.
 */
async function cutBack(path: string, covered: number | undefined): Promise<void> {
  if (!(await exists(path))) return;
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

/** Stream names may hold what file names may not, and be what Windows calls its devices. */
export function fileName(stream: string): string {
  const name = Array.from(stream, (character) =>
    character < ' ' || '/\\:*?"<>|'.includes(character) ? '_' : character,
  ).join('');
  return /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(name) ? `${name}_` : name;
}
