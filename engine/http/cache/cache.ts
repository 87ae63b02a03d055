import type { OutgoingRequest } from '../../contract/families.ts';
import type { HttpResponse, ResponseHeaders } from '../../contract/http-response.ts';
import type { ResponseCache } from '../../contract/scope.ts';
import { createResponse } from '../wire/response.ts';
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
}

const defaultMemoryLimit = 64 * 1024 * 1024;

/**
 * Answers the same request once per sync: GET and HEAD, by URL, body and headers. Only answers with
 * status 200 are kept. Whoever asks while the first request is under way shares its answer when that is a success, or
 * the error in which all its attempts ended.
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

  async function store(response: HttpResponse): Promise<Entry | undefined> {
    const { url, status, headers } = response;
    const bytes = await response.bytes();
    if (inMemory + bytes.length <= memoryLimit) {
      inMemory += bytes.length;
      return { url, status, headers, body: bytes };
    }
    const file = await spill.write(bytes);
    return file === undefined ? undefined : { url, status, headers, body: { file } };
  }

  async function replay({ body, ...rest }: Entry): Promise<HttpResponse | undefined> {
    const bytes = body instanceof Uint8Array ? body : await spill.read(body.file);
    return bytes === undefined ? undefined : createResponse({ ...rest, body: bytes });
  }

  async function fly(key: string, send: () => Promise<HttpResponse>): Promise<HttpResponse> {
    const response = await send();
    // The bytes must be there before anyone shares them.
    await response.bytes();
    const entry = response.status === 200 ? await store(response) : undefined;
    if (entry !== undefined) entries.set(key, entry);
    return response;
  }

  async function once(key: string, send: () => Promise<HttpResponse>): Promise<HttpResponse> {
    for (;;) {
      const entry = entries.get(key);
      if (entry !== undefined) {
        const response = await replay(entry);
        if (response !== undefined) return response;
        if (entries.get(key) === entry) entries.delete(key);
        continue;
      }
      const flight = flights.get(key);
      if (flight === undefined) break;
      try {
        const shared = await flight;
        // An answer that was no success belongs to whom it was given: the next one may be better.
        if (shared.status < 400) return await copyOf(shared);
      } catch (error) {
        // If somebody else gave up, that is no reason to give up too.
        if (!isAbort(error)) throw error;
      }
    }
    const flight = fly(key, send).finally(() => flights.delete(key));
    flights.set(key, flight);
    return flight;
  }

  return Object.freeze({
    fetch(request: OutgoingRequest, send: () => Promise<HttpResponse>) {
      return request.method === 'GET' || request.method === 'HEAD' ? once(requestKey(request), send) : send();
    },
    once,
    forget(request: OutgoingRequest) {
      entries.delete(requestKey(request));
    },
    forgetKey(key: string) {
      entries.delete(key);
    },
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
