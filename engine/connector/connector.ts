import { components } from '../components/index.ts';
import type {
  CheckedSource,
  CheckResult,
  SourceDefinition,
  SpecDefinition,
  StreamDefinition,
  StreamState,
} from '../contract/families.ts';
import type { Scope } from '../contract/scope.ts';
import { ConnectorError } from '../error/connector-error.ts';
import type { Diagnostic } from '../error/diagnostic.ts';
import type { Source } from '../error/place.ts';
import { createBuild } from '../language/compile.ts';
import type { Hook } from '../language/component.ts';
import { createRegistry, type Registry } from '../language/registry.ts';
import type { MappingNode } from '../manifest/node.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import { secretsOf } from '../protocol/secrets.ts';
import { readStreams, type SelectedStream } from '../sync/read/read-streams.ts';
import type { SyncEvent } from '../sync/read/sync-event.ts';
import { anySignal } from '../util/flow/any-signal.ts';
import { memoizeSync } from '../util/flow/memoize.ts';
import type { JsonObject } from '../util/json/json.ts';
import { withOverrides } from './check-overrides.ts';
import { prepareConfig } from './prepare-config.ts';
import { createSourceStreams } from './source-streams.ts';
import { createSyncScope, type Surroundings } from './sync-scope.ts';

/** A manifest that has been read: a tree of components with their places. Needs no config. */
export interface Manifest {
  readonly root: MappingNode;
  readonly registry: Registry;
  /** Findings about its text, references and parameters. `validateManifest` finds the rest. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a manifest from its text, from the `value` that was in a config, or from the `tree` of an earlier parse. Throws
 * ConnectorError (config_error) when there is no tree to work with; anything less is a diagnostic.
 */
export function loadManifest(
  source: Source,
  options: {
    readonly value?: unknown;
    readonly tree?: MappingNode | undefined;
    readonly hooks?: readonly Hook[];
  } = {},
): Manifest {
  const registry = createRegistry(components, options.hooks);
  const { node, diagnostics } = readManifest(source, {
    defaultTypeOf: registry.defaultTypeOf,
    value: options.value,
    tree: options.tree,
  });
  if (node?.kind !== 'mapping') {
    const [first] = diagnostics;
    throw new ConnectorError(first?.message ?? 'The manifest is empty.', {
      kind: 'config_error',
      nodes: first?.places ?? [],
    });
  }
  return { root: node, registry, diagnostics };
}

export interface ReadStreamsOptions {
  /** The streams to read, by name, in this order. */
  readonly streams: readonly { readonly name: string; readonly cursorField?: string }[];
  readonly states?: ReadonlyMap<string, StreamState>;
  readonly signal?: AbortSignal;
}

/** A manifest with a config: what every command works with. */
export interface Connector {
  readonly spec: SpecDefinition | undefined;
  /** Migrates, transforms and validates the config as the spec says. Call it once, before the methods below. */
  prepare(): void;
  check(): Promise<CheckResult>;
  /** All streams in the order of the manifest. A stream that cannot be made is passed to `onBroken` instead. */
  streams(onBroken?: (name: string, error: unknown) => void): Promise<readonly StreamDefinition[]>;
  /** The stream of that name, including those made by dynamic streams; undefined when there is none. */
  find(name: string): Promise<StreamDefinition | undefined>;
  /** The streams of the dynamic streams as trees, each with the name of its dynamic stream. */
  dynamicTrees(): AsyncGenerator<{ readonly dynamicStream: string; readonly tree: MappingNode }>;
  read(options: ReadStreamsOptions): AsyncGenerator<SyncEvent>;
  /** Frees connections and temporary files. */
  close(): Promise<void>;
}

/** The whole way: manifest → source → spec and config → streams → slices → pages → records. */
export function connect(
  manifest: Manifest,
  givenConfig: JsonObject,
  surroundings: Surroundings = {},
): Connector {
  const { root, registry } = manifest;
  refuseErrors(manifest);
  const build = createBuild(registry);

  // Spec: the config is migrated and checked before anything else reads it.
  const config: JsonObject = { ...givenConfig };
  const sync = createSyncScope({
    ...surroundings,
    build,
    defaultTypeOf: registry.defaultTypeOf,
    config,
    isParent: (name) => streams.isParent(name),
    readersOf: (requester) => readersOf(requester),
  });
  const scope: Scope = { config, parameters: {}, node: root, place: root.place, sync };
  const source: SourceDefinition = build(root, 'Source', scope);
  const spec = source.spec && build(source.spec, 'Spec', scope);

  // Source: what all streams share.
  sync.asyncJobLimit = source.asyncJobLimit ?? sync.asyncJobLimit;
  const makeBudget = memoizeSync(() => {
    if (source.apiBudget !== undefined) sync.budget = build(source.apiBudget, 'ApiBudget', scope);
  });
  const streams = createSourceStreams(source, scope, makeBudget);
  // Unknown until streams are selected: whoever asks for a stream before may ask again.
  let readersOf = (_requester: MappingNode): number => Number.POSITIVE_INFINITY;
  const concurrency = () =>
    source.concurrencyLevel === undefined
      ? defaultConcurrency
      : build(source.concurrencyLevel, 'ConcurrencyLevel', scope).level;

  return {
    spec,
    prepare() {
      if (spec === undefined) return;
      // A secret may stand where the spec marks it only after it was moved there.
      const hideSecrets = () => {
        for (const secret of secretsOf(spec.connectionSpecification, config)) sync.addSecret(secret);
      };
      prepareConfig(spec, config, () => {
        hideSecrets();
        surroundings.onConfigChange?.(config, 'migration');
      });
      hideSecrets();
    },
    async check() {
      if (source.check === undefined)
        throw new ConnectorError('The manifest has no "check".', {
          kind: 'config_error',
          nodes: [root.place],
        });
      const check = build(source.check, 'Check', scope);
      const checked: CheckedSource = {
        streamNames: streams.names(),
        define: streams.define,
        dynamicStreams: streams.dynamic,
      };
      return withOverrides(config, check.configOverrides, root, () => check.check(checked));
    },
    async streams(onBroken) {
      streams.groups();
      const defined: StreamDefinition[] = [];
      for (const name of streams.names()) {
        try {
          defined.push(streams.define(name));
        } catch (error) {
          if (onBroken === undefined) throw error;
          onBroken(name, error);
        }
      }
      return [...defined, ...[...(await streams.dynamic()).values()].flat()];
    },
    find: streams.find,
    dynamicTrees: streams.dynamicTrees,
    async *read({ streams: wanted, states, signal }) {
      readersOf = streams.readersOf(wanted.map(({ name }) => name));
      const selected: SelectedStream[] = [];
      for (const { name, cursorField } of wanted) {
        selected.push({ ...(await streams.select(name)), state: states?.get(name), cursorField });
      }
      yield* readStreams(selected, {
        concurrency: concurrency(),
        signal: anySignal(sync.signal, signal),
        groups: streams.groups(),
        now: sync.clock.now,
        warn: (message) => sync.log('WARN', message),
        endOf: sync.endOf,
      });
    },
    async close() {
      await Promise.all([sync.http.close(), sync.cache.close()]);
    },
  };
}

/** A broken reference leaves something out anywhere below it, so no stream can be trusted. */
function refuseErrors({ diagnostics }: Manifest): void {
  const error = diagnostics.find(({ severity }) => severity === 'error');
  if (error !== undefined)
    throw new ConnectorError(error.message, { kind: 'config_error', nodes: error.places });
}

/** The CDK's number of workers for a manifest that names none. */
const defaultConcurrency = 2;
