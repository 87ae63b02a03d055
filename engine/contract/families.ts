import type {
  Authenticator,
  QuotaStatusSource,
  SessionTokenAuthentication,
  TokenQuota,
} from './authentication.ts';
import type {
  DatetimeBound,
  IncrementalSync,
  ParentStreamConfig,
  PartitionRouter,
  StateMigration,
} from './cursors.ts';
import type {
  ApiBudget,
  BackoffStrategy,
  CallRatePolicy,
  ErrorHandler,
  RequestMatcher,
  ResponseFilter,
} from './errors.ts';
import type {
  PageSizeReduction,
  PaginationReset,
  PaginationStrategy,
  Paginator,
  RequestWindowSplitting,
} from './pagination.ts';
import type {
  Decoder,
  FileUploader,
  ParentFieldPath,
  RecordExpander,
  RecordExtractor,
  RecordFilter,
  RecordSelector,
  SchemaLoader,
  SchemaNormalization,
  SchemaTypeIdentifier,
  Transformation,
} from './records.ts';
import type {
  PropertiesFromEndpoint,
  PropertyChunking,
  PropertySelector,
  QueryProperties,
  RecordMergeStrategy,
  RequestBody,
  Requester,
  RequestOption,
} from './requests.ts';
import type {
  Check,
  ComponentsResolver,
  ConcurrencyLevel,
  ConditionalStreams,
  ConfigTransformation,
  DynamicStream,
  SourceDefinition,
  SpecDefinition,
  ValidationStrategy,
  Validator,
} from './source.ts';
import type { Retriever, StreamDefinition } from './streams.ts';

export type * from './authentication.ts';
export type * from './cursors.ts';
export type * from './errors.ts';
export type * from './pagination.ts';
export type * from './records.ts';
export type * from './requests.ts';
export type * from './source.ts';
export type * from './state.ts';
export type * from './streams.ts';

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
  readonly PageSizeReduction: PageSizeReduction;
  readonly RequestWindowSplitting: RequestWindowSplitting;
  readonly RecordSelector: RecordSelector;
  readonly RecordExtractor: RecordExtractor;
  readonly RecordExpander: RecordExpander;
  readonly ParentFieldPath: ParentFieldPath;
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
