import type { ErrorKind } from '../error/connector-error.ts';
import type { MappingNode } from '../manifest/node.ts';
import type { Clock } from '../time/clock.ts';
import type { JsonObject, JsonSchema } from '../util/json.ts';
import type { Slot } from './fields.ts';
import type { HttpResponse } from './http-response.ts';
import type { RequestParts } from './request-parts.ts';
import type { Scope } from './scope.ts';
import type { Page, Slice, Token } from './slice.ts';

/**
 * What a component of each family is at run time: a frozen object of one to three functions.
 * `make` of every component file returns the interface named here for its family, so rooms never import each other.
 */
export interface Families {
  readonly Source: SourceDefinition;
  readonly Stream: StreamDefinition;
  readonly ConditionalStreams: ConditionalStreams;
  readonly Retriever: Retriever;
  readonly Requester: Requester;
  readonly RequestBody: RequestBody;
  readonly RequestOption: RequestOption;
  readonly QueryProperties: QueryProperties;
  readonly PropertiesFromEndpoint: PropertiesFromEndpoint;
  readonly PropertyChunking: PropertyChunking;
  readonly PropertySelector: PropertySelector;
  readonly RecordMergeStrategy: RecordMergeStrategy;
  readonly Authenticator: Authenticator;
  readonly SessionTokenAuthentication: SessionTokenAuthentication;
  readonly QuotaStatusSource: QuotaStatusSource;
  readonly TokenQuota: TokenQuota;
  readonly Decoder: Decoder;
  readonly Paginator: Paginator;
  readonly PaginationStrategy: PaginationStrategy;
  readonly PaginationReset: PaginationReset;
  readonly RecordSelector: RecordSelector;
  readonly RecordExtractor: RecordExtractor;
  readonly RecordExpander: RecordExpander;
  readonly RecordFilter: RecordFilter;
  readonly Transformation: Transformation;
  readonly SchemaNormalization: SchemaNormalization;
  readonly SchemaLoader: SchemaLoader;
  readonly SchemaTypeIdentifier: SchemaTypeIdentifier;
  readonly IncrementalSync: IncrementalSync;
  readonly DatetimeBound: DatetimeBound;
  readonly PartitionRouter: PartitionRouter;
  readonly ParentStreamConfig: ParentStreamConfig;
  readonly StateMigration: StateMigration;
  readonly ErrorHandler: ErrorHandler;
  readonly ResponseFilter: ResponseFilter;
  readonly BackoffStrategy: BackoffStrategy;
  readonly ApiBudget: ApiBudget;
  readonly CallRatePolicy: CallRatePolicy;
  readonly RequestMatcher: RequestMatcher;
  readonly Check: Check;
  readonly ConcurrencyLevel: ConcurrencyLevel;
  readonly Spec: SpecDefinition;
  readonly ConfigTransformation: ConfigTransformation;
  readonly ConfigMigration: ConfigTransformation;
  readonly Validator: Validator;
  readonly ValidationStrategy: ValidationStrategy;
  readonly ComponentsResolver: ComponentsResolver;
  readonly DynamicStream: DynamicStream;
  readonly FileUploader: FileUploader;
}

export type Family = keyof Families;

// ---------------------------------------------------------------------------------------------------- requests

/** Adds to a request what one place of the manifest says: a page token, a start time, a partition value, an API key. */
export interface RequestOption {
  /** Writes `value` where `inject_into` says. A body option creates the body; a clash with an existing other value is a config error. */
  inject(value: unknown, into: RequestParts): void;
  /** The value is the path of the request itself (`RequestPath`); only paginators know what to do with it. */
  readonly isPath?: true;
}

/** One of the typed bodies of `request_body`; sets `bodyText`, `bodyData` or `bodyJson`. */
export interface RequestBody {
  addTo(parts: RequestParts, context: RequestContext): void;
}

/** What templates of a request see besides config and parameters. */
export interface RequestContext {
  readonly slice?: Slice;
  readonly token?: Token;
}

export interface SendOptions extends RequestContext {
  /** Parts of the paginator, the cursor and the partition router; the requester's own are added to them. */
  readonly parts?: RequestParts;
  /** Replaces the requester's path or its whole URL (`RequestPath` pagination, file downloads). */
  readonly path?: string;
  readonly signal?: AbortSignal;
  /** The response body will be read as a stream: neither cached nor buffered. */
  readonly streaming?: boolean;
  /** Properties of this chunk, for requesters with `query_properties`. */
  readonly properties?: readonly string[];
}

export interface Requester {
  /**
   * Sends one logical request: authenticates, keeps to the budget, retries as the error handler says.
   * Resolves to the final response (also an ignored one: `response.ignored`), throws ConnectorError when it failed,
   * and PaginationResetError when the handler asks for a new pagination.
   */
  send(options: SendOptions): Promise<HttpResponse>;
  /** Chunked properties of this requester, when it has any. */
  readonly queryProperties?: QueryProperties;
}

export interface QueryProperties {
  /** The properties of each request that together make a full record; one chunk when nothing limits it. */
  chunks(slice: Slice | undefined): AsyncIterable<readonly string[]>;
  /** Joins the partial records of the chunks; absent when each chunk's records stand alone. */
  readonly merge?: RecordMergeStrategy;
}

export interface PropertiesFromEndpoint {
  properties(slice: Slice | undefined): AsyncIterable<string>;
}

export interface PropertyChunking {
  /** `always` is in every chunk; what the selector does not select is left out where chunks have a limit. */
  chunks(
    properties: readonly string[],
    always: readonly string[],
    selector?: PropertySelector,
  ): readonly (readonly string[])[];
  readonly merge?: RecordMergeStrategy;
}

export interface PropertySelector {
  /** The properties selected by the configured catalog's schema of the stream; undefined keeps all. */
  select(properties: readonly string[]): readonly string[];
}

export interface RecordMergeStrategy {
  /** Undefined when the record lacks the key: it is then emitted as it is. */
  key(record: JsonObject): string | undefined;
}

// ---------------------------------------------------------------------------------------------------- authentication

/** A request about to be sent; authenticators change it in place. `body` is already serialised. */
export interface OutgoingRequest {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body?: string | Uint8Array;
}

export interface Authenticator {
  /** Adds credentials; may fetch or refresh a token first. */
  authenticate(request: OutgoingRequest): Promise<void> | void;
  /** Parts that belong into the request before it is serialised (`inject_into: body_json` keys and the like). */
  addTo?(parts: RequestParts): Promise<void> | void;
  /**
   * Replaces the token, or drops it so that the next `authenticate` fetches a new one; keeps it when `rejected` was sent
   * with an older one. Absent where nothing can be refreshed.
   */
  refresh?(rejected?: OutgoingRequest): Promise<void> | void;
  /** Lets an authenticator learn from every response (quota headers, rotated tokens). */
  observe?(response: HttpResponse, request: OutgoingRequest): Promise<void> | void;
  /** True when a rate-limited request need not wait: its credential is spent and another one is not. */
  hasAlternative?(rejected: OutgoingRequest): boolean;
  /** The bare credential, for flows that send it elsewhere (the assertion of an OAuth profile). */
  token?(): Promise<string> | string;
}

export interface SessionTokenAuthentication {
  authenticator(token: () => Promise<string>): Authenticator;
}

export interface QuotaStatusSource {
  /** The quotas of the token these headers carry; undefined when the API says that it has none. */
  fetch(credentials: Readonly<Record<string, string>>): Promise<unknown>;
}

/** One pool of calls that every token has. Paths lead into the quota status, header names into any response. */
export interface TokenQuota {
  readonly name: string;
  /** A pool without matchers takes every request that no other pool takes. */
  readonly isDefault: boolean;
  matches(request: OutgoingRequest): boolean;
  readonly remainingPath: readonly string[];
  readonly resetPath: readonly string[];
  readonly limitPath: readonly string[] | undefined;
  readonly remainingHeader: string | undefined;
  readonly resetHeader: string | undefined;
  readonly limitHeader: string | undefined;
  readonly exhaustionStatusCodes: readonly number[];
}

// ---------------------------------------------------------------------------------------------------- error handling

export type ResponseAction =
  | 'SUCCESS'
  | 'RETRY'
  | 'FAIL'
  | 'IGNORE'
  | 'RESET_PAGINATION'
  | 'RATE_LIMITED'
  | 'REFRESH_TOKEN_THEN_RETRY';

export interface ErrorResolution {
  readonly action: ResponseAction;
  readonly failureType?: ErrorKind;
  readonly message?: string;
}

/** A response, or what the transport threw instead of one. */
export type Outcome = { readonly response: HttpResponse } | { readonly error: Error };

export interface ErrorHandler {
  resolve(outcome: Outcome): Promise<ErrorResolution>;
  /** Seconds to wait before attempt `attempt + 1` (the first attempt is 1); undefined leaves it to the default backoff. */
  backoff(outcome: Outcome, attempt: number): Promise<number | undefined>;
  /** Retries after the first attempt; undefined is the engine's default. */
  readonly maxRetries: number | undefined;
  /** Seconds in all; undefined is the engine's default. */
  readonly maxTime?: number;
}

export interface ResponseFilter {
  /** Undefined when the filter does not match. */
  match(outcome: Outcome): Promise<ErrorResolution | undefined>;
}

export interface BackoffStrategy {
  /** Seconds, or undefined when this strategy has no answer (a header is absent). */
  backoff(outcome: Outcome, attempt: number): Promise<number | undefined> | number | undefined;
}

export interface RequestMatcher {
  matches(request: OutgoingRequest): boolean;
  /** How many calls this request counts for. */
  weight(request: OutgoingRequest): number;
}

export interface CallRatePolicy {
  matches(request: OutgoingRequest): boolean;
  /** Resolves when the call may be made. */
  acquire(request: OutgoingRequest, signal?: AbortSignal): Promise<void>;
  /** What the API itself says: calls left in the window, when it resets (ms since epoch). */
  update(availableCalls: number | undefined, resetsAt: number | undefined): void;
}

export interface ApiBudget {
  acquire(request: OutgoingRequest, signal?: AbortSignal): Promise<void>;
  observe(request: OutgoingRequest, response: HttpResponse): void;
}

// ---------------------------------------------------------------------------------------------------- responses → records

export interface Decoder {
  /** True when the documents must be read one by one from a stream; pagination then sees no body. */
  readonly isStreaming: boolean;
  /** Batches of documents: one batch with one document for JSON, many for CSV and JSONL. */
  decode(response: HttpResponse): AsyncIterable<readonly unknown[]>;
}

export interface RecordExtractor {
  /** Batches of records of one response; owns the decoder it was made with (`scope.decoder`). */
  extract(response: HttpResponse): AsyncIterable<readonly unknown[]>;
  /** It reads the body as it comes in, whatever the decoder. */
  readonly isStreaming?: boolean;
}

export interface RecordExpander {
  expand(record: JsonObject): readonly unknown[];
}

export interface RecordContext {
  readonly slice?: Slice;
  readonly token?: Token;
}

export interface RecordFilter {
  keeps(record: JsonObject, context: RecordContext): boolean;
}

export interface Transformation {
  /** Loads what it works with; awaited before the first `transform`. */
  prepare?(): Promise<void>;
  /** Changes the record in place. */
  transform(record: JsonObject, context: RecordContext): void;
}

export interface SchemaNormalization {
  /** Changes the record in place so that its values have the schema's types. */
  normalize(record: JsonObject, schema: JsonSchema): void;
}

export interface RecordSelector {
  /** extract → filter → transform → normalise; batches of final records. */
  select(response: HttpResponse, context: RecordContext): AsyncIterable<SelectedRecords>;
  /** The same for records that somebody else extracted. */
  process(extracted: readonly unknown[], context: RecordContext): Promise<SelectedRecords>;
}

export interface SelectedRecords {
  readonly records: readonly JsonObject[];
  /** How many the extractor gave before any was filtered out: what page and offset counting goes by. */
  readonly extractedCount: number;
  /** Files that travel with records, by index in `records`. */
  readonly fileReferences?: ReadonlyMap<number, JsonObject>;
}

export interface SchemaLoader {
  load(): Promise<JsonSchema>;
}

export interface SchemaTypeIdentifier {
  readonly schemaPointer: readonly string[];
  /** name and JSON schema of one property out of one description of it. */
  identify(raw: JsonObject): { readonly key: string; readonly schema: JsonSchema };
}

export interface FileUploader {
  /** Downloads the record's file and returns the reference that travels with the record. */
  upload(record: JsonObject, slice: Slice | undefined, stream: string): Promise<JsonObject>;
}

// ---------------------------------------------------------------------------------------------------- pagination

/** What a pagination strategy may look at after a page was read. */
export interface PageResult {
  readonly response: HttpResponse;
  /** The decoded first document, or `{}` for streaming decoders. Decoded once. */
  document(): Promise<unknown>;
  /** Records emitted from this page. */
  readonly recordCount: number;
  /** Records extracted from this page, before filters. */
  readonly extractedCount: number;
  readonly lastRecord: JsonObject | undefined;
  readonly slice: Slice | undefined;
}

/** Pure: the current token is handed in, the next one handed out; the loop of sync/pages.ts holds it. */
export interface PaginationStrategy {
  /** The token of the first request, when the first request carries one. */
  readonly firstToken: unknown;
  nextToken(page: PageResult, token: unknown): Promise<unknown> | unknown;
  readonly pageSize: number | undefined;
}

export interface Paginator {
  first(): Token | undefined;
  /** Undefined ends the slice. */
  next(page: PageResult, token: Token | undefined): Promise<Token | undefined>;
  addTo(parts: RequestParts, context: RequestContext): void;
  /** The path or URL of the next page when the token is one (`RequestPath`). */
  path(token: Token | undefined, slice: Slice | undefined): string | undefined;
}

export interface PaginationReset {
  readonly action: 'SPLIT_USING_CURSOR' | 'RESET';
  readonly recordLimit: number | undefined;
}

// ---------------------------------------------------------------------------------------------------- slices and state

export type StreamState = JsonObject;

/** Which part of a stream: one per parent record, list value, …; `slice.cursor` is empty here. */
export interface PartitionRouter {
  /** Lazily, in a stable order. `state` is the stream's stored state (its `parent_state` is what matters here). */
  partitions(state: StreamState | undefined, options?: PartitionOptions): AsyncIterable<Slice>;
  addTo(parts: RequestParts, context: RequestContext): void;
  /**
   * The parents' states to store beside the child's, by parent stream name: empty when no parent is incremental,
   * undefined for routers without parents. It covers exactly the partitions that have been handed out so far and no
   * more, never changes afterwards, and is the same object as long as nothing changed.
   */
  parentState(): JsonObject | undefined;
  /** Names of the partition values, where they are known beforehand. */
  readonly partitionFields?: readonly string[];
  /** It puts partition values into requests by itself. */
  readonly hasRequestOption?: boolean;
  /** Its partitions are groups that may differ from sync to sync, so one state is kept for all of them. */
  readonly isGrouping?: boolean;
}

export interface PartitionOptions {
  /** Somebody looks at a few records only: parents request no page before it is asked for. */
  readonly isPreview?: boolean | undefined;
}

export interface ParentStreamConfig {
  readonly name: string;
  readonly partitionField: string;
  readonly incremental: boolean;
  /** Opens the parent where the child's stored state says that it was left. */
  open(childState: StreamState | undefined, options?: PartitionOptions): OpenParent;
  readonly hasRequestOption: boolean;
  addTo(parts: RequestParts, context: RequestContext): void;
}

/** A parent that is being read for its child. */
export interface OpenParent {
  /** One partition of the child for each of the parent's records. */
  partitions(): AsyncIterable<Slice>;
  /** The parent's own state: it covers the parent's slices whose records have all been handed out. */
  state(): StreamState;
}

/** How a stream's position is kept: `incremental_sync` and the partition router together become one cursor per sync. */
export interface IncrementalSync {
  readonly cursorField: string;
  readonly allowCatalogCursorField: boolean;
  open(options: CursorOptions): Cursor;
  /** What the retriever's record selector asks when filtering at the client. */
  readonly isClientSide: boolean;
  /** Records come newest first: reading stops at the first one that is older than the state. */
  readonly isDataFeed: boolean;
  /** The moment (ms since epoch) up to which a state without partitions covers; undefined when it does not say. */
  timeOf?(state: StreamState): number | undefined;
}

export interface CursorOptions extends PartitionOptions {
  readonly stream: string;
  /** State of this stream as stored, after migrations. */
  readonly state: StreamState | undefined;
  readonly router: PartitionRouter | undefined;
  /** The cursor field the user chose in the catalog, where allowed. */
  readonly cursorField?: string;
  readonly clock: Clock;
}

/** One stream's position within one sync. It has state; everything else around it is pure. */
export interface Cursor {
  /** The slices still to be read, lazily: partitions × windows. */
  slices(): AsyncIterable<Slice>;
  /** Start and end of the window, partition values: whatever the manifest injects for a slice. */
  addTo(parts: RequestParts, context: RequestContext): void;
  /** Is the record newer than what the state (or the start date) covers? Used by client-side filters and data feeds. */
  shouldBeSynced(record: JsonObject, slice: Slice): boolean;
  /** Sees every record that is emitted for a slice. Hot path. */
  observe(record: JsonObject, slice: Slice): void;
  /** All records of the slice have been emitted. */
  closeSlice(slice: Slice): void;
  /** The stream is over. What only holds for a complete read is left out when a slice is still open. */
  finish(): void;
  /** The state that covers all closed slices, as it goes into a STATE message. What was handed out never changes later. */
  state(): StreamState;
  /**
   * Least milliseconds between two STATE messages, for states that are large or say nothing before the end (Infinity);
   * the last one is always sent. Undefined: one whenever a slice was closed.
   */
  readonly stateInterval?: number;
  /**
   * The state that also covers records of the open slice, up to the last value that a later record has confirmed;
   * undefined where the order of its records does not allow one (descending feeds, partitions).
   */
  midSliceState?(slice: Slice): StreamState | undefined;
  /** Splits the slice at the last observed record, for `SPLIT_USING_CURSOR`; undefined when it cannot be split. */
  reduceRange?(slice: Slice): Slice | undefined;
}

export interface DatetimeBound {
  /** Evaluated on every call. `format` is that of the place it stands in, for a bound without one of its own. */
  datetime(format?: string): import('../time/datetime.ts').PyDateTime;
}

export interface StateMigration {
  shouldMigrate(state: StreamState): boolean;
  migrate(state: StreamState): StreamState;
}

// ---------------------------------------------------------------------------------------------------- streams

export interface Retriever {
  readonly router: PartitionRouter | undefined;
  /** The pages of one slice, in the API's order. */
  read(slice: Slice, reading: Reading): AsyncIterable<Page>;
  /**
   * Work that runs ahead of reading (jobs at the API): hands each slice on once it can be read, in an order of its own,
   * and leaves out those that turn out to be empty. `read` also takes slices that never went through here.
   */
  prepare?(slices: AsyncIterable<Slice>, reading: Reading): AsyncIterable<Slice>;
}

/** What a retriever knows of the sync it runs in. */
export interface Reading {
  readonly cursor: Cursor | undefined;
  readonly isDataFeed: boolean;
  /** Somebody looks at a few records only: no page is requested before it is asked for. */
  readonly isPreview?: boolean;
  readonly signal?: AbortSignal;
}

/** A stream as the manifest defines it: nothing is read before `open`. */
export interface StreamDefinition {
  readonly name: string;
  /** `[["id"]]`, or undefined without a key. */
  readonly primaryKey: readonly (readonly string[])[] | undefined;
  readonly cursorField: string | undefined;
  readonly supportsIncremental: boolean;
  readonly allowsCatalogCursorField: boolean;
  readonly isFileBased: boolean;
  schema(): Promise<JsonSchema>;
  /** Reads from `state` on. */
  open(options: OpenStreamOptions): OpenStream;
  /** The moment (ms since epoch) up to which the stored state covers the stream; undefined when it does not say. */
  timeOf?(state: StreamState): number | undefined;
  /** The block group it belongs to (`stream_groups`), if any. */
  readonly group?: string;
}

export interface OpenStreamOptions {
  readonly state: StreamState | undefined;
  readonly cursorField?: string;
  readonly isPreview?: boolean;
  readonly signal?: AbortSignal;
}

export interface OpenStream {
  readonly cursor: Cursor;
  /** To be sent before anything is read: the stored state does not hold any more. */
  readonly firstState?: StreamState;
  /** Pages of the slice; the cursor has observed every record of a page when it is handed out. */
  read(slice: Slice): AsyncIterable<Page>;
}

// ---------------------------------------------------------------------------------------------------- the connector

/** The manifest's root: its parts, each to be made on its own so that one that is wrong does not stop the others. */
export interface SourceDefinition {
  readonly check: Slot<'Check'> | undefined;
  readonly streams: readonly MappingNode[];
  readonly dynamicStreams: readonly Slot<'DynamicStream'>[];
  readonly spec: Slot<'Spec'> | undefined;
  readonly concurrencyLevel: Slot<'ConcurrencyLevel'> | undefined;
  readonly apiBudget: Slot<'ApiBudget'> | undefined;
  /** Names of the streams that must not be read at the same time, by group. */
  readonly streamGroups: ReadonlyMap<string, readonly string[]>;
  readonly asyncJobLimit: number | undefined;
}

/** Streams that exist only under a condition on the config. */
export interface ConditionalStreams {
  /** None when the condition is false. */
  readonly streams: readonly MappingNode[];
}

export interface CheckResult {
  readonly succeeded: boolean;
  /** Why it failed, for the user. */
  readonly message?: string;
}

export interface Check {
  check(source: CheckedSource): Promise<CheckResult>;
  /** Values that replace those of the config while checking. */
  readonly configOverrides?: JsonObject;
}

/** What a check may look at. */
export interface CheckedSource {
  /** Names of the streams that are known without asking the API. */
  readonly streamNames: readonly string[];
  /** Makes a stream; throws ConnectorError when its part of the manifest is wrong, or when there is none of that name. */
  define(name: string): StreamDefinition;
  /** The streams that came out of each dynamic stream, by its name. */
  dynamicStreams(): Promise<ReadonlyMap<string, readonly StreamDefinition[]>>;
}

export interface ConcurrencyLevel {
  readonly level: number;
}

export interface SpecDefinition {
  readonly connectionSpecification: JsonObject;
  readonly documentationUrl: string | undefined;
  readonly advancedAuth: JsonObject | undefined;
  /** Migrated config, or undefined when nothing changed. */
  migrateConfig(config: JsonObject): JsonObject | undefined;
  /** Changes the config in place, once, before anything reads it. */
  transformConfig(config: JsonObject): void;
  validateConfig(config: JsonObject): void;
}

export interface ConfigTransformation {
  /** Changes the config in place. */
  transform(config: JsonObject): void;
}

export interface Validator {
  /** Throws ConnectorError (config_error) with what is wrong. */
  validate(input: JsonObject): void;
}

export interface ValidationStrategy {
  validate(value: unknown): void;
}

export interface ComponentsResolver {
  /** The streams that come out of the template: trees whose nodes point to the template or to the mapping that set them. */
  resolve(template: MappingNode): AsyncIterable<MappingNode>;
  /** What the streams are called is up to the user: equal names are an error of the config. */
  readonly isFromConfig?: boolean;
}

export interface DynamicStream {
  /** Empty when the manifest gives none; its position then stands for it. */
  readonly name: string;
  /** The streams it stands for, each with a name of its own. */
  streams(): AsyncIterable<StreamDefinition>;
  /** The same before they are made: their trees. */
  trees(): AsyncIterable<MappingNode>;
}

/** A component's `make` sees the scope of its parent: config, parameters, clock, and what the parent hands down. */
export type Make<Fields, Runtime> = (fields: Fields, scope: Scope) => Runtime;
