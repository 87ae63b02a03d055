import type {
  CheckedSource,
  CheckResult,
  ConcurrencyLevel,
  SourceDefinition,
  StreamDefinition,
} from '../contract/families.ts';
import type { Scope, SyncScope, Transport } from '../contract/scope.ts';
import { ConnectorError } from '../error/connector-error.ts';
import type { MeasuredLoad } from '../http/budget/load.ts';
import { createRedactor } from '../http/wire/redact.ts';
import { createBuild } from '../language/compile.ts';
import { fieldOf, type MappingNode } from '../manifest/node.ts';
import type { CatalogStream } from '../protocol/messages.ts';
import { secretsOf } from '../protocol/secrets.ts';
import { specificationIn } from '../protocol/specification.ts';
import { toCatalogStream } from '../protocol/to-catalog.ts';
import { readStreams, type SelectedStream } from '../sync/read/read-streams.ts';
import { createStreamEndings } from '../sync/read/stream-endings.ts';
import type { SyncEvent } from '../sync/read/sync-event.ts';
import { anySignal } from '../util/flow/any-signal.ts';
import { isObject, type JsonObject } from '../util/json/json.ts';
import { guard } from '../validate/guard.ts';
import { checkOverrides } from '../validate/rules/check-overrides.ts';
import { exclusiveGroups } from '../validate/rules/exclusive-groups.ts';
import { componentTree } from '../validate/visit.ts';
import { createClosing } from './closing.ts';
import { createConfigStore } from './config-store.ts';
import { guardedBuild } from './guarded-build.ts';
import type { Manifest } from './load-manifest.ts';
import { misspeltConfigFields } from './misspelt-config-fields.ts';
import { prepareConfig } from './prepare-config.ts';
import type { ReadStreamsOptions, RecordOptions } from './read-options.ts';
import { requireUsable } from './require-usable.ts';
import { createSourceStreams, type SourceStreams } from './source-streams.ts';
import { streamRecords } from './stream-records.ts';
import { createSyncScope, type Surroundings } from './sync-scope.ts';

/** Told of a stream that cannot be made, or whose schema cannot be had; without it, the first one throws. */
export type OnBroken = (name: string, error: unknown) => void;

/** A manifest with a config: what every command works with. */
export interface Connector {
  /** The config as it is now: prepared as the spec says, with the tokens that were renewed since. */
  config(): JsonObject;
  /** Finds out whether the config works. Throws the reason of the signal that it was stopped by. */
  check(): Promise<CheckResult>;
  /** The streams as a catalog lists them, in the order of the manifest, with their JSON schemas. */
  discover(onBroken?: OnBroken): Promise<readonly CatalogStream[]>;
  /** All streams in the order of the manifest. */
  streams(onBroken?: OnBroken): Promise<readonly StreamDefinition[]>;
  /** The stream of that name, including those made by dynamic streams; undefined when there is none. */
  find(name: string): Promise<StreamDefinition | undefined>;
  /** The streams of the dynamic streams as trees, each with the name of its dynamic stream. */
  dynamicTrees(): AsyncGenerator<{ readonly dynamicStream: string; readonly tree: MappingNode }>;
  /**
   * The records of one stream, one by one. Nothing is asked for faster than records are taken; to stop, break out of the
   * loop or abort the signal, this one or that of the connector, whose reason is then thrown. Throws ConnectorError with what went wrong.
   */
  records(stream: string, options?: RecordOptions): AsyncGenerator<JsonObject, void, undefined>;
  /** Several streams at once: their records, states, statuses and errors, in an order in which they may be stored. */
  read(options: ReadStreamsOptions): AsyncGenerator<SyncEvent, void, undefined>;
  /** Frees connections and temporary files. Whatever is still read ends with an error. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * The whole way: manifest and config → the spec prepares the config → source → streams → slices → pages → records.
 * Throws ConnectorError (config_error) when the manifest cannot be trusted or the config does not fit its spec.
 */
export function configure(manifest: Manifest, given: JsonObject, surroundings: Surroundings = {}): Connector {
  requireUsable(manifest);
  if (!isObject(given))
    throw new ConnectorError('The config is an object of fields, not a text or the like.', {
      kind: 'config_error',
    });
  const { root, registry, isChecked } = manifest;
  const unguarded = createBuild(registry);
  const build = isChecked ? unguarded : guardedBuild(unguarded, registry);
  const redactor = surroundings.redactor ?? createRedactor();
  const closing = createClosing(surroundings.signal);
  const base = createSyncScope({
    ...surroundings,
    signal: closing.signal,
    redactor,
    build,
    defaultTypeOf: registry.defaultTypeOf,
  });
  const schema = specificationIn(root)?.connectionSpecification ?? {};
  const hideSecrets = (config: JsonObject) => {
    for (const secret of secretsOf(schema, config)) redactor.add(secret);
  };
  hideSecrets(given);

  // Spec: the config is migrated, checked and transformed before anything else reads it.
  const unprepared: Scope = {
    config: () => given,
    parameters: {},
    node: root,
    place: root.place,
    sync: base,
  };
  const spec = fieldOf(root, 'spec');
  const config = createConfigStore(
    spec?.kind !== 'mapping'
      ? given
      : prepareConfig(
          given,
          (config) => build(spec, 'Spec', { ...unprepared, config }),
          (migrated) => {
            hideSecrets(migrated);
            surroundings.onConfigChange?.(migrated, 'migration');
          },
        ),
    (updated) => surroundings.onConfigChange?.(updated, 'token'),
  );
  hideSecrets(config.current());
  for (const misspelt of misspeltConfigFields(config.current(), schema)) base.log('WARN', misspelt);

  // Source: what all streams share.
  const endings = createStreamEndings();
  const prepared: Scope = {
    ...unprepared,
    config: config.current,
    sync: { ...base, updateConfig: config.update, whenStreamEnds: endings.add },
  };
  const source: SourceDefinition = build(root, 'Source', prepared);
  const sync = { ...prepared.sync, asyncJobLimit: source.asyncJobLimit ?? base.asyncJobLimit };
  const scope: Scope = { ...prepared, sync };
  const checkGroups = () =>
    guard([componentTree(root, 'Source', registry)], { exclusiveGroups }, { registry });
  const options = { registry, isChecked, checkGroups };
  const streams = createSourceStreams(source, scope, options);

  /** A check that was told to stop has found nothing out of the config. */
  async function checked(checking: Promise<CheckResult>): Promise<CheckResult> {
    const result = await checking;
    if (!result.succeeded) sync.signal.throwIfAborted();
    return redacted(result);
  }

  /** An API may repeat a secret in what it says about a config. */
  function redacted({ message, ...result }: CheckResult): CheckResult {
    return { ...result, ...(message !== undefined && { message: redactor.text(message) }) };
  }

  async function made(
    make: (name: string) => StreamDefinition,
    onBroken?: OnBroken,
  ): Promise<readonly StreamDefinition[]> {
    streams.groups();
    const defined: StreamDefinition[] = [];
    for (const name of streams.names()) {
      await orBroken(name, onBroken, () => void defined.push(make(name)));
    }
    return [...defined, ...[...(await streams.dynamic()).values()].flat()];
  }

  async function* read({
    streams: wanted,
    states,
    signal,
    lines,
    bytesPerState,
  }: ReadStreamsOptions): AsyncGenerator<SyncEvent, void, undefined> {
    closing.throwIfClosed();
    const chosen = await Promise.all(wanted.map(({ name }) => streams.select(name)));
    streams.willRead(chosen);
    const selected: SelectedStream[] = [];
    for (const [index, { name, define, isUnknown }] of chosen.entries()) {
      const cursorField = wanted[index]?.cursorField;
      selected.push({
        name,
        define,
        ...(isUnknown && { isUnknown }),
        state: states?.get(name),
        cursorField,
        lines: lines?.(name),
      });
    }
    const { level, ceiling } = concurrencyOf(source, scope);
    yield* readStreams(selected, {
      concurrency: level,
      followConcurrency:
        ceiling > level ? (resize) => following(base.load, level, ceiling, resize) : undefined,
      signal: anySignal(sync.signal, signal),
      groups: streams.groups(),
      now: sync.clock.now,
      bytesPerState,
      warn: (message) => sync.log('WARN', message),
      rateLimits: sync.rateLimits,
      endOf: endings.of,
      onRead: async (stream) => sync.cache.readingEnds?.(stream),
    });
    closing.throwIfClosed();
  }

  async function close(): Promise<void> {
    closing.close();
    await Promise.all([sync.http.close(), sync.cache.close()]);
  }

  return Object.freeze<Connector>({
    config: config.current,
    async check() {
      if (source.check === undefined)
        throw new ConnectorError('The manifest has no "check".', {
          kind: 'config_error',
          nodes: [root.place],
        });
      // Somebody sits in front of a form and waits for the answer.
      const hurried: Scope = { ...scope, sync: inHurry(sync) };
      const check = build(source.check, 'Check', hurried);
      const { configOverrides: overrides } = check;
      if (overrides === undefined || Object.keys(overrides).length === 0)
        return checked(check.check(checkedSource(createSourceStreams(source, hurried, options))));
      guard(
        [componentTree(root, 'Source', registry)],
        { checkOverrides },
        { registry },
        { kind: 'system_error' },
      );
      const overridden: Scope = { ...hurried, config: () => ({ ...scope.config(), ...overrides }) };
      const overriddenSource = checkedSource(createSourceStreams(source, overridden, options));
      return checked(build(source.check, 'Check', overridden).check(overriddenSource));
    },
    async discover(onBroken) {
      const listed: CatalogStream[] = [];
      for (const stream of await made(streams.list, onBroken)) {
        await orBroken(stream.name, onBroken, async () => void listed.push(await toCatalogStream(stream)));
      }
      return listed;
    },
    streams: (onBroken) => made(streams.define, onBroken),
    find: streams.find,
    dynamicTrees: streams.dynamicTrees,
    records: (stream, options) => streamRecords(read, stream, options, { redactor, signal: sync.signal }),
    read,
    close,
    [Symbol.asyncDispose]: close,
  });
}

function checkedSource(streams: SourceStreams): CheckedSource {
  const streamNames = streams.names();
  return {
    streamNames,
    async willRead(names) {
      const own = names.filter((name) => streamNames.includes(name));
      streams.willRead(await Promise.all(own.map(streams.select)));
    },
    define: streams.define,
    dynamicStreams: streams.dynamic,
  };
}

async function orBroken(
  name: string,
  onBroken: OnBroken | undefined,
  work: () => Promise<void> | void,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (onBroken === undefined) throw error;
    onBroken(name, error);
  }
}

/** Seconds. */
const longestWaitOfCheck = 60;

/** No wait is long, and no body drips for long. */
function inHurry(sync: SyncScope): SyncScope {
  const patience = (longestWaitOfCheck / 3) * 1000;
  const http: Transport = {
    send: (request, options) => sync.http.send(request, { ...options, patience }),
    close: sync.http.close,
  };
  return { ...sync, http, longestWait: longestWaitOfCheck };
}

/** The CDK's number of workers for a manifest that names none. */
const defaultConcurrency = 2;

function concurrencyOf({ concurrencyLevel }: SourceDefinition, scope: Scope): ConcurrencyLevel {
  if (concurrencyLevel === undefined) return { level: defaultConcurrency, ceiling: defaultConcurrency };
  return scope.sync.build(concurrencyLevel, 'ConcurrencyLevel', scope);
}

/** Never below the level of the manifest: a few slices that wait for something must not stop all others. */
function following(
  load: MeasuredLoad,
  level: number,
  ceiling: number,
  resize: (concurrency: number) => void,
): () => void {
  return load.onChange(() => resize(Math.min(ceiling, Math.max(level, load.wanted() ?? level))));
}
