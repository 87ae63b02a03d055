import { withOverrides } from './check-overrides.ts';
import { components } from './components/index.ts';
import { ConnectorError } from './error/connector-error.ts';
import type { Diagnostic } from './error/diagnostic.ts';
import type { Source } from './error/place.ts';
import { unknownStream } from './error/unknown-stream.ts';
import { createBuild } from './language/compile.ts';
import type { Hook } from './language/component.ts';
import type {
  CheckedSource,
  CheckResult,
  SourceDefinition,
  SpecDefinition,
  StreamDefinition,
  StreamState,
} from './language/families.ts';
import { createRegistry, type Registry } from './language/registry.ts';
import type { Scope } from './language/scope.ts';
import { fieldOf, type ManifestNode, type MappingNode, typeOf } from './manifest/node.ts';
import { readManifest } from './manifest/read-manifest.ts';
import { withoutPlatformFields } from './protocol/platform-fields.ts';
import { parentNames } from './sync/parent-names.ts';
import { readStreams, type SelectedStream } from './sync/read-streams.ts';
import { streamGroups } from './sync/stream-groups.ts';
import type { SyncEvent } from './sync/sync-event.ts';
import { createSyncScope, type Surroundings } from './sync-scope.ts';
import { anySignal } from './util/any-signal.ts';
import type { JsonObject } from './util/json.ts';
import { memoize, memoizeSync } from './util/memoize.ts';
import { validateAgainstSchema } from './util/validate-against-schema.ts';

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
  const parents = memoizeSync(() => {
    const templates = source.dynamicStreams.flatMap(({ node }) => fieldOf(node, 'stream_template') ?? []);
    return parentNames([...staticStreams().map(({ node }) => node), ...templates]);
  });
  const sync = createSyncScope({
    ...surroundings,
    build,
    defaultTypeOf: registry.defaultTypeOf,
    config,
    isParent: (stream) => parents().has(stream),
  });
  const scope: Scope = { config, parameters: {}, node: root, place: root.place, sync };
  const source: SourceDefinition = build(root, 'Source', scope);
  const spec = source.spec?.(scope);

  // Source: what all streams share.
  sync.asyncJobLimit = source.asyncJobLimit ?? sync.asyncJobLimit;
  const budget = memoizeSync(() => {
    sync.budget = source.apiBudget?.(scope);
  });

  // Streams: each is made when it is needed, so that a broken one fails alone.
  function staticStreams(): readonly NamedNode[] {
    return source.streams.flatMap((node) => {
      if (typeOf(node) !== 'ConditionalStreams') return [named(node)];
      return build(node, 'ConditionalStreams', scope).streams.map(named);
    });
  }
  const statics = memoizeSync(() => new Map(staticStreams().map((stream) => [stream.name, stream.node])));
  const groups = memoizeSync(() => streamGroups(source.streamGroups, statics()));
  const dynamics = memoize(async () => {
    budget();
    const byName = new Map<string, readonly StreamDefinition[]>();
    for (const [index, slot] of source.dynamicStreams.entries()) {
      const dynamic = slot(scope);
      const streams: StreamDefinition[] = [];
      for await (const stream of dynamic.streams()) streams.push(stream);
      byName.set(dynamic.name || `dynamic_stream_${index}`, streams);
    }
    return byName;
  });
  function define(name: string): StreamDefinition {
    const node = statics().get(name);
    if (node === undefined)
      throw new ConnectorError(unknownStream(name, [...statics().keys()]), { kind: 'config_error' });
    budget();
    return build(node, 'Stream', scope);
  }
  async function select(name: string): Promise<Pick<SelectedStream, 'name' | 'define' | 'isUnknown'>> {
    if (statics().has(name)) return { name, define: memoizeSync(() => define(name)) };
    const streams = [...(await dynamics()).values()].flat();
    const found = streams.find((stream) => stream.name === name);
    if (found !== undefined) return { name, define: () => found };
    const known = [...statics().keys(), ...streams.map((stream) => stream.name)];
    return {
      name,
      isUnknown: true,
      define() {
        throw new ConnectorError(unknownStream(name, known), { kind: 'config_error' });
      },
    };
  }

  return {
    spec,
    prepare() {
      if (spec === undefined) return;
      const migrated = spec.migrateConfig(config);
      if (migrated !== undefined) {
        replaceContent(config, migrated);
        surroundings.onConfigChange?.(config, 'migration');
      }
      validateConfig(spec, config);
      spec.transformConfig(config);
      spec.validateConfig(config);
    },
    async check() {
      if (source.check === undefined)
        throw new ConnectorError('The manifest has no "check".', {
          kind: 'config_error',
          nodes: [root.place],
        });
      const check = source.check(scope);
      const checked: CheckedSource = { streamNames: [...statics().keys()], define, dynamicStreams: dynamics };
      return withOverrides(config, check.configOverrides, root, () => check.check(checked));
    },
    async streams(onBroken) {
      groups();
      const streams: StreamDefinition[] = [];
      for (const name of statics().keys()) {
        try {
          streams.push(define(name));
        } catch (error) {
          if (onBroken === undefined) throw error;
          onBroken(name, error);
        }
      }
      return [...streams, ...[...(await dynamics()).values()].flat()];
    },
    async find(name) {
      if (statics().has(name)) return define(name);
      return [...(await dynamics()).values()].flat().find((stream) => stream.name === name);
    },
    async *dynamicTrees() {
      budget();
      for (const [index, slot] of source.dynamicStreams.entries()) {
        const dynamic = slot(scope);
        for await (const tree of dynamic.trees())
          yield { dynamicStream: dynamic.name || `dynamic_stream_${index}`, tree };
      }
    },
    async *read({ streams, states, signal }) {
      const selected: SelectedStream[] = [];
      for (const { name, cursorField } of streams) {
        selected.push({
          ...(await select(name)),
          state: states?.get(name),
          cursorField,
        });
      }
      yield* readStreams(selected, {
        concurrency: source.concurrencyLevel?.(scope).level ?? defaultConcurrency,
        signal: anySignal(sync.signal, signal),
        groups: groups(),
        now: sync.clock.now,
        warn: (message) => sync.log('WARN', message),
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

function validateConfig({ connectionSpecification }: SpecDefinition, config: JsonObject): void {
  const problems = validateAgainstSchema(withoutPlatformFields(config), connectionSpecification);
  if (problems.length === 0) return;
  const listed = problems.map(({ path, message }) =>
    path.length === 0 ? message : `"${path.join('.')}" ${message}`,
  );
  throw new ConnectorError(`The config does not fit the connector's spec: ${listed.join('; ')}.`, {
    kind: 'config_error',
  });
}

function replaceContent(target: JsonObject, content: JsonObject): void {
  for (const name of Object.keys(target)) if (!(name in content)) delete target[name];
  Object.assign(target, content);
}

interface NamedNode {
  readonly name: string;
  readonly node: MappingNode;
}

function named(node: MappingNode): NamedNode {
  return { name: textOf(fieldOf(node, 'name')), node };
}

function textOf(node: ManifestNode | undefined): string {
  return node?.kind === 'scalar' && node.value !== null ? String(node.value) : '';
}
