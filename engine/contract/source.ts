import type { Place } from '../error/place.ts';
import type { MappingNode } from '../manifest/node.ts';
import type { JsonObject } from '../util/json/json.ts';
import type { StreamDefinition } from './streams.ts';

// The manifest around its streams.

/**
 * The manifest's root: the nodes of its parts, each to be made separately so that a broken one does not stop the
 * others.
 */
export interface SourceDefinition {
  readonly check: MappingNode | undefined;
  readonly streams: readonly MappingNode[];
  readonly dynamicStreams: readonly MappingNode[];
  readonly spec: MappingNode | undefined;
  readonly concurrencyLevel: MappingNode | undefined;
  readonly apiBudget: MappingNode | undefined;
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
  /** Why it failed, for the user: a sentence, then the lines of the manifest at `places`. */
  readonly message?: string;
  /** Where in the manifest, for who shows its lines otherwise. */
  readonly places?: readonly Place[];
}

export interface Check {
  check(source: CheckedSource): Promise<CheckResult>;
  /** Values that replace those of the config while checking. */
  readonly configOverrides?: JsonObject | undefined;
}

/** What a check may look at. */
export interface CheckedSource {
  /** Names of the streams that are known without asking the API. */
  readonly streamNames: readonly string[];
  /** Told which streams will be made and read, and that others will not. Names of streams that are not known count for nothing. */
  willRead(names: readonly string[]): Promise<void>;
  /**
   * Makes a stream. Throws ConnectorError when its part of the manifest is wrong, or when there is none of that name.
   */
  define(name: string): StreamDefinition;
  /** The streams that came out of each dynamic stream, by its name. */
  dynamicStreams(): Promise<ReadonlyMap<string, readonly StreamDefinition[]>>;
}

export interface ConcurrencyLevel {
  /** Slices at once. */
  readonly level: number;
  /** As far as the level may rise where the API tells what it allows; the level itself where it may not. */
  readonly ceiling: number;
}

export interface SpecDefinition {
  readonly connectionSpecification: JsonObject;
  /** Migrated config, or undefined when nothing changed. */
  migrateConfig(config: JsonObject): JsonObject | undefined;
  /** Changes a config in place, before anything else reads it. */
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
  /** The streams made of the template: trees whose nodes point to the template, or to the mapping that set them. */
  resolve(template: MappingNode): AsyncIterable<MappingNode>;
  /** The user decides what the streams are called: equal names are an error of the config. */
  readonly isFromConfig?: boolean;
}

export interface DynamicStream {
  /** Empty when the manifest gives none; its position is used instead. */
  readonly name: string;
  /** The streams that it makes, each with a name of its own. */
  streams(): AsyncIterable<StreamDefinition>;
  /** The same before they are made: their trees. */
  trees(): AsyncIterable<MappingNode>;
  /** Makes the stream of one of the trees. Throws ConnectorError when it is broken. */
  make(tree: MappingNode): StreamDefinition;
}
