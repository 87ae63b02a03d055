import type { Dispatcher } from 'undici';
import type { OutgoingRequest } from '../../contract/families.ts';
import type { HttpResponse } from '../../contract/http-response.ts';
import type { Transport, TransportOptions } from '../../contract/scope.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { acceptedEncodings, decodeBody, decodeStream } from './content-encoding.ts';
import { redirected } from './redirect.ts';
import { createResponse, responseHeaders } from './response.ts';
import { asTransportError, TransportError } from './transport-error.ts';
import type { TransportSettings } from './transport-settings.ts';

/** Where customers share machines, requests go to public hosts only. */
function isCloud(env: Readonly<Record<string, string | undefined>>): boolean {
  return env.DEPLOYMENT_MODE?.toLowerCase() === 'cloud';
}

/** As many as python-requests follows. */
const redirectLimit = 30;

/** The wire: undici with keep-alive, proxies and content decoding. Nothing is loaded before the first request. */
export function createTransport(settings: TransportSettings = {}): Transport {
  // One for each limit on the time to connect.
  const dispatchers = new Map<number | undefined, Promise<Dispatcher>>();
  let defaults: Promise<Readonly<Record<string, string>>> | undefined;

  function dispatcherFor(connectTimeout: number | undefined): Promise<Dispatcher> {
    if (settings.dispatcher !== undefined) return Promise.resolve(settings.dispatcher);
    let dispatcher = dispatchers.get(connectTimeout);
    if (dispatcher === undefined) {
      const own = connectTimeout === undefined ? settings : { ...settings, connectTimeout };
      dispatcher = import('./dispatcher.ts').then(({ createDispatcher }) => createDispatcher(own));
      dispatchers.set(connectTimeout, dispatcher);
    }
    return dispatcher;
  }

  async function exchange(request: OutgoingRequest, options: TransportOptions): Promise<HttpResponse> {
    if (isCloud(settings.env ?? process.env))
      await (await import('./public-hosts.ts')).requirePublicHost(request.url);
    defaults ??= defaultHeaders(settings);
    const wire = await dispatcherFor(options.timeouts?.connect);
    const { url, method, body } = request;
    const headers = withDefaults(request.headers, await defaults);
    checkHeaders(headers);
    let answer: Dispatcher.ResponseData;
    try {
      answer = await wire.request({
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method: method as Dispatcher.HttpMethod,
        headers,
        body: body ?? null,
        signal: options.signal ?? null,
        headersTimeout: options.timeouts?.read,
        bodyTimeout: options.timeouts?.read,
        responseHeaders: 'raw',
      });
    } catch (error) {
      throw asTransportError(error, url.href, options.signal);
    }
    return toResponse(url.href, answer, options.signal);
  }

  return Object.freeze({
    async send(request: OutgoingRequest, options: TransportOptions = {}) {
      let current = request;
      for (let hops = 0; ; hops++) {
        const response = await exchange(current, options);
        const next = options.followRedirects === false ? undefined : redirected(current, response);
        if (next === undefined) return response;
        await response.discard();
        if (hops >= redirectLimit) {
          throw new TransportError(`more than ${redirectLimit} redirects`, 'ERR_TOO_MANY_REDIRECTS');
        }
        current = next;
      }
    },
    async close() {
      for (const dispatcher of dispatchers.values()) await (await dispatcher).destroy();
    },
  });
}

function toResponse(url: string, answer: Dispatcher.ResponseData, signal?: AbortSignal): HttpResponse {
  const headers = responseHeaders(pairs(answer.headers as unknown as readonly string[]));
  const encoding = headers.get('content-encoding');
  const { body } = answer;
  return createResponse({
    url,
    status: answer.statusCode,
    headers,
    body: chunksOf(body, encoding, url, signal),
    readAll: async () => {
      try {
        return await decodeBody(await body.bytes(), encoding);
      } catch (error) {
        throw asTransportError(error, url, signal);
      }
    },
    discard: async () => {
      // If the rest of the body cannot be read, nothing is lost.
      await body.dump().catch(() => {});
    },
  });
}

async function* chunksOf(
  body: AsyncIterable<Uint8Array>,
  encoding: string | undefined,
  url: string,
  signal: AbortSignal | undefined,
): AsyncIterable<Uint8Array> {
  try {
    yield* decodeStream(body, encoding);
  } catch (error) {
    throw asTransportError(error, url, signal);
  }
}

function* pairs(raw: readonly string[]): Iterable<readonly [string, string]> {
  for (let i = 0; i + 1 < raw.length; i += 2) yield [raw[i] as string, raw[i + 1] as string];
}

async function defaultHeaders({ userAgent = 'manifold' }: TransportSettings) {
  return { 'User-Agent': userAgent, 'Accept-Encoding': await acceptedEncodings(), Accept: '*/*' };
}

function withDefaults(
  headers: Readonly<Record<string, string>>,
  defaults: Readonly<Record<string, string>>,
): Record<string, string> {
  const given = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  const missing = Object.entries(defaults).filter(([name]) => !given.has(name.toLowerCase()));
  return { ...Object.fromEntries(missing), ...headers };
}

/** Names the header that cannot be sent, never its value, which may be a credential with a stray line break. */
function checkHeaders(headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) {
      throw new ConnectorError(`"${name}" is not a valid header name.`, { kind: 'config_error' });
    }
    if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) {
      throw new ConnectorError(
        `The value of the header "${name}" contains a line break or another character that headers cannot have.`,
        { kind: 'config_error' },
      );
    }
  }
}
