import type { JsonObject } from '../util/json/json.ts';
import type { HttpResponse } from './http-response.ts';
import type { Purpose } from './purpose.ts';
import type { RequestParts } from './request-parts.ts';
import type { Slice, Token } from './slice.ts';

// How requests are built and sent.

/**
 * Adds one value to a request where the manifest wants it: a page token, a start time, a partition value, an API key.
 */
export interface RequestOption {
  /**
   * Writes `value` where `inject_into` says. A body option creates the body; a name that already has another value is a
   * config error.
   */
  inject(value: unknown, into: RequestParts): void;
  /** The value is the path of the request itself (`RequestPath`); only paginators know what to do with it. */
  readonly isPath?: true;
}

/** One of the typed bodies of `request_body`; sets `bodyData` or `bodyJson`. */
export interface RequestBody {
  addTo(parts: RequestParts, context: RequestContext): void;
}

/** What the templates of a request see besides config and parameters. */
export interface RequestContext {
  readonly slice?: Slice | undefined;
  readonly token?: Token | undefined;
  /** Which page of the slice it is for, from 1; templates do not see it. */
  readonly page?: number | undefined;
}

export interface SendOptions extends RequestContext {
  /** Parts of the paginator, the cursor and the partition router; the requester's own are added to them. */
  readonly parts?: RequestParts;
  /** Replaces the requester's path or its whole URL (`RequestPath` pagination, file downloads). */
  readonly path?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The response body will be read as a stream: neither cached nor buffered. */
  readonly streaming?: boolean;
  /** Throws UnreadableBodyError when the body is not what is expected; the request is then repeated. */
  readonly accept?: (response: HttpResponse) => Promise<void> | void;
  /** Properties of this chunk, for requesters with `query_properties`. */
  readonly properties?: readonly string[] | undefined;
  /** Why it is sent, unless for what the stream is read for. */
  readonly purpose?: Purpose;
  /** Takes down what of an answer is secret, before anybody keeps it. */
  readonly findSecrets?: (response: HttpResponse) => Promise<void>;
}

export interface Requester {
  /**
   * Sends one logical request: authenticates, keeps to the budget, retries as the error handler says. Resolves to the
   * final response (even an ignored one: `response.ignored`). Throws ConnectorError when it failed, and
   * RejectedPageError when the handler wants the page to be asked for in another way.
   */
  send(options: SendOptions): Promise<HttpResponse>;
  /** Chunked properties of this requester, when it has any. */
  readonly queryProperties?: QueryProperties;
}

export interface QueryProperties {
  /** The properties of each request that together make a full record; one chunk when nothing limits it. */
  chunks(slice: Slice | undefined): AsyncIterable<readonly string[]>;
  /** Joins the partial records of the chunks. Absent when each chunk's records are complete. */
  readonly merge?: RecordMergeStrategy;
}

export interface PropertiesFromEndpoint {
  properties(slice: Slice | undefined): AsyncIterable<string>;
}

export interface PropertyChunking {
  /** `always` is in every chunk. What the selector does not select is left out where chunks have a limit. */
  chunks(
    properties: readonly string[],
    always: readonly string[],
    selector?: PropertySelector,
  ): readonly (readonly string[])[];
  readonly merge?: RecordMergeStrategy;
}

export interface PropertySelector {
  /** Loads what it works with; awaited before the first `select`. */
  prepare?(): Promise<void>;
  /** The properties selected by the configured catalog's schema of the stream; undefined keeps all. */
  select(properties: readonly string[]): readonly string[];
}

export interface RecordMergeStrategy {
  /** Undefined when the record lacks the key: it is then emitted as it is. */
  key(record: JsonObject): string | undefined;
}
