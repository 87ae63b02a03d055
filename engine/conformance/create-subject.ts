import { type Connector, configure } from '../connector/connector.ts';
import type { Manifest } from '../connector/load-manifest.ts';
import type { Surroundings } from '../connector/sync-scope.ts';
import type { StreamDefinition } from '../contract/families.ts';
import type { Transport } from '../contract/scope.ts';
import { ConnectorError } from '../error/connector-error.ts';
import { type MappingNode, toValue } from '../manifest/node.ts';
import { parseManifest } from '../manifest/parse.ts';
import { withStandIns, withStandInsForDefinitions } from '../simulator/stand-ins.ts';
import { createWorld } from '../simulator/world.ts';
import { virtualClock } from '../time/virtual-clock.ts';
import { createMemo } from '../util/flow/memo.ts';
import { memoize, memoizeSync } from '../util/flow/memoize.ts';
import { tryTo } from '../util/flow/try-to.ts';
import { isObject, type JsonObject } from '../util/json/json.ts';
import { exampleValue } from '../util/schema/example-value.ts';
import { messageOf } from '../util/text/message-of.ts';
import { staticStreams } from '../validate/source-streams.ts';
import { type HasFile, type Memory, validateManifest } from '../validate/validate-manifest.ts';
import { type ComponentAt, childIn, sourceTree, textIn, written } from '../validate/visit.ts';
import { filledConfig } from './filled-config.ts';
import { specIn } from './spec-file.ts';
import { schemaNode } from './stream-schema.ts';
import type { NamedConfig, SpecAt, StreamAt, Subject } from './subject.ts';

export interface SubjectOptions {
  readonly file: string;
  readonly manifest: Manifest;
  /** Reads a file beside the manifest. */
  readonly readFile?: Subject['readFile'] | undefined;
  readonly hasFile?: Subject['hasFile'];
  /** The config to run it with; by default one made out of the spec. */
  readonly config?: JsonObject | undefined;
  readonly configs?: readonly NamedConfig[];
  readonly now?: number | undefined;
  readonly metadata?: MappingNode | undefined;
  readonly specFile?: MappingNode | undefined;
  readonly openapi?: MappingNode | undefined;
  readonly acceptance?: Subject['acceptance'];
  readonly earlier?: Subject | undefined;
  /** What was found wrong before in streams that have not changed. */
  readonly memory?: ((manifest: Manifest, hasFile: HasFile | undefined) => Memory | undefined) | undefined;
  /** Whether nothing is wrong in the manifest, where somebody else has looked. */
  readonly isSound?: (() => boolean) | undefined;
  /** Of all its streams, those to look at. */
  readonly only?: ReadonlySet<string>;
}

/**
 * The moment at which a run without a clock of its own begins: always the same, so that its outcome is. It lies within a
 * second, as nearly all moments do: Python writes a moment without a fraction when it has none, and formats with one do
 * not read that.
 */
const defaultNow = Date.UTC(2026, 0, 15, 12, 0, 0, 250);

export function createSubject(options: SubjectOptions): Subject {
  const { file, manifest, configs = [], now = defaultNow } = options;
  const reader = options.readFile ?? (async () => undefined);
  // Every run reads its schemas, and there are hundreds of runs.
  const files = new Map<string, Promise<string | undefined>>();
  const readFile: Subject['readFile'] = (path) => {
    const known = files.get(path) ?? reader(path);
    files.set(path, known);
    return known;
  };
  const nodes = createMemo();
  const readNode: Subject['readNode'] = (path) =>
    nodes(path, async () => {
      const text = await readFile(path);
      return text === undefined ? undefined : parseManifest({ name: path, text }).node;
    });
  const source = sourceTree(manifest.root, manifest.registry);
  const spec = specAt(source) ?? specIn(options.specFile);
  const example = spec && exampleValue(spec.schema, { now });
  const config = options.config ?? (isObject(example) ? example : {});

  const { hasFile } = options;
  const findings = memoizeSync(() => [
    ...validateManifest(manifest, { hasFile, memory: options.memory?.(manifest, hasFile) }),
  ]);
  // What is found once need not be looked for by each of a thousand runs.
  const trusted = memoizeSync((): Manifest => {
    const looked = () => findings().every(({ severity }) => severity !== 'error');
    const isSound = options.only === undefined && (options.isSound ?? looked)();
    const runnable = withStandIns(manifest);
    return isSound ? { ...runnable, isChecked: true } : runnable;
  });

  function configureWith(given: JsonObject, surroundings: Surroundings = {}): Connector {
    return configure(trusted(), given, {
      clock: virtualClock(now),
      random: () => 0.5,
      readFile,
      transport: offline,
      ...surroundings,
    });
  }

  const streams = memoize(async (): Promise<readonly StreamAt[]> => {
    const connector = connect(() => configureWith(config));
    const filled = memoizeSync(() => connect(() => configureWith(filledConfig(spec, config, now))));
    const found: StreamAt[] = [];
    for (const at of staticStreams(source)) {
      const name = textIn(at, 'name') ?? '';
      if (options.only?.has(name) === false) continue;
      const own = await define(connector, name);
      // It may need something that its config may leave out.
      const whole = own.definition === undefined ? await define(filled(), name) : own;
      found.push(streamAt(at, whole.definition === undefined ? described(own, at) : whole, readNode));
    }
    return found;
  });

  const describing = memoizeSync(() =>
    tryTo(() =>
      createWorld({
        manifest: withStandInsForDefinitions(manifest),
        config,
        clock: virtualClock(now),
        transport: offline,
        readFile,
      }),
    ),
  );

  /** A stream that cannot be read, for want of a hook or by a mistake in its requests, has a key and a schema all the same. */
  function described({ broken }: Definition, { node }: ComponentAt): Definition {
    return { definition: tryTo(() => describing()?.build(node, 'Stream')), broken };
  }

  return Object.freeze<Subject>({
    file,
    manifest,
    findings,
    source,
    spec,
    asks: spec?.schema,
    config,
    configs,
    now,
    streams,
    configure: configureWith,
    readFile,
    readNode,
    hasFile: options.hasFile,
    metadata: options.metadata,
    specFile: options.specFile,
    openapi: options.openapi,
    acceptance: options.acceptance,
    earlier: options.earlier,
    altered: (other, only) =>
      createSubject({
        ...options,
        configs,
        now,
        config,
        manifest: other,
        isSound: undefined,
        ...(only && { only }),
      }),
    shared: createMemo(),
  });
}

function specAt(source: ComponentAt): SpecAt | undefined {
  const at = childIn(source, 'spec');
  const node = written(at, 'connection_specification');
  if (at === undefined || node?.kind !== 'mapping') return undefined;
  const schema = toValue(node);
  return isObject(schema) ? { node, schema, whole: at.node, isBeside: false } : undefined;
}

/** A connector, or why there is none. */
function connect(make: () => Connector): Connector | string {
  try {
    return make();
  } catch (error) {
    return messageOf(error);
  }
}

const offline: Transport = Object.freeze({
  async send(): Promise<never> {
    throw new ConnectorError('Nothing is asked here.');
  },
  async close() {},
});

interface Definition {
  readonly definition: StreamDefinition | undefined;
  /** Why there is none, or why it cannot be read. */
  readonly broken: string | undefined;
}

async function define(connector: Connector | string, name: string): Promise<Definition> {
  if (typeof connector === 'string') return { definition: undefined, broken: connector };
  try {
    const definition = await connector.find(name);
    return { definition, broken: definition === undefined ? 'its condition is not met' : undefined };
  } catch (error) {
    return { definition: undefined, broken: messageOf(error) };
  }
}

function streamAt(
  at: ComponentAt,
  { definition, broken }: Definition,
  readNode: Subject['readNode'],
): StreamAt {
  const name = textIn(at, 'name') ?? '';
  return {
    name,
    at,
    definition,
    broken,
    schema: memoize(async () => {
      const value = await definition?.schema().catch(() => undefined);
      return value && { value, node: await schemaNode(at, name, readNode) };
    }),
  };
}
