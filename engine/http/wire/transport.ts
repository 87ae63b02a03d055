import type { Dispatcher } from 'undici';
import type { OutgoingRequest } from '../../contract/families.ts';
import type { HttpResponse, ResponseHeaders } from '../../contract/http-response.ts';
import type { Transport, TransportOptions } from '../../contract/scope.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { joined } from '../../util/bytes/parts.ts';
import type { Answer, AnswerBody } from './answer.ts';
import {
  type BodyLimits,
  bodyLimits,
  collectBody,
  errorBodyLimit,
  firstBytes,
  limitedChunks,
} from './body.ts';
import { acceptedEncodings, decodeBody, decodeStream } from './content-encoding.ts';
import type { Wires } from './dispatcher.ts';
import { gatherAnswer } from './gathered-answer.ts';
import { redirected } from './redirect.ts';
import { createResponse, responseHeaders } from './response.ts';
import { asTransportError, isProtocolError, TransportError } from './transport-error.ts';
import { isCloud, type TransportSettings } from './transport-settings.ts';

/** As many as python-requests follows. */
const redirectLimit = 30;

/** The wire: undici with keep-alive, proxies and content decoding. Nothing is loaded before the first request. */
export function createTransport(settings: TransportSettings = {}): Transport {
  const env = settings.env ?? process.env;
  const usualLimits = bodyLimits(settings);
  const isGuarded = isCloud(env);
  // One for each limit on the time to connect.
  const wires = new Map<number | undefined, Promise<Wires>>();
  // Origins whose answers have to be tidied before they can be read.
  const sloppy = new Set<string>();
  // What each request needs, once it is there: to wait for it again would cost each of them a turn.
  const loaded = new Map<number | undefined, Loaded>();
  let defaults: Promise<readonly DefaultHeader[]> | undefined;

  async function load(connectTimeout: number | undefined): Promise<Loaded> {
    defaults ??= defaultHeaders(settings);
    const all: Loaded = { wire: await wiresFor(connectTimeout), defaults: await defaults };
    loaded.set(connectTimeout, all);
    return all;
  }

  function wiresFor(connectTimeout: number | undefined): Promise<Wires> {
    if (settings.dispatcher !== undefined) return Promise.resolve(wiresOf(settings.dispatcher));
    let known = wires.get(connectTimeout);
    if (known === undefined) {
      const own = connectTimeout === undefined ? settings : { ...settings, connectTimeout };
      known = import('./dispatcher.ts').then(({ createWires }) => createWires(own));
      wires.set(connectTimeout, known);
    }
    return known;
  }

  /** Asks over a tidying connection where the answer is not quite HTTP. `refusal` is what is wrong with it. */
  async function askTidily(
    request: Dispatcher.RequestOptions,
    url: URL,
    wire: Wires,
    send: Send,
    refusal?: unknown,
  ): Promise<Answer> {
    const tidy = await wire.tidyFor(url);
    if (tidy === undefined) throw refusal ?? brokenLengths(url);
    sloppy.add(request.origin as string);
    return send(tidy, { ...request, reset: true });
  }

  /** One function from the request to its answer, and for most requests two waits: each layer of promises costs every request of a sync. */
  async function exchange(
    request: OutgoingRequest,
    options: TransportOptions,
    hops = 0,
  ): Promise<HttpResponse> {
    if (isGuarded) (await import('./public-hosts.ts')).requireEncryption(request.url);
    const connectTimeout = options.timeouts?.connect;
    const { wire, defaults } = loaded.get(connectTimeout) ?? (await load(connectTimeout));
    const { url, method, body } = request;
    const headers = withDefaults(request.headers, defaults);
    const kept = options.cookies?.header(url);
    const cookie = kept && (await kept);
    checkHeaders(request.headers);
    if (cookie !== undefined && !hasHeader(headers, 'cookie')) {
      checkHeaders({ cookie });
      headers.Cookie = cookie;
    }
    const { origin, href } = url;
    const outgoing: Dispatcher.RequestOptions = {
      origin,
      path: `${url.pathname}${url.search}`,
      method: method as Dispatcher.HttpMethod,
      headers,
      body: body ?? null,
      headersTimeout: options.timeouts?.read ?? null,
      bodyTimeout: options.timeouts?.read ?? null,
      onInfo: interimCounter(url),
    };
    const { signal } = options;
    const limits =
      options.patience === undefined ? usualLimits : { ...usualLimits, patience: options.patience };
    const send = options.isWhole === true ? gathering(href, limits, signal) : streaming(href, limits, signal);
    let response: HttpResponse;
    try {
      let answer: Answer | undefined;
      let refusal: unknown;
      if (!sloppy.has(origin)) {
        try {
          answer = await send(wire.direct ?? (await wire.for(url)), outgoing);
        } catch (error) {
          if (!isProtocolError(error)) throw error;
          refusal = error;
        }
      }
      if (answer !== undefined && isSloppy(answer.headers)) {
        answer.body.destroy();
        answer = undefined;
      }
      answer ??= await askTidily(outgoing, url, wire, send, refusal);
      if (answer.cookies.length > 0) await options.cookies?.store(url, answer.cookies);
      response = toResponse(href, answer, limits, signal, () => sloppy.add(origin));
    } catch (error) {
      throw asTransportError(error, href, signal);
    }
    const next =
      options.followRedirects === false ? undefined : redirected(request, response, options.credentials);
    return next === undefined ? response : follow(next, response, options, hops);
  }

  async function follow(
    next: OutgoingRequest,
    response: HttpResponse,
    options: TransportOptions,
    hops: number,
  ): Promise<HttpResponse> {
    await response.discard();
    if (hops >= redirectLimit)
      throw new TransportError(`more than ${redirectLimit} redirects`, 'ERR_TOO_MANY_REDIRECTS');
    return exchange(next, options, hops + 1);
  }

  return Object.freeze({
    send: (request: OutgoingRequest, options: TransportOptions = {}) => exchange(request, options),
    async close() {
      for (const each of wires.values()) await (await each).destroy();
    },
  });
}

/** A dispatcher that came from outside takes every request, and is closed by whoever made it. */
function wiresOf(dispatcher: Dispatcher): Wires {
  return {
    direct: dispatcher,
    for: async () => dispatcher,
    tidyFor: async () => undefined,
    destroy: async () => {},
  };
}

function toResponse(
  url: string,
  { status, headers, body }: Answer,
  limits: BodyLimits,
  signal: AbortSignal | undefined,
  onProtocolError: () => void,
): HttpResponse {
  const encoding = headers.get('content-encoding');
  const failed = (error: unknown) => {
    if (isProtocolError(error)) onProtocolError();
    return asTransportError(error, url, signal);
  };
  async function* chunks(): AsyncGenerator<Uint8Array> {
    try {
      yield* decodeStream(body.chunks(), encoding);
    } catch (error) {
      throw failed(error);
    }
  }
  return createResponse({
    url,
    status,
    headers,
    body: { [Symbol.asyncIterator]: chunks },
    readAll() {
      if (status >= 400) return firstBytes(chunks(), errorBodyLimit).then((bytes) => [bytes]);
      const whole = body.whole();
      const decoded =
        encoding === undefined
          ? whole
          : whole.then(async (parts) => [await decodeBody(joined(parts), encoding, limits.whole)]);
      return decoded.catch((error: unknown) => {
        throw failed(error);
      });
    },
    discard: () => body.discard(),
  });
}

/** Answers such as "103 Early Hints" that may come before the one that counts. */
const mostInterim = 20;

/** Each interim answer lets undici wait anew, so their number has to have an end. */
function interimCounter(url: URL): () => void {
  let count = 0;
  return () => {
    if (++count <= mostInterim) return;
    throw new TransportError(
      `${url.host}: the answer is announced again and again and never comes`,
      'ERR_HTTP_ANSWER',
    );
  };
}

/** Lengths that contradict each other, or seem to: undici would read the body and then refuse it. */
function isSloppy(headers: ResponseHeaders): boolean {
  const length = headers.get('content-length');
  return length !== undefined && (length.includes(',') || headers.get('transfer-encoding') !== undefined);
}

function brokenLengths(url: URL): TransportError {
  return new TransportError(
    `${url.host}: the answer names its length twice, which cannot be read through a proxy`,
    'ERR_HTTP_ANSWER',
  );
}

interface Loaded {
  readonly wire: Wires;
  readonly defaults: readonly DefaultHeader[];
}

type Send = (dispatcher: Dispatcher, request: Dispatcher.RequestOptions) => Promise<Answer>;

/** For answers that somebody takes whole. */
function gathering(url: string, limits: BodyLimits, signal: AbortSignal | undefined): Send {
  return (dispatcher, request) => gatherAnswer(dispatcher, request, { url, limits, signal });
}

/** For bodies that are read as they come. */
function streaming(url: string, limits: BodyLimits, signal: AbortSignal | undefined): Send {
  return async (dispatcher, request) => {
    const { statusCode, headers, body } = await dispatcher.request({
      ...request,
      signal: signal ?? null,
      responseHeaders: 'raw',
    });
    // What `raw` makes of them, which undici's types don't say.
    const answer = answerOf(statusCode, headers as unknown as readonly string[], {
      whole: () => collectBody(body, url, Number(answer.headers.get('content-length') ?? 0), limits),
      chunks: () => limitedChunks(body, url, limits),
      // If the rest of the body cannot be read, nothing is lost.
      discard: () => discarded(body, limits.unwanted),
      destroy: () => void body.on('error', () => {}).destroy(),
    });
    return answer;
  };
}

async function discarded(body: Dispatcher.ResponseData['body'], patience: number): Promise<void> {
  const timer = setTimeout(() => body.on('error', () => {}).destroy(), patience);
  await body.dump().catch(() => {});
  clearTimeout(timer);
}

/** Headers come as names and values in turn, each as it was sent. */
function answerOf(status: number, raw: readonly string[], body: AnswerBody): Answer {
  const pairs: [string, string][] = [];
  const cookies: string[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const [name, value] = [raw[i] as string, raw[i + 1] as string];
    pairs.push([name, value]);
    if (isNamed(name, 'set-cookie')) cookies.push(value);
  }
  return { status, headers: responseHeaders(pairs), cookies, body };
}

interface DefaultHeader {
  readonly name: string;
  readonly lowerName: string;
  readonly value: string;
}

async function defaultHeaders({ userAgent = 'manifold' }: TransportSettings): Promise<DefaultHeader[]> {
  const headers = { 'User-Agent': userAgent, 'Accept-Encoding': await acceptedEncodings(), Accept: '*/*' };
  return Object.entries(headers).map(([name, value]) => ({ name, lowerName: name.toLowerCase(), value }));
}

function withDefaults(
  headers: Readonly<Record<string, string>>,
  defaults: readonly DefaultHeader[],
): Record<string, string> {
  const all: Record<string, string> = {};
  for (const { name, lowerName, value } of defaults) if (!hasHeader(headers, lowerName)) all[name] = value;
  return Object.assign(all, headers);
}

function hasHeader(headers: Readonly<Record<string, string>>, lowerName: string): boolean {
  for (const name in headers) if (isNamed(name, lowerName)) return true;
  return false;
}

function isNamed(name: string, lowerName: string): boolean {
  return name.length === lowerName.length && name.toLowerCase() === lowerName;
}

/** Names the header that cannot be sent, never its value, which may be a credential with a stray line break. */
function checkHeaders(headers: Readonly<Record<string, string>>): void {
  for (const name in headers) {
    const value = headers[name] ?? '';
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
