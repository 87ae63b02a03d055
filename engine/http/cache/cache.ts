import type { OutgoingRequest } from '../../contract/families.ts';
import type { HttpResponse, ResponseHeaders } from '../../contract/http-response.ts';
import type { ResponseCache } from '../../contract/scope.ts';
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
  /** How often it will still be asked for. */
  left: number;
}

const defaultMemoryLimit = 64 * 1024 * 1024;

/**
 * Answers the same request once per sync: GET and HEAD, by URL, body and headers. Only answers with
 * status 200 are kept, and no longer than for those who will ask. Whoever asks while the first request is under way shares
 * its answer when that is a success, or the error in which all its attempts ended.
 */
export function createCache({
  memoryLimit = defaultMemoryLimit,
  folder,
  warn = () => {},
}: CacheSettings = {}): ResponseCache {
  const entries = new Map<string, Entry>();
  const flights = new Map<string, Promise<HttpResponse>>();
  let inMemory = 0;
  const spill = createSpill({ parent: folder, warn });

  async function store(response: HttpResponse, left: number): Promise<Entry | undefined> {
    const { url, status } = response;
    // A copy: those of the wire hold on to the piece of it in which they came.
    const headers = responseHeaders(response.headers.entries());
    const bytes = await response.bytes();
    if (inMemory + bytes.length <= memoryLimit) {
      inMemory += bytes.length;
      return { url, status, headers, body: bytes, left };
    }
    const file = await spill.write(bytes);
    return file === undefined ? undefined : { url, status, headers, body: { file }, left };
  }

  async function replay({ url, status, headers, body }: Entry): Promise<HttpResponse | undefined> {
    const bytes = body instanceof Uint8Array ? body : await spill.read(body.file);
    return bytes === undefined ? undefined : createResponse({ url, status, headers, body: bytes });
  }

  /** Counts a reader, and makes room after the last one. */
  async function release(key: string, entry: Entry | undefined): Promise<void> {
    if (entry === undefined || --entry.left > 0) return;
    if (entries.get(key) === entry) forgetKey(key);
    if (!(entry.body instanceof Uint8Array)) await spill.remove(entry.body.file);
  }

  /** Makes room in memory. Somebody may be reading the file of it, which goes after its last reader or with its folder. */
  function forgetKey(key: string): void {
    const body = entries.get(key)?.body;
    entries.delete(key);
    if (body instanceof Uint8Array) inMemory -= body.length;
  }

  async function fly(key: string, send: () => Promise<HttpResponse>, readers: number): Promise<HttpResponse> {
    const response = await send();
    // The bytes must be there before anyone shares them.
    await response.bytes();
    const entry = response.status === 200 && readers > 1 ? await store(response, readers - 1) : undefined;
    if (entry !== undefined) entries.set(key, entry);
    return response;
  }

  async function once(
    key: string,
    send: () => Promise<HttpResponse>,
    readers = Number.POSITIVE_INFINITY,
  ): Promise<HttpResponse> {
    for (;;) {
      const entry = entries.get(key);
      if (entry !== undefined) {
        const response = await replay(entry);
        if (response !== undefined) {
          await release(key, entry);
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
          await release(key, entries.get(key));
          return response;
        }
      } catch (error) {
        // If somebody else gave up, that is no reason to give up too.
        if (!isAbort(error)) throw error;
      }
    }
    const flight = fly(key, send, readers).finally(() => flights.delete(key));
    flights.set(key, flight);
    return flight;
  }

  return Object.freeze({
    fetch(request: OutgoingRequest, send: () => Promise<HttpResponse>, readers?: number) {
      const isRead = request.method === 'GET' || request.method === 'HEAD';
      return isRead ? once(requestKey(request), send, readers) : send();
    },
    once,
    forget: (request: OutgoingRequest) => forgetKey(requestKey(request)),
    forgetKey,
    async close() {
      entries.clear();
      await spill.close();
    },
  });
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
