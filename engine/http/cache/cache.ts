import type { OutgoingRequest } from '../../contract/families.ts';
import type { HttpResponse, ResponseHeaders } from '../../contract/http-response.ts';
import type { Readers, ResponseCache } from '../../contract/scope.ts';
import { createResponse, responseHeaders } from '../wire/response.ts';
import { isAbort } from '../wire/transport-error.ts';
import { createSpill } from './spill.ts';

export interface CacheSettings {
  /** Bytes of bodies kept in memory; more of them go to files in a temporary directory. Default 64 MiB. */
  readonly memoryLimit?: number;
  /** Where files are kept. Default the system's place for temporary files. */
  readonly folder?: string;
  /** Told when there is no room for more of them. */
  readonly warn?: (message: string) => void;
}

interface Entry {
  readonly url: string;
  readonly status: number;
  readonly headers: ResponseHeaders;
  readonly body: Uint8Array | { readonly file: string };
  /** How often each reader will still ask for it; undefined where that is not known. */
  readonly left: Map<string, number> | undefined;
  /** How many read its file at this moment. */
  open: number;
}

/** Who asks outside of the streams that are read. */
const nobody = '';

const defaultMemoryLimit = 64 * 1024 * 1024;

/**
 * Answers the same request once per sync: GET and HEAD, by URL, body and headers. Only answers with
 * status 200 are kept, and no longer than somebody will ask for them: each reader is counted, and a stream that has been
 * read asks no more. Whoever asks while the first request is under way shares
 * its answer when that is a success, or the error in which all its attempts ended.
 */
export function createCache({
  memoryLimit = defaultMemoryLimit,
  folder,
  warn = () => {},
}: CacheSettings = {}): ResponseCache {
  const entries = new Map<string, Entry>();
  const flights = new Map<string, Promise<HttpResponse>>();
  /** Streams that have been read. */
  const done = new Set<string>();
  let inMemory = 0;
  const spill = createSpill({ parent: folder, warn });

  async function store(response: HttpResponse, left: Entry['left']): Promise<Entry | undefined> {
    const { url, status } = response;
    const base = { url, status, left, open: 0 };
    // A copy: those of the wire hold on to the piece of it in which they came.
    const headers = responseHeaders(response.headers.entries());
    const bytes = await response.bytes();
    if (inMemory + bytes.length <= memoryLimit) {
      inMemory += bytes.length;
      return { ...base, headers, body: bytes };
    }
    const file = await spill.write(bytes);
    return file === undefined ? undefined : { ...base, headers, body: { file } };
  }

  async function replay(key: string, entry: Entry): Promise<HttpResponse | undefined> {
    const { url, status, headers, body } = entry;
    if (body instanceof Uint8Array) return createResponse({ url, status, headers, body });
    entry.open++;
    const bytes = await spill.read(body.file);
    entry.open--;
    if (entries.get(key) !== entry) await removeFile(entry);
    return bytes && createResponse({ url, status, headers, body: bytes });
  }

  /** Counts a reader, and makes room after the last one. */
  async function take(key: string, reader: string): Promise<void> {
    const entry = entries.get(key);
    if (entry?.left === undefined) return;
    count(entry.left, reader);
    await sweep(key, entry);
  }

  async function sweep(key: string, entry: Entry): Promise<void> {
    if (entry.left?.size === 0 && entries.get(key) === entry) await drop(key, entry);
  }

  function drop(key: string, entry: Entry): Promise<void> {
    entries.delete(key);
    if (entry.body instanceof Uint8Array) inMemory -= entry.body.length;
    return removeFile(entry);
  }

  /** Whoever reads it at this moment removes it afterwards. */
  async function removeFile({ body, open }: Entry): Promise<void> {
    if (!(body instanceof Uint8Array) && open === 0) await spill.remove(body.file);
  }

  function forgetKey(key: string): void {
    const entry = entries.get(key);
    if (entry !== undefined) void drop(key, entry);
  }

  async function fly(
    key: string,
    send: () => Promise<HttpResponse>,
    { readers, reader }: Asking,
  ): Promise<HttpResponse> {
    const response = await send();
    // The bytes must be there before anyone shares them.
    await response.bytes();
    const left = readers && new Map([...readers].filter(([stream]) => !done.has(stream)));
    if (left !== undefined) count(left, reader);
    const entry = response.status === 200 && left?.size !== 0 ? await store(response, left) : undefined;
    if (entry !== undefined) entries.set(key, entry);
    return response;
  }

  async function once(key: string, send: () => Promise<HttpResponse>, asking: Asking): Promise<HttpResponse> {
    for (;;) {
      const entry = entries.get(key);
      if (entry !== undefined) {
        const response = await replay(key, entry);
        if (response !== undefined) {
          await take(key, asking.reader);
          return response;
        }
        if (entries.get(key) === entry) forgetKey(key);
        continue;
      }
      const flight = flights.get(key);
      if (flight === undefined) break;
      try {
        const shared = await flight;
        // An answer that was no success belongs to whom it was given: the next one may be better.
        if (shared.status < 400) {
          const response = await copyOf(shared);
          await take(key, asking.reader);
          return response;
        }
      } catch (error) {
        // If somebody else gave up, that is no reason to give up too.
        if (!isAbort(error)) throw error;
      }
    }
    const flight = fly(key, send, asking).finally(() => flights.delete(key));
    flights.set(key, flight);
    return flight;
  }

  const readBy = (reader: string): ResponseCache =>
    Object.freeze<ResponseCache>({
      fetch(request, send, readers) {
        const isRead = request.method === 'GET' || request.method === 'HEAD';
        return isRead ? once(requestKey(request), send, { readers, reader }) : send();
      },
      once: (key, send, readers) => once(key, send, { readers, reader }),
      forget: (request) => forgetKey(requestKey(request)),
      forgetKey,
      readBy(stream) {
        // It may have been read before.
        done.delete(stream);
        return readBy(stream);
      },
      async readingEnds(stream) {
        done.add(stream);
        const gone = [...entries].filter(([, { left }]) => left?.delete(stream));
        await Promise.all(gone.map(([key, entry]) => sweep(key, entry)));
      },
      async close() {
        entries.clear();
        await spill.close();
      },
    });
  return readBy(nobody);
}

interface Asking {
  readonly readers: Readers | undefined;
  readonly reader: string;
}

function count(left: Map<string, number>, reader: string): void {
  const times = (left.get(reader) ?? 0) - 1;
  if (times > 0) left.set(reader, times);
  else left.delete(reader);
}

/** Records are changed in place later, so everybody gets documents of their own over the same bytes. */
async function copyOf(response: HttpResponse): Promise<HttpResponse> {
  const { url, status, headers } = response;
  return createResponse({ url, status, headers, body: await response.bytes() });
}

/**
 * The same text for requests that ask for the same: by method, URL, body and headers, in whatever order parameters and
 * headers stand.
 */
export function requestKey({ method, url, headers, body }: OutgoingRequest): string {
  const params = [...url.searchParams].sort(byText);
  const named = Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), value])
    .sort(byText);
  const text = typeof body === 'string' || body === undefined ? body : Buffer.from(body).toString('latin1');
  return JSON.stringify([method, url.origin, url.pathname, params, named, text]);
}

function byText(a: readonly (string | undefined)[], b: readonly (string | undefined)[]): number {
  const [left, right] = [a.join('\0'), b.join('\0')];
  return left < right ? -1 : left > right ? 1 : 0;
}
