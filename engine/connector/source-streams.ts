import type { SourceDefinition, StreamDefinition } from '../contract/families.ts';
import type { Scope } from '../contract/scope.ts';
import { ConnectorError } from '../error/connector-error.ts';
import { unknownStream } from '../error/unknown-stream.ts';
import { fieldOf, type ManifestNode, type MappingNode, typeOf } from '../manifest/node.ts';
import { parentNames } from '../sync/read/parent-names.ts';
import type { SelectedStream } from '../sync/read/read-streams.ts';
import { requesterReaders } from '../sync/read/requester-readers.ts';
import { type StreamGroups, streamGroups } from '../sync/read/stream-groups.ts';
import { memoize, memoizeSync } from '../util/flow/memoize.ts';

/** The streams of a source: static ones stand in the manifest, dynamic ones come out of the API or the config. */
export interface SourceStreams {
  /** Names of the static streams, in the order of the manifest. */
  names(): readonly string[];
  /** Makes a static stream. Throws ConnectorError when it is broken or there is none of that name. */
  define(name: string): StreamDefinition;
  /** The streams that came out of each dynamic stream, by its name. */
  dynamic(): Promise<ReadonlyMap<string, readonly StreamDefinition[]>>;
  /** The streams of the dynamic streams as trees, each with the name of its dynamic stream. */
  dynamicTrees(): AsyncGenerator<{ readonly dynamicStream: string; readonly tree: MappingNode }>;
  find(name: string): Promise<StreamDefinition | undefined>;
  /** The stream to read; one that is broken or unknown throws only when it is defined, and so fails alone. */
  select(name: string): Promise<Pick<SelectedStream, 'name' | 'define' | 'isUnknown'>>;
  groups(): StreamGroups;
  /** Whether another stream has the stream of that name as its parent. */
  isParent(name: string): boolean;
  /** How often a requester is read through when these streams are read. Without limit where that cannot be known. */
  readersOf(names: readonly string[]): (requester: MappingNode) => number;
}

/** Every stream is made when it is needed, after `makeBudget`: all of them count their calls against it. */
export function createSourceStreams(
  source: SourceDefinition,
  scope: Scope,
  makeBudget: () => void,
): SourceStreams {
  const { build } = scope.sync;

  const staticNodes = memoizeSync((): readonly MappingNode[] =>
    source.streams.flatMap((node) =>
      typeOf(node) === 'ConditionalStreams' ? build(node, 'ConditionalStreams', scope).streams : [node],
    ),
  );
  const statics = memoizeSync(() => new Map(staticNodes().map((node) => [nameOf(node), node])));
  const groups = memoizeSync(() => streamGroups(source.streamGroups, statics()));
  const parents = memoizeSync(() => {
    const templates = source.dynamicStreams.flatMap((node) => fieldOf(node, 'stream_template') ?? []);
    return parentNames([...staticNodes(), ...templates]);
  });

  function define(name: string): StreamDefinition {
    const node = statics().get(name);
    if (node === undefined) throw unknown(name, [...statics().keys()]);
    makeBudget();
    return build(node, 'Stream', scope);
  }

  function* dynamicStreams() {
    for (const [index, node] of source.dynamicStreams.entries()) {
      const dynamic = build(node, 'DynamicStream', scope);
      yield { name: dynamic.name || `dynamic_stream_${index}`, dynamic };
    }
  }
  const dynamic = memoize(async () => {
    makeBudget();
    const byName = new Map<string, readonly StreamDefinition[]>();
    for (const { name, dynamic } of dynamicStreams()) {
      const streams: StreamDefinition[] = [];
      for await (const stream of dynamic.streams()) streams.push(stream);
      byName.set(name, streams);
    }
    return byName;
  });

  async function allDynamic(): Promise<readonly StreamDefinition[]> {
    return [...(await dynamic()).values()].flat();
  }

  return {
    names: () => [...statics().keys()],
    define,
    dynamic,
    async *dynamicTrees() {
      makeBudget();
      for (const { name, dynamic } of dynamicStreams()) {
        for await (const tree of dynamic.trees()) yield { dynamicStream: name, tree };
      }
    },
    async find(name) {
      if (statics().has(name)) return define(name);
      return (await allDynamic()).find((stream) => stream.name === name);
    },
    async select(name) {
      if (statics().has(name)) return { name, define: memoizeSync(() => define(name)) };
      const streams = await allDynamic();
      const found = streams.find((stream) => stream.name === name);
      if (found !== undefined) return { name, define: () => found };
      const dynamicNames = streams.map((stream) => stream.name);
      return {
        name,
        isUnknown: true,
        define() {
          throw unknown(name, [...statics().keys(), ...dynamicNames]);
        },
      };
    },
    groups,
    isParent: (name) => parents().has(name),
    readersOf(names) {
      const nodes = names.map((name) => statics().get(name));
      // A dynamic stream has parents too, and is known only when it has been made.
      const known = nodes.filter((node) => node !== undefined);
      return known.length < nodes.length ? () => Number.POSITIVE_INFINITY : requesterReaders(known);
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
