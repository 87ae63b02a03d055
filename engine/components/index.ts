import type { Component } from '../language/component.ts';
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
import { CheckDynamicStream } from './checks/check-dynamic-stream.ts';
import { CheckStream } from './checks/check-stream.ts';
import { CsvDecoder } from './decoders/csv-decoder.ts';
import { GzipDecoder } from './decoders/gzip-decoder.ts';
import { IterableDecoder } from './decoders/iterable-decoder.ts';
import { JsonDecoder } from './decoders/json-decoder.ts';
import { JsonItemsDecoder } from './decoders/json-items-decoder.ts';
import { JsonlDecoder } from './decoders/jsonl-decoder.ts';
import { XmlDecoder } from './decoders/xml-decoder.ts';
import { ZipfileDecoder } from './decoders/zipfile-decoder.ts';
import { DpathExtractor } from './extractors/dpath-extractor.ts';
import { RecordExpander } from './extractors/record-expander.ts';
import { ResponseToFileExtractor } from './extractors/response-to-file-extractor.ts';
import { DatetimeBasedCursor } from './incremental-sync/datetime-based-cursor.ts';
import { IncrementingCountCursor } from './incremental-sync/incrementing-count-cursor.ts';
import { MinMaxDatetime } from './incremental-sync/min-max-datetime.ts';
import { CursorPagination } from './paginators/cursor-pagination.ts';
import { DefaultPaginator } from './paginators/default-paginator.ts';
import { NoPagination } from './paginators/no-pagination.ts';
import { OffsetIncrement } from './paginators/offset-increment.ts';
import { PageIncrement } from './paginators/page-increment.ts';
import { PaginationReset } from './paginators/pagination-reset.ts';
import { RecordFilter } from './record-filters/record-filter.ts';
import { RecordSelector } from './record-selectors/record-selector.ts';
import { SimpleRetriever } from './retrievers/simple-retriever.ts';
import { ConcurrencyLevel } from './source/concurrency-level.ts';
import { DeclarativeSource } from './source/declarative-source.ts';
import { ConditionalStreams } from './streams/conditional-streams.ts';
import { DeclarativeStream } from './streams/declarative-stream.ts';

/** Every component type of the language. A new type is one file, its test, and a line here. */
export const components: readonly Component[] = Object.freeze([
  ApiKeyAuthenticator,
  BasicHttpAuthenticator,
  BearerAuthenticator,
  CheckDynamicStream,
  CheckStream,
  ConcurrencyLevel,
  ConditionalStreams,
  CsvDecoder,
  CursorPagination,
  DatetimeBasedCursor,
  DeclarativeSource,
  DeclarativeStream,
  DefaultPaginator,
  DpathExtractor,
  GzipDecoder,
  IncrementingCountCursor,
  IterableDecoder,
  JsonDecoder,
  JsonItemsDecoder,
  JsonlDecoder,
  JwtAuthenticator,
  LegacySessionTokenAuthenticator,
  MinMaxDatetime,
  NoAuth,
  NoPagination,
  OAuthAuthenticator,
  OffsetIncrement,
  PageIncrement,
  PaginationReset,
  QuotaStatusSource,
  RateLimitedMultipleTokenAuthenticator,
  RecordExpander,
  RecordFilter,
  RecordSelector,
  ResponseToFileExtractor,
  SelectiveAuthenticator,
  SessionTokenAuthenticator,
  SessionTokenRequestApiKeyAuthenticator,
  SessionTokenRequestBearerAuthenticator,
  SimpleRetriever,
  TokenQuota,
  XmlDecoder,
  ZipfileDecoder,
]);
