import type { Connector } from '../connector/connector.ts';
import type { Manifest } from '../connector/load-manifest.ts';
import type { Surroundings } from '../connector/sync-scope.ts';
import type { StreamDefinition } from '../contract/families.ts';
import type { Diagnostic } from '../error/diagnostic.ts';
import type { ManifestNode, MappingNode } from '../manifest/node.ts';
import type { JsonObject, JsonSchema } from '../util/json/json.ts';
import type { ComponentAt } from '../validate/visit.ts';
import type { Acceptance } from './acceptance/acceptance.ts';
import type { StreamMemory } from './stream-memory.ts';

/** What checks look at: a manifest with all that is known about it, no network behind it. */
export interface Subject {
  /** The path of the manifest, as it was given. */
  readonly file: string;
  readonly manifest: Manifest;
  /** What `validate` finds in it. */
  findings(): readonly Diagnostic[];
  /** Its components, read without a config. */
  readonly source: ComponentAt;
  /** The config that it asks for, out of the manifest or, where that has no `spec`, out of a file beside it. */
  readonly spec: SpecAt | undefined;
  /** The schema of the config, out of the manifest or out of a file beside it; undefined when nobody says. */
  readonly asks: JsonObject | undefined;
  /** The config to run it with: that of its tests, or one made out of the spec. */
  readonly config: JsonObject;
  /** All configs that somebody has written for it. */
  readonly configs: readonly NamedConfig[];
  /** Milliseconds since the epoch: the clock of a run starts here. */
  readonly now: number;
  /** Its streams in the order of the manifest, without those that dynamic streams make. */
  streams(): Promise<readonly StreamAt[]>;
  /** A connector. Without a transport of its own, every request fails; waits cost nothing; hooks are those of the run. */
  configure(config: JsonObject, surroundings?: Surroundings): Connector;
  /** A file beside the manifest. */
  readFile(path: string): Promise<string | undefined>;
  /** The same as a tree, parsed once; undefined when it cannot be read. */
  readNode(path: string): Promise<MappingNode | undefined>;
  /** Whether there is one; absent when the manifest has no folder. */
  readonly hasFile?: ((path: string) => boolean) | undefined;
  /** What `metadata.yaml` beside it says. */
  readonly metadata?: MappingNode | undefined;
  /** What `spec.json` or `spec.yaml` beside it says. */
  readonly specFile?: MappingNode | undefined;
  /** What the acceptance tests in its folder say of it. */
  readonly acceptance?: Acceptance | undefined;
  /** A description of its API. */
  readonly openapi?: MappingNode | undefined;
  /** The same connector as it was before. */
  readonly earlier?: Subject | undefined;
  /** The same with another manifest, of which only some streams are looked at. */
  altered(manifest: Manifest, only?: ReadonlySet<string>): Subject;
  /** Of an earlier run, where one is known. */
  readonly memory?: StreamMemory | undefined;
  /** The check that asks. */
  readonly asking?: string | undefined;
  /** Made once for all checks of a subject: a simulated run that several of them look at. */
  shared<T>(key: string, make: () => T): T;
}

export interface SpecAt {
  /** `connection_specification`. */
  readonly node: MappingNode;
  readonly schema: JsonObject;
  /** The whole `spec`. */
  readonly whole: MappingNode;
  /** It stands in a file of its own. */
  readonly isBeside: boolean;
}

export interface NamedConfig {
  /** For messages: a path, or "the config of x.test.yaml". */
  readonly name: string;
  readonly value: JsonObject;
  /** Whether the connector should take it. */
  readonly isValid: boolean;
}

/** A stream of the manifest. */
export interface StreamAt {
  readonly name: string;
  readonly at: ComponentAt;
  /** Undefined when it cannot be made, which `broken` explains. */
  readonly definition: StreamDefinition | undefined;
  /** Why it cannot be read; it may have a definition all the same. */
  readonly broken: string | undefined;
  /** The JSON schema of its records; undefined when only the API knows it. */
  schema(): Promise<SchemaAt | undefined>;
}

export interface SchemaAt {
  readonly value: JsonSchema;
  /** Where it is written; undefined when it is put together of several. */
  readonly node: ManifestNode | undefined;
}
