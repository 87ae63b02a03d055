import type { SourceDefinition, StreamDefinition } from '../contract/families.ts';
import type { Readers, Scope, SyncScope } from '../contract/scope.ts';
import { ConnectorError } from '../error/connector-error.ts';
import { printThrown } from '../error/print-location.ts';
import { unknownStream } from '../error/unknown-stream.ts';
import { readBy } from '../http/cache/read-by.ts';
import { childNodes } from '../language/child-nodes.ts';
import { familyAt } from '../language/find-component.ts';
import type { Registry } from '../language/registry.ts';
import { fieldOf, type ManifestNode, type MappingNode, toValue } from '../manifest/node.ts';
import { parentNames } from '../sync/read/parent-names.ts';
import type { SelectedStream } from '../sync/read/read-streams.ts';
import { requesterReaders } from '../sync/read/requester-readers.ts';
import { type StreamGroups, streamGroups } from '../sync/read/stream-groups.ts';
import { memoize, memoizeSync } from '../util/flow/memoize.ts';
import { remembered } from '../util/flow/remembered.ts';

/** A stream by its name. */
export interface ChosenStream extends Pick<SelectedStream, 'name' | 'define' | 'isUnknown'> {
  /** As it is written; undefined when there is none to read. */
  readonly node?: MappingNode;
}

/** The streams of a source: static ones stand in the manifest, dynamic ones come out of the API or the config. */
export interface SourceStreams {
  /** Names of the static streams, in the order of the manifest. */
  names(): readonly string[];
  /** Makes a static stream. Throws ConnectorError when it is broken or there is none of that name. */
  define(name: string): StreamDefinition;
  /** The same for a catalog. Of a manifest that was checked before, what only reading needs is not made. */
  list(name: string): StreamDefinition;
  /** The streams that came out of each dynamic stream, by its name. */
  dynamic(): Promise<ReadonlyMap<string, readonly StreamDefinition[]>>;
  /** The streams of the dynamic streams as trees, each with the name of its dynamic stream. */
  dynamicTrees(): AsyncGenerator<{ readonly dynamicStream: string; readonly tree: MappingNode }>;
  find(name: string): Promise<StreamDefinition | undefined>;
  /** The stream to read; one that is broken or unknown, or that nobody can find, throws only when it is defined, and so fails alone. */
  select(name: string): Promise<ChosenStream>;
  groups(): StreamGroups;
  /** The streams that will be read: answers that others of them will ask for are kept until then, and no longer. */
  willRead(selected: readonly Pick<ChosenStream, 'name' | 'node'>[]): void;
}

export interface SourceStreamsOptions {
  readonly registry: Registry;
  /** Nothing is wrong in the manifest. */
  readonly isChecked: boolean;
  /** Throws when streams cannot exclude each other as the manifest says. */
  readonly checkGroups: () => void;
}

type StaticStreams = ReadonlyMap<string, MappingNode>;

/** The streams of a manifest by their names, for the syncs to come: a manifest does not change. */
const namedBefore = new WeakMap<Registry, WeakMap<MappingNode, StaticStreams>>();

/** Every stream is made when it is needed. */
export function createSourceStreams(
  source: SourceDefinition,
  scope: Scope,
  { registry, isChecked, checkGroups }: SourceStreamsOptions,
): SourceStreams {
  const { build } = scope.sync;

  const isConditional = (node: MappingNode) =>
    familyAt(node, ['Stream', 'ConditionalStreams'], registry) === 'ConditionalStreams';
  const staticNodes = memoizeSync((): readonly MappingNode[] =>
    source.streams.flatMap((node) =>
      isConditional(node) ? build(node, 'ConditionalStreams', scope).streams : [node],
    ),
  );
  const statics = memoizeSync(() => {
    const known = namedBefore.get(registry)?.get(scope.node);
    if (known !== undefined) return known;
    const named = new Map(staticNodes().map((node) => [nameOf(node), node]));
    // Which of those with a condition there are depends on the config.
    if (!source.streams.some(isConditional))
      remembered(namedBefore, registry, () => new WeakMap<MappingNode, StaticStreams>()).set(
        scope.node,
        named,
      );
    return named;
  });
  const groups = memoizeSync(() => {
    if (source.streamGroups.size > 0) checkGroups();
    return streamGroups(source.streamGroups, statics(), registry);
  });
  const parents = memoizeSync(() => {
    const templates = source.dynamicStreams.flatMap((node) =>
      [...childNodes({ node, family: 'DynamicStream' }, registry)].filter(
        ({ family }) => family === 'Stream',
      ),
    );
    return parentNames([...staticNodes(), ...templates.map(({ node }) => node)], registry);
  });

  let readersOf = (_requester: MappingNode): Readers | undefined => undefined;

  /** What streams are made with, when the first of them is needed: all count their calls against one budget. */
  const ofStreams = memoizeSync((): Scope => {
    const budget = source.apiBudget && build(source.apiBudget, 'ApiBudget', scope);
    const sync: SyncScope = {
      ...scope.sync,
      budget,
      isParent: (name) => parents().has(name),
      readersOf: (requester) => readersOf(requester),
    };
    return { ...scope, sync };
  });

  function holds(component: MappingNode, field: string): boolean {
    const text = textOf(fieldOf(component, field));
    const given = fieldOf(component, '$parameters');
    const parameters = (given && toValue(given)) ?? {};
    // What cannot be evaluated fails when the stream is made.
    try {
      return text === '' || scope.sync.templates.boolean(text)({ config: scope.config(), parameters });
    } catch {
      return true;
    }
  }

  function made(name: string): StreamDefinition {
    const node = statics().get(name);
    if (node === undefined) throw unknown(name, [...statics().keys()]);
    return build(node, 'Stream', readBy(name, ofStreams()));
  }

  function define(name: string): StreamDefinition {
    const stream = made(name);
    stream.makeReadable();
    return stream;
  }

  function* dynamicStreams() {
    for (const [index, node] of source.dynamicStreams.entries()) {
      const dynamic = build(node, 'DynamicStream', ofStreams());
      yield { name: dynamic.name || `dynamic_stream_${index}`, dynamic };
    }
  }
  const dynamic = memoize(async () => {
    const byName = new Map<string, readonly StreamDefinition[]>();
    for (const { name, dynamic } of dynamicStreams()) {
      const streams: StreamDefinition[] = [];
      for await (const stream of dynamic.streams()) streams.push(stream);
      byName.set(name, streams);
    }
    return byName;
  });

  /**
   * The dynamic streams by their names, each made when it is read. Where one template fails to say what its streams are,
   * none of them can be trusted: two may have the same name. The others are known all the same.
   */
  const selectable = memoize(async () => {
    const made = new Map<string, { readonly make: () => StreamDefinition; readonly node: MappingNode }>();
    let failure: { readonly error: unknown } | undefined;
    for (const node of source.dynamicStreams) {
      const own: MappingNode[] = [];
      try {
        const dynamic = build(node, 'DynamicStream', ofStreams());
        for await (const tree of dynamic.trees()) own.push(tree);
        for (const node of own) made.set(nameOf(node), { node, make: memoizeSync(() => dynamic.make(node)) });
      } catch (error) {
        failure ??= { error };
        scope.sync.log('WARN', `Streams that are made at run time are missing: ${printThrown(error)}`);
      }
    }
    return { made, failure };
  });

  async function allDynamic(): Promise<readonly StreamDefinition[]> {
    return [...(await dynamic()).values()].flat();
  }

  return {
    names: () => [...statics().keys()],
    define,
    list: isChecked ? made : define,
    dynamic,
    async *dynamicTrees() {
      for (const { name, dynamic } of dynamicStreams()) {
        for await (const tree of dynamic.trees()) yield { dynamicStream: name, tree };
      }
    },
    async find(name) {
      if (statics().has(name)) return define(name);
      return (await allDynamic()).find((stream) => stream.name === name);
    },
    async select(name) {
      const node = statics().get(name);
      if (node !== undefined) return { name, node, define: memoizeSync(() => define(name)) };
      const { made, failure } = await selectable();
      const dynamic = made.get(name);
      if (dynamic !== undefined) return { name, node: dynamic.node, define: dynamic.make };
      if (failure !== undefined)
        return {
          name,
          define() {
            throw failure.error;
          },
        };
      return {
        name,
        isUnknown: true,
        define() {
          throw unknown(name, [...statics().keys(), ...made.keys()]);
        },
      };
    },
    groups,
    willRead(selected) {
      const nodes = selected.flatMap(({ name, node }) => (node === undefined ? [] : [[name, node] as const]));
      readersOf = requesterReaders(new Map(nodes), registry, holds);
    },
  };
}

function unknown(name: string, known: readonly string[]): ConnectorError {
  return new ConnectorError(unknownStream(name, known), { kind: 'config_error' });
}

function nameOf(node: MappingNode): string {
  return textOf(fieldOf(node, 'name'));
}

function textOf(node: ManifestNode | undefined): string {
  return node?.kind === 'scalar' && node.value !== null ? String(node.value) : '';
}
