import type { Place } from '../error/place.ts';
import type { MappingNode } from '../manifest/node.ts';
import type { DefaultTypeOf } from '../manifest/parameters.ts';
import type { Templates } from '../template/template.ts';
import type { Clock } from '../time/clock.ts';
import type { JsonObject, JsonSchema } from '../util/json/json.ts';
import type { OnDecision } from './decision.ts';
import type {
  ApiBudget,
  Families,
  Family,
  FileUploader,
  IncrementalSync,
  OutgoingRequest,
  SchemaLoader,
  Transformation,
} from './families.ts';
import type { HttpResponse } from './http-response.ts';
import type { Purpose } from './purpose.ts';
import type { RateLimitStore } from './rate-limit-store.ts';
import type { Slice, Token } from './slice.ts';

/** What a component may use while it is made and while it runs. Parents extend it for their children. */
export interface Scope {
  /** The user's config as it is now, after migrations. A renewed token makes another one, so ask when it is needed. */
  readonly config: () => JsonObject;
  /** `$parameters` of the component being made. */
  readonly parameters: JsonObject;
  /** The component being made, and where it is written. */
  readonly node: MappingNode;
  readonly place: Place;
  readonly sync: SyncScope;
  /** The stream that the component is a part of. A stream that is a part of another one is its parent. */
  readonly stream?: StreamScope | undefined;
}

/** How much of a stream, and of each of its parents, is read when a manifest is only tried out. */
export interface TryLimits {
  readonly pagesPerSlice: number;
  readonly slices: number;
  /** Requests are repeated and answers kept as in a sync; otherwise nothing is cached and nothing repeated. */
  readonly isAsInSync?: boolean;
  /** Slices of parents, where more of them may be read: a child has none before its parent has records. */
  readonly parentSlices?: number;
}

/** One per command run: shared by all streams. */
export interface SyncScope {
  /** Makes the component at a node; slots call it. Throws ConnectorError (config_error) with the place when it cannot. */
  build<F extends Family>(node: MappingNode, family: F, scope: Scope): Families[F];
  /** The type of a component that names none, for trees made at run time. */
  readonly defaultTypeOf: DefaultTypeOf;
  readonly templates: Templates;
  readonly clock: Clock;
  /** Milliseconds since the epoch: no answer that a stream reads is older, cached ones included. */
  readonly startedAt: number;
  /** In [0, 1), for jitter. */
  readonly random: () => number;
  readonly http: Transport;
  /** How much of a body is held: bytes of what is read whole, characters of one record of what is read as it comes. */
  readonly held: { readonly whole: number; readonly record: number };
  readonly cache: ResponseCache;
  readonly budget: ApiBudget | undefined;
  readonly load: Load;
  /** Where several processes share the limits of one API; absent when this one is alone. */
  readonly rateLimitStore?: RateLimitStore | undefined;
  readonly log: Log;
  /** What `tell` returns once all records of the stream have been read is a warning: for what is counted on the way. */
  readonly whenStreamEnds: (stream: string, tell: () => string | undefined) => void;
  /**
   * Keeps something in the config for the next sync, such as a renewed token: `change` works on a copy, which then takes
   * the place of the config, and the platform is told of it.
   */
  readonly updateConfig: (change: (draft: JsonObject) => void) => void;
  /** Called for every request that was answered, for counts and previews. */
  readonly onExchange?: ((exchange: Exchange) => void) | undefined;
  /** Told of every decision: why a page is the last one, why a record is left out. Absent when nobody listens. */
  readonly onDecision?: OnDecision | undefined;
  /** Told of the ways that templates go. Absent when nobody wants to know of those. */
  readonly onBranch?: OnDecision | undefined;
  /** Told of every template that was evaluated, with what it saw. Absent when nobody listens. */
  readonly onEvaluation?: ((evaluation: Evaluation) => void) | undefined;
  /** Registers a value that must never be printed, such as a token. */
  readonly addSecret: (value: string) => void;
  /** Does a text hold such a value, in any of its usual writings? */
  readonly holdsSecret: (text: string) => boolean;
  /** Memo over the whole run: token stores shared by the streams of one connector. */
  shared<T>(key: string, make: () => T): T;
  /** Reads a file beside the manifest (JSON schemas, `components`); undefined when there is none. */
  readFile(path: string): Promise<string | undefined>;
  /** Set when a manifest is tried out: few slices and pages, nothing cached, nothing repeated. */
  readonly limits?: TryLimits | undefined;
  /** At most this many asynchronous jobs at once. */
  readonly asyncJobLimit: number;
  /** Is a stream of this name a parent? Its responses are then kept for its children. */
  isParent(stream: string): boolean;
  /** Who reads through a requester in this sync; undefined where that is not known. */
  readersOf(requester: MappingNode): Readers | undefined;
  /** The JSON schema a stream has in the configured catalog; absent for commands without a catalog. */
  readonly catalogSchema?: ((stream: string) => JsonSchema | undefined) | undefined;
  readonly signal: AbortSignal;
  /** Told of waits for rate limits, when somebody listens. */
  readonly rateLimits?: RateLimits | undefined;
  /** Seconds that a request may be asked to wait, where that is less than usual. */
  readonly longestWait?: number | undefined;
}

/** What decides how many requests are worth having under way at once. */
export interface Load {
  /** An answer says that the API takes so many more calls until its window ends, at `resetsAt` (ms since the epoch). */
  window(calls: number, resetsAt: number): void;
  /** The whole of an answer has come, so many milliseconds after its request was sent. */
  received(milliseconds: number, bytes: number): void;
}

export interface RateLimits {
  /** A stream waits until the quota of the API is renewed, at `quotaReset` (ms since the epoch). */
  tell?: (stream: string, quotaReset: number) => Promise<void>;
}

/** A template of the manifest that was evaluated. */
export interface Evaluation {
  /** Where its field is written: a text, or the mapping or list that the texts are in. */
  readonly place: Place;
  readonly stream: string | undefined;
  /** The template as it is written; undefined for fields with several. */
  readonly text: string | undefined;
  /** Every name that it could read, `config` and `parameters` among them. */
  readonly context: Readonly<Record<string, unknown>>;
  readonly value: unknown;
}

export interface Exchange {
  /** The stream it was made for; undefined for tokens, schemas and the like. */
  readonly stream: string | undefined;
  /** Why it was made, unless for a page of the stream. */
  readonly purpose?: Purpose | undefined;
  /** The page of the stream that it is for, and which one of its slice that is, from 1. */
  readonly slice?: Slice | undefined;
  readonly page?: number | undefined;
  readonly request: OutgoingRequest;
  readonly response: HttpResponse;
}

export interface StreamScope {
  readonly name: string;
  readonly primaryKey: readonly (readonly string[])[] | undefined;
  /** Of the stream, for the record selector; none where the stream is not read. */
  readonly transformations: readonly Transformation[];
  readonly schemaLoader: SchemaLoader | undefined;
  readonly cursorField: string | undefined;
  /** Are its responses kept, because it is a parent? */
  isParent(): boolean;
  /** Its `incremental_sync`. */
  readonly incremental?: IncrementalSync | undefined;
  /** Downloads a file for every record. */
  readonly fileUploader?: FileUploader | undefined;
  /** Why it is read, unless for its own records. */
  readonly purpose?: Purpose | undefined;
}

/** One exchange on the wire: no retries, no errors for statuses. Throws TransportError. */
export interface Transport {
  send(request: OutgoingRequest, options?: TransportOptions): Promise<HttpResponse>;
  close(): Promise<void>;
}

/** In milliseconds; the transport's own where one is undefined. */
export interface Timeouts {
  /** Until there is a connection. */
  readonly connect?: number | undefined;
  /** Until the first byte of the answer, and between two chunks of its body. */
  readonly read?: number | undefined;
}

export interface TransportOptions {
  readonly signal?: AbortSignal;
  /** All of the body will be asked for at once, so it may be gathered without anybody waiting for it. */
  readonly isWhole?: boolean;
  readonly followRedirects?: boolean;
  readonly timeouts?: Timeouts | undefined;
  /** Milliseconds after which a body must have come with at least a kilobyte per second; a quarter of an hour otherwise. */
  readonly patience?: number;
  /** Where cookies of the answers go, and those of the requests come from. */
  readonly cookies?: Cookies | undefined;
  /** What a redirect to another origin must not take along. */
  readonly credentials?: Credentials | undefined;
  /** Absent for tokens and the like. */
  readonly occasion?: Occasion | undefined;
  /** Told when the request goes to the wire (ms since the epoch), after whatever made it wait. */
  readonly onSent?: ((at: number) => void) | undefined;
  /** Takes down what of the answer is secret: called by a transport that keeps answers, before it does. */
  readonly findSecrets?: ((response: HttpResponse) => Promise<void>) | undefined;
}

/** What a request is sent for: nothing to a wire, everything to a transport that stands in for an API. */
export interface Occasion {
  /** The requester, as it is written. */
  readonly requester: MappingNode;
  readonly stream: string | undefined;
  readonly purpose: Purpose | undefined;
  readonly slice: Slice | undefined;
  readonly token: Token | undefined;
}

/** Cookies that an API sets come back to it with the next request. */
export interface Cookies {
  /** The value of a `Cookie` header; undefined at once as long as there are no cookies. */
  header(url: URL): Promise<string | undefined> | undefined;
  /** Takes the values of `Set-Cookie`. */
  store(url: URL, lines: readonly string[]): Promise<void>;
}

export interface Credentials {
  /** Names of headers, in lower case, that an authenticator added. */
  readonly headers: ReadonlySet<string>;
  /** Other origins of the same API, to which they may go. */
  readonly trusts?: ((origin: string) => boolean) | undefined;
  /** Does a text hold a secret of the config, or a token? Whatever header or URL does stays as well. */
  readonly holdsSecret?: ((text: string) => boolean) | undefined;
}

/**
 * How often each of the streams that are read asks for the same, by its name: for itself, or for its partitions. Infinite
 * where nobody counts, so that answers stay until the stream has been read.
 */
export type Readers = ReadonlyMap<string, number>;

/** Answers the same question once per sync. Only what succeeded is kept, and only while somebody will ask for it. */
export interface ResponseCache {
  /**
   * Answers what asks under the same key once. Whoever asks while the first is under way shares its answer. It is
   * forgotten when each of the `readers` has asked for it as often as it will, or has been read; without them it stays
   * until the end.
   */
  once(key: string, send: () => Promise<HttpResponse>, readers?: Readers): Promise<HttpResponse>;
  /** The same for GET and HEAD, by what the request asks for; other requests are sent each time. */
  fetch(
    request: OutgoingRequest,
    send: () => Promise<HttpResponse>,
    readers?: Readers,
  ): Promise<HttpResponse>;
  /** The same cache in the hands of a stream that is going to be read. */
  readBy?(stream: string): ResponseCache;
  /** The stream has been read: what was kept for it alone is forgotten. */
  readingEnds?(stream: string): Promise<void>;
  /** The answer turned out not to be one: whoever asks next asks the API. */
  forget?(request: OutgoingRequest): void;
  /** The same for what was asked under a key. */
  forgetKey?(key: string): void;
  /** Removes temporary files. */
  close(): Promise<void>;
}

export type LogLevel = 'FATAL' | 'ERROR' | 'WARN' | 'INFO' | 'DEBUG' | 'TRACE';

export type Log = (level: LogLevel, message: string) => void;
