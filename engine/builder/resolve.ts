import type { Manifest } from '../connector/load-manifest.ts';
import type { Surroundings } from '../connector/sync-scope.ts';
import { withConnector } from '../connector/with-connector.ts';
import { ConnectorError } from '../error/connector-error.ts';
import type { Diagnostic } from '../error/diagnostic.ts';
import { printDiagnostic } from '../error/print-location.ts';
import { type AppliedMigration, migrate } from '../manifest/migrate.ts';
import { toValue } from '../manifest/node.ts';
import { isObject, type JsonObject } from '../util/json/json.ts';
import { validateManifest } from '../validate/validate-manifest.ts';
import type { BuilderLimits } from './limits.ts';
import { normalizeManifest } from './normalize.ts';

export interface ResolveOptions {
  /** Write deprecated fields in their present form. */
  readonly migrate?: boolean;
  /** Write it in the layout of visual editors. */
  readonly normalize?: boolean;
  /** For the record of the migrations. */
  readonly now?: () => number;
}

/** The manifest with references, types and parameters filled in. Throws ConnectorError when it is not valid. */
export function resolveManifest(manifest: Manifest, options: ResolveOptions = {}): JsonObject {
  requireValid(manifest);
  const resolved = options.migrate === true ? migrated(manifest, options) : toValue(manifest.root);
  return options.normalize === true ? normalizeManifest(resolved as JsonObject) : (resolved as JsonObject);
}

function migrated(manifest: Manifest, options: ResolveOptions): JsonObject {
  const { node, applied } = migrate(manifest.root);
  const resolved = toValue(node) as JsonObject;
  return applied.length === 0 ? resolved : withTrace(resolved, applied, options.now ?? Date.now);
}

/** The same, with the streams that come out of the dynamic ones, at most so many of each as the limits say. */
export async function fullResolveManifest(
  manifest: Manifest,
  config: JsonObject,
  limits: BuilderLimits,
  options: ResolveOptions & { readonly surroundings?: Surroundings } = {},
): Promise<JsonObject> {
  const resolved = resolveManifest(manifest, options);
  return withConnector(
    manifest,
    config,
    { ...options.surroundings, limits },
    {
      async work(connector) {
        const statics: readonly JsonObject[] = Array.isArray(resolved.streams) ? resolved.streams : [];
        const streams: JsonObject[] = statics.map((stream) => ({ ...stream, dynamic_stream_name: null }));
        const counts = new Map<string, number>();
        for await (const { dynamicStream, tree } of connector.dynamicTrees()) {
          const count = counts.get(dynamicStream) ?? 0;
          if (count >= limits.streams) continue;
          counts.set(dynamicStream, count + 1);
          streams.push({ ...(toValue(tree) as JsonObject), dynamic_stream_name: dynamicStream });
        }
        return { ...withCachedResolvers(resolved), streams };
      },
    },
  );
}

/** What the resolvers of dynamic streams ask for is asked once in a sync, and their requesters say so. */
function withCachedResolvers(manifest: JsonObject): JsonObject {
  if (!Array.isArray(manifest.dynamic_streams)) return manifest;
  const dynamic_streams = manifest.dynamic_streams.map((dynamic: JsonObject) => {
    const { components_resolver: resolver } = dynamic;
    if (!isObject(resolver) || !isObject(resolver.retriever) || !isObject(resolver.retriever.requester))
      return dynamic;
    const requester = { ...resolver.retriever.requester, use_cache: true };
    return {
      ...dynamic,
      components_resolver: { ...resolver, retriever: { ...resolver.retriever, requester } },
    };
  });
  return { ...manifest, dynamic_streams };
}

function requireValid(manifest: Manifest): void {
  const errors = distinct(validateManifest(manifest).filter(({ severity }) => severity === 'error'));
  if (errors.length === 0) return;
  const [first] = errors;
  const rest = errors.slice(1).map((diagnostic) => printDiagnostic(diagnostic));
  throw new ConnectorError([first?.message ?? '', ...rest].join('\n\n'), {
    kind: 'config_error',
    nodes: first?.places ?? [],
  });
}

function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Map(diagnostics.map((diagnostic) => [printDiagnostic(diagnostic), diagnostic]));
  return [...seen.values()];
}

/** Applied migrations are kept in the manifest itself. */
function withTrace(
  manifest: JsonObject,
  applied: readonly AppliedMigration[],
  now: () => number,
): JsonObject {
  const metadata = isObject(manifest.metadata) ? manifest.metadata : {};
  const earlier = Array.isArray(metadata.applied_migrations) ? metadata.applied_migrations : [];
  const traces = applied.map(({ from, to, migration }) => ({
    from_version: from,
    to_version: to,
    migration,
    migrated_at: new Date(now()).toISOString().replace('Z', '+00:00'),
  }));
  return { ...manifest, metadata: { ...metadata, applied_migrations: [...earlier, ...traces] } };
}
