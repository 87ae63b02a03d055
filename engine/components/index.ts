import type { Component } from '../language/component.ts';
import { FixedWindowCallRatePolicy } from './api-budget/fixed-window-call-rate-policy.ts';
import { HTTPAPIBudget } from './api-budget/http-api-budget.ts';
import { HttpRequestRegexMatcher } from './api-budget/http-request-regex-matcher.ts';
import { MovingWindowCallRatePolicy } from './api-budget/moving-window-call-rate-policy.ts';
import { UnlimitedCallRatePolicy } from './api-budget/unlimited-call-rate-policy.ts';
import { ApiKeyAuthenticator } from './authenticators/api-key-authenticator.ts';
import { BasicHttpAuthenticator } from './authenticators/basic-http-authenticator.ts';
import { BearerAuthenticator } from './authenticators/bearer-authenticator.ts';
import { JwtAuthenticator } from './authenticators/jwt-authenticator.ts';
import { LegacySessionTokenAuthenticator } from './authenticators/legacy-session-token-authenticator.ts';
import { NoAuth } from './authenticators/no-auth.ts';
import { OAuthAuthenticator } from './authenticators/oauth-authenticator.ts';
import { QuotaStatusSource } from './authenticators/quota-status-source.ts';
import { RateLimitedMultipleTokenAuthenticator } from './authenticators/rate-limited-multiple-token-authenticator.ts';
import { SelectiveAuthenticator } from './authenticators/selective-authenticator.ts';
import { SessionTokenAuthenticator } from './authenticators/session-token-authenticator.ts';
import { SessionTokenRequestApiKeyAuthenticator } from './authenticators/session-token-request-api-key-authenticator.ts';
import { SessionTokenRequestBearerAuthenticator } from './authenticators/session-token-request-bearer-authenticator.ts';
import { TokenQuota } from './authenticators/token-quota.ts';
import { ConstantBackoffStrategy } from './backoff-strategies/constant-backoff-strategy.ts';
import { ExponentialBackoffStrategy } from './backoff-strategies/exponential-backoff-strategy.ts';
import { WaitTimeFromHeader } from './backoff-strategies/wait-time-from-header.ts';
import { WaitTimeFromResponse } from './backoff-strategies/wait-time-from-response.ts';
import { WaitUntilTimeFromHeader } from './backoff-strategies/wait-until-time-from-header.ts';
import { CheckDynamicStream } from './checks/check-dynamic-stream.ts';
import { CheckStream } from './checks/check-stream.ts';
import { ConfigAddFields } from './config/config-add-fields.ts';
import { ConfigMigration } from './config/config-migration.ts';
import { ConfigRemapField } from './config/config-remap-field.ts';
import { ConfigRemoveFields } from './config/config-remove-fields.ts';
import { DpathValidator } from './config/dpath-validator.ts';
import { PredicateValidator } from './config/predicate-validator.ts';
import { Spec } from './config/spec.ts';
import { ValidateAdheresToSchema } from './config/validate-adheres-to-schema.ts';
import { CsvDecoder } from './decoders/csv-decoder.ts';
import { GzipDecoder } from './decoders/gzip-decoder.ts';
import { IterableDecoder } from './decoders/iterable-decoder.ts';
import { JsonDecoder } from './decoders/json-decoder.ts';
import { JsonItemsDecoder } from './decoders/json-items-decoder.ts';
import { JsonlDecoder } from './decoders/jsonl-decoder.ts';
import { XmlDecoder } from './decoders/xml-decoder.ts';
import { ZipfileDecoder } from './decoders/zipfile-decoder.ts';
import { CompositeErrorHandler } from './error-handlers/composite-error-handler.ts';
import { DefaultErrorHandler } from './error-handlers/default-error-handler.ts';
import { CombinedExtractor } from './extractors/combined-extractor.ts';
import { DpathExtractor } from './extractors/dpath-extractor.ts';
import { ParentFieldPath } from './extractors/parent-field-path.ts';
import { RecordExpander } from './extractors/record-expander.ts';
import { ResponseToFileExtractor } from './extractors/response-to-file-extractor.ts';
import { FileUploader } from './file-uploader/file-uploader.ts';
import { DatetimeBasedCursor } from './incremental-sync/datetime-based-cursor.ts';
import { IncrementingCountCursor } from './incremental-sync/incrementing-count-cursor.ts';
import { MinMaxDatetime } from './incremental-sync/min-max-datetime.ts';
import { CursorPagination } from './paginators/cursor-pagination.ts';
import { DefaultPaginator } from './paginators/default-paginator.ts';
import { NoPagination } from './paginators/no-pagination.ts';
import { OffsetIncrement } from './paginators/offset-increment.ts';
import { PageIncrement } from './paginators/page-increment.ts';
import { PageSizeReduction } from './paginators/page-size-reduction.ts';
import { PaginationReset } from './paginators/pagination-reset.ts';
import { GroupingPartitionRouter } from './partition-routers/grouping-partition-router.ts';
import { ListPartitionRouter } from './partition-routers/list-partition-router.ts';
import { ParentStreamConfig } from './partition-routers/parent-stream-config.ts';
import { SubstreamPartitionRouter } from './partition-routers/substream-partition-router.ts';
import { UnionPartitionRouter } from './partition-routers/union-partition-router.ts';
import { GroupByKeyMergeStrategy } from './query-properties/group-by-key-merge-strategy.ts';
import { JsonSchemaPropertySelector } from './query-properties/json-schema-property-selector.ts';
import { PropertiesFromEndpoint } from './query-properties/properties-from-endpoint.ts';
import { PropertyChunking } from './query-properties/property-chunking.ts';
import { QueryProperties } from './query-properties/query-properties.ts';
import { RecordFilter } from './record-filters/record-filter.ts';
import { RecordSelector } from './record-selectors/record-selector.ts';
import { RequestBodyGraphQL } from './request-bodies/request-body-graphql.ts';
import { RequestBodyJsonObject } from './request-bodies/request-body-json-object.ts';
import { RequestBodyPlainText } from './request-bodies/request-body-plain-text.ts';
import { RequestBodyUrlEncodedForm } from './request-bodies/request-body-url-encoded-form.ts';
import { RequestOption } from './request-options/request-option.ts';
import { RequestPath } from './request-options/request-path.ts';
import { HttpRequester } from './requesters/http-requester.ts';
import { ConfigComponentsResolver } from './resolvers/config-components-resolver.ts';
import { HttpComponentsResolver } from './resolvers/http-components-resolver.ts';
import { ParametrizedComponentsResolver } from './resolvers/parametrized-components-resolver.ts';
import { HttpResponseFilter } from './response-filters/http-response-filter.ts';
import { AsyncRetriever } from './retrievers/async-retriever.ts';
import { RequestWindowSplitting } from './retrievers/request-window-splitting.ts';
import { SimpleRetriever } from './retrievers/simple-retriever.ts';
import { DynamicSchemaLoader } from './schema-loaders/dynamic-schema-loader.ts';
import { InlineSchemaLoader } from './schema-loaders/inline-schema-loader.ts';
import { JsonFileSchemaLoader } from './schema-loaders/json-file-schema-loader.ts';
import { SchemaTypeIdentifier } from './schema-loaders/schema-type-identifier.ts';
import { ConcurrencyLevel } from './source/concurrency-level.ts';
import { DeclarativeSource } from './source/declarative-source.ts';
import { LegacyToPerPartitionStateMigration } from './state-migrations/legacy-to-per-partition-state-migration.ts';
import { ConditionalStreams } from './streams/conditional-streams.ts';
import { DeclarativeStream } from './streams/declarative-stream.ts';
import { DynamicDeclarativeStream } from './streams/dynamic-declarative-stream.ts';
import { StateDelegatingStream } from './streams/state-delegating-stream.ts';
import { AddFields } from './transformations/add-fields.ts';
import { DpathFlattenFields } from './transformations/dpath-flatten-fields.ts';
import { FlattenFields } from './transformations/flatten-fields.ts';
import { KeysReplace } from './transformations/keys-replace.ts';
import { KeysToLower } from './transformations/keys-to-lower.ts';
import { KeysToSnakeCase } from './transformations/keys-to-snake-case.ts';
import { RemoveFields } from './transformations/remove-fields.ts';

/** Every component type of the language. A new type is one file, its test, and a line here. */
export const components: readonly Component[] = Object.freeze([
  AddFields,
  ApiKeyAuthenticator,
  AsyncRetriever,
  BasicHttpAuthenticator,
  BearerAuthenticator,
  CheckDynamicStream,
  CheckStream,
  CombinedExtractor,
  CompositeErrorHandler,
  ConcurrencyLevel,
  ConditionalStreams,
  ConfigAddFields,
  ConfigComponentsResolver,
  ConfigMigration,
  ConfigRemapField,
  ConfigRemoveFields,
  ConstantBackoffStrategy,
  CsvDecoder,
  CursorPagination,
  DatetimeBasedCursor,
  DeclarativeSource,
  DeclarativeStream,
  DefaultErrorHandler,
  DefaultPaginator,
  DpathExtractor,
  DpathFlattenFields,
  DpathValidator,
  DynamicDeclarativeStream,
  DynamicSchemaLoader,
  ExponentialBackoffStrategy,
  FileUploader,
  FixedWindowCallRatePolicy,
  FlattenFields,
  GroupByKeyMergeStrategy,
  GroupingPartitionRouter,
  GzipDecoder,
  HTTPAPIBudget,
  HttpComponentsResolver,
  HttpRequestRegexMatcher,
  HttpRequester,
  HttpResponseFilter,
  IncrementingCountCursor,
  InlineSchemaLoader,
  IterableDecoder,
  JsonDecoder,
  JsonFileSchemaLoader,
  JsonItemsDecoder,
  JsonSchemaPropertySelector,
  JsonlDecoder,
  JwtAuthenticator,
  KeysReplace,
  KeysToLower,
  KeysToSnakeCase,
  LegacySessionTokenAuthenticator,
  LegacyToPerPartitionStateMigration,
  ListPartitionRouter,
  MinMaxDatetime,
  MovingWindowCallRatePolicy,
  NoAuth,
  NoPagination,
  OAuthAuthenticator,
  OffsetIncrement,
  PageIncrement,
  PageSizeReduction,
  PaginationReset,
  ParametrizedComponentsResolver,
  ParentFieldPath,
  ParentStreamConfig,
  PredicateValidator,
  PropertiesFromEndpoint,
  PropertyChunking,
  QueryProperties,
  QuotaStatusSource,
  RateLimitedMultipleTokenAuthenticator,
  RecordExpander,
  RecordFilter,
  RecordSelector,
  RemoveFields,
  RequestBodyGraphQL,
  RequestBodyJsonObject,
  RequestBodyPlainText,
  RequestBodyUrlEncodedForm,
  RequestOption,
  RequestPath,
  RequestWindowSplitting,
  ResponseToFileExtractor,
  SchemaTypeIdentifier,
  SelectiveAuthenticator,
  SessionTokenAuthenticator,
  SessionTokenRequestApiKeyAuthenticator,
  SessionTokenRequestBearerAuthenticator,
  SimpleRetriever,
  Spec,
  StateDelegatingStream,
  SubstreamPartitionRouter,
  TokenQuota,
  UnionPartitionRouter,
  UnlimitedCallRatePolicy,
  ValidateAdheresToSchema,
  WaitTimeFromHeader,
  WaitTimeFromResponse,
  WaitUntilTimeFromHeader,
  XmlDecoder,
  ZipfileDecoder,
]);
