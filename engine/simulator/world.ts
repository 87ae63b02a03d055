import { configure } from '../connector/connector.ts';
import type { Manifest } from '../connector/load-manifest.ts';
import { createSyncScope } from '../connector/sync-scope.ts';
import type { Families, Family } from '../contract/families.ts';
import type { Scope, Transport } from '../contract/scope.ts';
import { createBuild } from '../language/compile.ts';
import type { MappingNode } from '../manifest/node.ts';
import type { Clock } from '../time/clock.ts';
import { memoizeSync } from '../util/flow/memoize.ts';
import type { JsonObject } from '../util/json/json.ts';
import { type ComponentAt, sourceTree, visit } from '../validate/visit.ts';
import { withStandIns } from './stand-ins.ts';

/** The manifest, as the simulator reads it: its components can be made and asked one by one. */
export interface World {
  readonly config: JsonObject;
  readonly clock: Clock;
  /** The scope of the manifest as a whole. Its requests go to the transport of the simulator. */
  readonly scope: Scope;
  build<F extends Family>(node: MappingNode, family: F, scope?: Partial<Scope>): Families[F];
  /** The component that a requester is part of, and the field that it is in. */
  ownerOf(requester: MappingNode): { readonly owner: ComponentAt; readonly field: string } | undefined;
  /** Every component of the manifest, parents before children. */
  components(): readonly ComponentAt[];
}

export interface WorldOptions {
  readonly manifest: Manifest;
  readonly config: JsonObject;
  readonly clock: Clock;
  readonly transport: Transport;
  readonly readFile: (path: string) => Promise<string | undefined>;
}

/** Throws ConnectorError (config_error) when the config does not fit. */
export function createWorld(options: WorldOptions): World {
  const { clock, transport, readFile } = options;
  const manifest = withStandIns(options.manifest);
  const { root, registry } = manifest;
  const config = configure(manifest, options.config, { clock, transport, readFile }).config();
  const build = createBuild(registry);
  const sync = {
    ...createSyncScope({ clock, transport, readFile, build, defaultTypeOf: registry.defaultTypeOf }),
    // What an API answers is asked for each time: nothing here may be older than the question.
    cache: uncached,
  };
  const scope: Scope = { config: () => config, parameters: {}, node: root, place: root.place, sync };
  const known = indexOf(manifest);
  return Object.freeze<World>({
    config,
    clock,
    scope,
    build: (node, family, own) => build(node, family, { ...scope, ...own }),
    ownerOf: (requester) => known.owners().get(requester),
    components: known.components,
  });
}

interface Index {
  readonly components: () => readonly ComponentAt[];
  readonly owners: () => ReadonlyMap<MappingNode, { readonly owner: ComponentAt; readonly field: string }>;
}

const indexes = new WeakMap<MappingNode, Index>();

/** The components of a manifest, found once however many simulators it has. */
function indexOf({ root, registry }: Manifest): Index {
  let index = indexes.get(root);
  if (index === undefined) {
    const components = memoizeSync(() => visit(sourceTree(root, registry)));
    const owners = memoizeSync(() => {
      const known = new Map<MappingNode, { readonly owner: ComponentAt; readonly field: string }>();
      for (const { node, family, parent, field } of components())
        if (family === 'Requester' && parent !== undefined && field !== undefined && !known.has(node))
          known.set(node, { owner: parent, field });
      return known;
    });
    index = { components, owners };
    indexes.set(root, index);
  }
  return index;
}

const uncached = Object.freeze({
  once: (_key: string, send: () => Promise<never>) => send(),
  fetch: (_request: unknown, send: () => Promise<never>) => send(),
  async close() {},
});
