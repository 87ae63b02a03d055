import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import type { HttpResponse } from '../../contract/http-response.ts';
import { UnreadableBodyError } from '../../http/send/unreadable-body-error.ts';
import { UnpackedTooLargeError, unpackedLimit } from '../../util/bytes/unpacked-limit.ts';
import { messageOf } from '../../util/text/message-of.ts';

/** Archives that announce more bytes than this go to a temporary file instead of memory. */
const memoryLimit = 32 * 1024 * 1024;

export interface ZipEntry {
  readonly name: string;
  /** Unpacked while it is read. */
  readonly content: AsyncIterable<Uint8Array>;
}

/**
 * The files of a ZIP archive, without its folders. An archive is read from its end, where its directory is (yauzl does
 * that; readers that go by the local headers fail where these do not give the length of a file), so all of it must be
 * there.
 */
export async function* readZip(response: HttpResponse): AsyncGenerator<ZipEntry> {
  if (Number(response.headers.get('content-length') ?? 0) <= memoryLimit) {
    const bytes = Buffer.from(await response.bytes());
    yield* entries(await open((done) => yauzl.fromBuffer(bytes, options, done)));
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'manifold-zip-'));
  try {
    const path = join(folder, 'archive.zip');
    await pipeline(response.stream(), createWriteStream(path));
    yield* entries(await open((done) => yauzl.open(path, options, done)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

// Names are never used as paths, so none is refused: `decodeStrings: false` turns that check off.
const options = { lazyEntries: true, autoClose: false, decodeStrings: false } as const;

type Done = (error: Error | null, archive?: ZipFile) => void;

async function open(start: (done: Done) => void): Promise<ZipFile> {
  try {
    return await new Promise((resolve, reject) => {
      start((error, archive) => (archive === undefined || error ? reject(error) : resolve(archive)));
    });
  } catch (error) {
    throw new UnreadableBodyError(`Received an invalid ZIP archive: ${messageOf(error)}.`, error);
  }
}

async function* entries(archive: ZipFile): AsyncGenerator<ZipEntry> {
  try {
    for (let entry = await nextEntry(archive); entry !== undefined; entry = await nextEntry(archive)) {
      const name = entry.fileName.toString();
      if (!name.endsWith('/')) yield { name, content: contentOf(archive, entry) };
    }
  } finally {
    archive.close();
  }
}

function nextEntry(archive: ZipFile): Promise<Entry | undefined> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      archive.removeAllListeners();
      finish();
    };
    archive.once('entry', (entry: Entry) => settle(() => resolve(entry)));
    archive.once('end', () => settle(() => resolve(undefined)));
    archive.once('error', (error: Error) => settle(() => reject(error)));
    archive.readEntry();
  });
}

async function* contentOf(archive: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    archive.openReadStream(entry, (error, opened) => (error ? reject(error) : resolve(opened)));
  });
  let size = 0;
  let sum = 0;
  for await (const chunk of stream) {
    sum = crc32(chunk, sum);
    size += chunk.length;
    if (size > unpackedLimit(entry.compressedSize)) throw new UnpackedTooLargeError(entry.compressedSize);
    yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
  }
  if (sum !== entry.crc32) throw new UnreadableBodyError('Its bytes are not those of its checksum.');
}
