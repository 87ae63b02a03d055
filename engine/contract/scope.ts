import type { Place } from '../error/place.ts';
import type { MappingNode } from '../manifest/node.ts';
import type { DefaultTypeOf } from '../manifest/parameters.ts';
import type { Templates } from '../template/template.ts';
import type { Clock } from '../time/clock.ts';
import type { JsonObject, JsonSchema } from '../util/json/json.ts';
import type {
  ApiBudget,
  Decoder,
  Families,
  Family,
  FileUploader,
  IncrementalSync,
  OutgoingRequest,
  PartitionRouter,
  SchemaLoader,
  Transformation,
} from './families.ts';
import type { HttpResponse } from './http-response.ts';
import type { Slice } from './slice.ts';

/** What a component may use while it is made and while it runs. Parents extend it for their children. */
export interface Scope {
  /** The user's config after migrations. Token refreshes change it in place, so read it late. */
  readonly config: JsonObject;
  /** `$parameters` of the component being made. */
  readonly parameters: JsonObject;
  /** The component being made, and where it is written. */
  readonly node: MappingNode;
  readonly place: Place;
  readonly sync: SyncScope;
  /** The stream being made. */
  readonly stream?: StreamScope;
  /** The stream being made is read for the partitions of another one. */
  readonly asParent?: true;
  /** Set by a stream that filters at the client: is the record newer than what the state covers? */
  readonly cursorFilter?: (record: JsonObject, slice: Slice | undefined) => boolean;
  /** The stream whose state is being migrated. */
  readonly migratedStream?: MappingNode;
  /** From a stream to its state migrations: what it is partitioned by. */
  readonly router?: PartitionRouter | undefined;
  /** From a retriever to its extractor and paginator. */
  readonly decoder?: Decoder;
  /** From a requester to its authenticator: the base URL of its requests. */
  readonly baseUrl?: () => string;
  /** For requesters whose responses are not pages of the stream being read. */
  readonly purpose?: Purpose | undefined;
}

/** Why a request is made that is not for a page of the stream, in the words of the connector builder. */
export interface Purpose {
  readonly type:
    | 'AUTH'
    | 'HTTP'
    | 'PARENT_STREAM'
    | 'ASYNC_CREATE'
    | 'ASYNC_POLL'
    | 'ASYNC_ABORT'
    | 'ASYNC_DELETE';
  readonly title: string;
  readonly description: string;
}

/** How much of a stream, and of each of its parents, is read when a manifest is only tried out. */
export interface TryLimits {
  readonly pagesPerSlice: number;
  readonly slices: number;
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
  readonly cache: ResponseCache;
  readonly budget: ApiBudget | undefined;
  readonly log: Log;
  /** What `tell` returns once all records of the stream have been read is a warning: for what is counted on the way. */
  readonly whenStreamEnds: (stream: string, tell: () => string | undefined) => void;
  /** Emits CONTROL/CONNECTOR_CONFIG after a component changed the config in place. */
  readonly configChanged: () => void;
  /** Called for every request that was answered, for counts and previews. */
  readonly onExchange?: ((exchange: Exchange) => void) | undefined;
  /** Registers a value that must never be printed, such as a token. */
  readonly addSecret: (value: string) => void;
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
  /** How often the streams of this sync together read through a requester, for themselves or for their children. */
  readersOf(requester: MappingNode): number;
  /** The JSON schema a stream has in the configured catalog; absent for commands without a catalog. */
  readonly catalogSchema?: ((stream: string) => JsonSchema | undefined) | undefined;
  readonly signal: AbortSignal;
}

export interface Exchange {
  /** The stream it was made for; undefined for tokens, schemas and the like. */
  readonly stream: string | undefined;
  /** Why it was made, unless for a page of the stream. */
  readonly purpose?: Purpose | undefined;
  readonly request: OutgoingRequest;
  readonly response: HttpResponse;
}

export interface StreamScope {
  readonly name: string;
  readonly primaryKey: readonly (readonly string[])[] | undefined;
  /** Of the stream, for transformations and normalisation in the record selector. */
  readonly transformations: readonly Transformation[];
  readonly schemaLoader: SchemaLoader | undefined;
  readonly cursorField: string | undefined;
  /** Its responses are kept, because it is a parent. */
  readonly isParent: boolean;
  /** Its `incremental_sync`. */
  readonly incremental?: IncrementalSync | undefined;
  /**
   * `is_client_side_incremental`: records are transformed before they are filtered, unless the selector says otherwise.
   */
  readonly isClientSide?: boolean;
  /** Downloads a file for every record. */
  readonly fileUploader?: FileUploader;
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
  readonly followRedirects?: boolean;
  readonly timeouts?: Timeouts | undefined;
}

/** Answers the same request once per sync, even while the first is still in flight. */
export interface ResponseCache {
  /** The answer is forgotten once it was asked for `readers` times; without a number it stays until the end. */
  fetch(request: OutgoingRequest, send: () => Promise<HttpResponse>, readers?: number): Promise<HttpResponse>;
  /** Removes temporary files. */
  close(): Promise<void>;
}

export type LogLevel = 'FATAL' | 'ERROR' | 'WARN' | 'INFO' | 'DEBUG' | 'TRACE';

export type Log = (level: LogLevel, message: string) => void;
