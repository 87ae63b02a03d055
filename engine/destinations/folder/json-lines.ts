import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { StreamState } from '../../contract/families.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { writing } from '../../error/writing.ts';
import { toJsonLines } from '../../protocol/write.ts';
import type { JsonObject } from '../../util/json/json.ts';
import { type Destination, type DestinationOptions, noRefusals, RefusedRecords } from '../destination.ts';
import { movedStarts } from '../identity.ts';
import { isThere } from '../is-there.ts';
import { recordsIn } from '../lines.ts';
import { lockFile } from '../lock.ts';
import { type Changed, cutBack, sizeOf } from './cut-back.ts';
import { readIdentity, whyStartOver, writeIdentity } from './folder-identity.ts';
import { readStateFile, writeStateFile } from './state-file.ts';

/**
 * A folder with one JSON-lines file per stream and `state.json`, which says how far each is read and how many bytes of its
 * file that covers. Streams with a cursor are appended to; others, and those that are read from the beginning again, are
 * written anew beside the old file, which is replaced only when the stream is complete. Throws ConnectorError
 * (config_error) when it holds the records of something else. People know it by `name`.
 */
export async function openJsonLines(
  folder: string,
  options: DestinationOptions,
  name = folder,
): Promise<Destination> {
  await writing(`The folder ${folder}`, () => mkdir(folder, { recursive: true }));
  const unlock = await lockFile(join(folder, '.lock'), name);
  try {
    return await openLocked(folder, name, options, unlock);
  } catch (error) {
    await unlock();
    throw error;
  }
}

async function openLocked(
  folder: string,
  name: string,
  { identity, fullRefresh, keepsField, log }: DestinationOptions,
  unlock: () => Promise<void>,
): Promise<Destination> {
  const statePath = join(folder, 'state.json');
  const kept = await readStateFile(statePath);
  const before = await readIdentity({ folder, name }, identity, kept.states.size > 0);
  const startsOver =
    fullRefresh === true ? 'as --full-refresh asks' : whyStartOver(before, identity, kept.states.size > 0);
  const { states, sizes } = kept;
  for (const name of [...states.keys()]) {
    // A state without its records would keep them away for ever.
    if ((sizes.get(name) ?? 0) > 0 && !(await sizeOf(join(folder, `${fileName(name)}.jsonl`))))
      states.delete(name);
  }
  const earlier = new Set(states.keys());
  const found = new Map(startsOver === undefined ? states : []);
  /** Where streams are whose records wait in another file until all have come. */
  const waiting = new Map<string, StreamState>();
  const files = new Map<string, OpenFile>();
  const keeps = new Map<string, (field: string) => boolean>();
  const takenBy = new Map<string, string>();
  let pending: Promise<void> = Promise.resolve();
  let identityKept: Promise<void> | undefined;

  async function saveStates(): Promise<void> {
    // A state says that its records are there: it must not outlive them.
    await Promise.all([...files.values()].map(refuseRemoved));
    await writeStateFile(statePath, { states, sizes });
  }

  /** What the folder is filled from. From another start on, states of before would keep records away. */
  async function keepIdentity(): Promise<void> {
    if (before !== undefined && movedStarts(before.start, identity.start).length > 0 && states.size > 0) {
      states.clear();
      await saveStates();
    }
    await writeIdentity(folder, identity);
  }

  /** One after the other: with two renames at once, the older one could be last. */
  function saveInTurn(): Promise<void> {
    pending = pending.then(saveStates);
    return pending;
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
    states: found,
    startsOver: startsOver === undefined ? [] : [`Every stream is read from the beginning, ${startsOver}.`],
    holds: [...earlier],
    async open(stream, { key, mode }) {
      const keys = new Set((key ?? []).map(([field]) => field));
      keeps.set(stream, (field) => keys.has(field) || keepsField?.(stream, field) !== false);
      const path = pathOf(stream);
      const wasRead = earlier.has(stream) && (await isThere(path));
      const part = mode === 'replace' || (startsOver !== undefined && wasRead) ? `${path}.part` : undefined;
      // Without a state all of it comes again.
      const isNew = part !== undefined || !states.has(stream);
      identityKept ??= keepIdentity();
      await identityKept;
      const { handle, size } = await writing(path, async () => {
        const changed = isNew ? undefined : await cutBack(path, sizes.get(stream));
        if (changed !== undefined) log('WARN', wasChanged(path, changed));
        const opened = await open(part ?? path, isNew ? 'w' : 'a');
        return { handle: opened, size: (await opened.stat()).size };
      });
      files.set(stream, { handle, path, part, size });
    },
    write,
    writeLines: (stream, lines) =>
      keepsField === undefined ? append(stream, lines) : write(stream, recordsIn(lines)),
    async checkpoint(stream, state) {
      const file = files.get(stream);
      if (file === undefined) return;
      if (file.part !== undefined) {
        waiting.set(stream, state);
        return;
      }
      states.set(stream, state);
      sizes.set(stream, file.size);
      await saveInTurn();
    },
    async complete(stream) {
      const file = files.get(stream);
      if (file === undefined) return;
      await refuseRemoved(file);
      const { handle, path, part, size } = file;
      if (part === undefined) return;
      await handle.close();
      files.delete(stream);
      // The state of the old file must not meet the new one, whenever this ends.
      if (states.delete(stream)) await saveInTurn();
      await writing(path, () => rename(part, path));
      const state = waiting.get(stream);
      if (state === undefined) return;
      states.set(stream, state);
      sizes.set(stream, size);
      await saveInTurn();
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

function wasChanged(path: string, how: Changed): string {
  return how === 'shorter'
    ? `${path} is shorter than the last sync left it. What was taken out of it does not come again; remove the file to read the stream from its beginning.`
    : `${path} is not as the last sync left it, so nothing is cut off it: what comes again may be there twice. Remove the file to read the stream from its beginning.`;
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

function withFields(record: JsonObject, keeps: ((field: string) => boolean) | undefined): JsonObject {
  if (keeps === undefined) return record;
  return Object.fromEntries(Object.entries(record).filter(([field]) => keeps(field)));
}

/** Stream names may hold what file names may not, and be what Windows calls its devices. */
export function fileName(stream: string): string {
  const name = Array.from(stream, (character) =>
    character < ' ' || '/\\:*?"<>|'.includes(character) ? '_' : character,
  ).join('');
  return /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(name) ? `${name}_` : name;
}
