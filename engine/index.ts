// The public face of the package. Manifests' hooks, examples and other people's programs import nothing else.

// Tools for hooks.
export { formatExpiryDate, parseExpiryDate } from './components/authenticators/expiry-date.ts';
export { sendForToken } from './components/authenticators/send-for-token.ts';
// Open a manifest, configure a connector, read.
export type { Connector, OnBroken } from './connector/connector.ts';
export { type LoadOptions, loadManifest, type Manifest } from './connector/load-manifest.ts';
export type { OpenManifest } from './connector/open.ts';
export type { ReadStreamsOptions, RecordOptions } from './connector/read-options.ts';
export type { ConfigChange, Surroundings } from './connector/sync-scope.ts';
export type {
  CursorSkipReason,
  Decision,
  DecisionKind,
  DecisionOf,
  OnDecision,
  PageStopReason,
} from './contract/decision.ts';
// What a hook of each family is when it runs, and what it sees.
export type * from './contract/families.ts';
export type { HttpResponse, ResponseHeaders } from './contract/http-response.ts';
export type { Purpose } from './contract/purpose.ts';
export type {
  LockOptions,
  RateLimitStore,
  SharedCall,
  ToldLimit,
  ToldWindow,
} from './contract/rate-limit-store.ts';
export { emptyParts, type RequestParts } from './contract/request-parts.ts';
export type {
  Evaluation,
  Exchange,
  Log,
  LogLevel,
  Readers,
  ResponseCache,
  Scope,
  StreamScope,
  SyncScope,
  Timeouts,
  Transport,
  TransportOptions,
} from './contract/scope.ts';
export { emptySlice, type Page, type Slice, type Token } from './contract/slice.ts';
// What is wrong, and where.
export { ConnectorError, type ErrorKind, isConnectorError } from './error/connector-error.ts';
export type { Diagnostic } from './error/diagnostic.ts';
export type { Place, Source } from './error/place.ts';
export { printDiagnostic, printError } from './error/print-location.ts';
export { createSerialQueue, type SerialQueue } from './http/budget/serial-queue.ts';
export {
  openRateLimitStore,
  type StoreOptions,
} from './http/budget/shared/rate-limit-store.ts';
export { requestKey } from './http/cache/cache.ts';
export { cachedBy } from './http/cache/cached-by.ts';
export {
  compose,
  type Middleware,
  type Next,
  throughMiddleware,
  withMiddleware,
} from './http/wire/middleware.ts';
export { createResponse, type ResponseSource, responseHeaders } from './http/wire/response.ts';
export { bareStreamScope } from './language/bare-stream-scope.ts';
// Write a hook: declare it, or extend what is there.
export type { Component, Fields, FieldValues, TypedComponent } from './language/component.ts';
export {
  condition,
  type Deferred,
  type Evaluate,
  nestedTemplate,
  numberOrTemplate,
  optionalCondition,
  type Template,
  template,
  templateMapping,
} from './language/fields.ts';
export {
  defineHook,
  type Extension,
  extend,
  type Hook,
  type HookDefinition,
  isHook,
  type TypedHook,
} from './language/hook.ts';
export { type Slot, slot, wrapSlot } from './language/slots.ts';
export { toTemplateSlice } from './language/template-values.ts';
export { bundled, connect, type ManifestInput, type OpenOptions, open } from './open.ts';
export type { CatalogStream, ConnectorSpecification, SyncMode } from './protocol/messages.ts';
export type { StreamStatus, SyncEvent } from './sync/read/sync-event.ts';
export { type Clock, systemClock } from './time/clock.ts';
export { isObject, type JsonObject, type JsonSchema } from './util/json/json.ts';

// The components of the language that a hook may extend.
54;

export { ApiKeyAuthenticator } from './components/authenticators/api-key-authenticator.ts';
export { BasicHttpAuthenticator } from './components/authenticators/basic-http-authenticator.ts';
export { BearerAuthenticator } from './components/authenticators/bearer-authenticator.ts';
export { JwtAuthenticator } from './components/authenticators/jwt-authenticator.ts';
export { LegacySessionTokenAuthenticator } from './components/authenticators/legacy-session-token-authenticator.ts';
export { NoAuth } from './components/authenticators/no-auth.ts';
export { OAuthAuthenticator } from './components/authenticators/oauth-authenticator.ts';
export { RateLimitedMultipleTokenAuthenticator } from './components/authenticators/rate-limited-multiple-token-authenticator.ts';
export { SelectiveAuthenticator } from './components/authenticators/selective-authenticator.ts';
export { SessionTokenAuthenticator } from './components/authenticators/session-token-authenticator.ts';
export { ConstantBackoffStrategy } from './components/backoff-strategies/constant-backoff-strategy.ts';
export { ExponentialBackoffStrategy } from './components/backoff-strategies/exponential-backoff-strategy.ts';
export { WaitTimeFromHeader } from './components/backoff-strategies/wait-time-from-header.ts';
export { WaitTimeFromResponse } from './components/backoff-strategies/wait-time-from-response.ts';
export { WaitUntilTimeFromHeader } from './components/backoff-strategies/wait-until-time-from-header.ts';
export { ConfigAddFields } from './components/config/config-add-fields.ts';
export { ConfigRemapField } from './components/config/config-remap-field.ts';
export { ConfigRemoveFields } from './components/config/config-remove-fields.ts';
export { ValidateAdheresToSchema } from './components/config/validate-adheres-to-schema.ts';
export { CsvDecoder } from './components/decoders/csv-decoder.ts';
export { GzipDecoder } from './components/decoders/gzip-decoder.ts';
export { IterableDecoder } from './components/decoders/iterable-decoder.ts';
export { JsonDecoder } from './components/decoders/json-decoder.ts';
export { JsonItemsDecoder } from './components/decoders/json-items-decoder.ts';
export { JsonlDecoder } from './components/decoders/jsonl-decoder.ts';
export { XmlDecoder } from './components/decoders/xml-decoder.ts';
export { ZipfileDecoder } from './components/decoders/zipfile-decoder.ts';
export { CompositeErrorHandler } from './components/error-handlers/composite-error-handler.ts';
export { DefaultErrorHandler } from './components/error-handlers/default-error-handler.ts';
export { CombinedExtractor } from './components/extractors/combined-extractor.ts';
export { DpathExtractor } from './components/extractors/dpath-extractor.ts';
export { ResponseToFileExtractor } from './components/extractors/response-to-file-extractor.ts';
export { DatetimeBasedCursor } from './components/incremental-sync/datetime-based-cursor.ts';
export { IncrementingCountCursor } from './components/incremental-sync/incrementing-count-cursor.ts';
export { CursorPagination } from './components/paginators/cursor-pagination.ts';
export { OffsetIncrement } from './components/paginators/offset-increment.ts';
export { PageIncrement } from './components/paginators/page-increment.ts';
export { GroupingPartitionRouter } from './components/partition-routers/grouping-partition-router.ts';
export { ListPartitionRouter } from './components/partition-routers/list-partition-router.ts';
export { SubstreamPartitionRouter } from './components/partition-routers/substream-partition-router.ts';
export { UnionPartitionRouter } from './components/partition-routers/union-partition-router.ts';
export { RecordFilter } from './components/record-filters/record-filter.ts';
export { HttpRequester } from './components/requesters/http-requester.ts';
export { AsyncRetriever } from './components/retrievers/async-retriever.ts';
export { SimpleRetriever } from './components/retrievers/simple-retriever.ts';
export { DynamicSchemaLoader } from './components/schema-loaders/dynamic-schema-loader.ts';
export { InlineSchemaLoader } from './components/schema-loaders/inline-schema-loader.ts';
export { JsonFileSchemaLoader } from './components/schema-loaders/json-file-schema-loader.ts';
export { LegacyToPerPartitionStateMigration } from './components/state-migrations/legacy-to-per-partition-state-migration.ts';
export { AddFields } from './components/transformations/add-fields.ts';
export { DpathFlattenFields } from './components/transformations/dpath-flatten-fields.ts';
export { FlattenFields } from './components/transformations/flatten-fields.ts';
export { KeysReplace } from './components/transformations/keys-replace.ts';
export { KeysToLower } from './components/transformations/keys-to-lower.ts';
export { KeysToSnakeCase } from './components/transformations/keys-to-snake-case.ts';
export { RemoveFields } from './components/transformations/remove-fields.ts';
