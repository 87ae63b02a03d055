import type { Diagnostic } from '../error/diagnostic.ts';
import type { ConnectorSpecification } from '../protocol/messages.ts';
import { specificationIn } from '../protocol/specification.ts';
import type { JsonObject } from '../util/json/json.ts';
import { validateManifest } from '../validate/validate-manifest.ts';
import { type Connector, configure } from './connector.ts';
import type { Manifest } from './load-manifest.ts';
import type { Surroundings } from './sync-scope.ts';

/** A manifest without a config: what can be known of a connector before anybody says whose data it reads. */
export interface OpenManifest {
  readonly manifest: Manifest;
  /** The config that it needs, as a JSON schema, and a page about it; undefined when the manifest has no `spec`. */
  readonly spec: ConnectorSpecification | undefined;
  /** Everything that is wrong with it, each finding with its place. `printDiagnostic` shows one with its line. */
  validate(): readonly Diagnostic[];
  /**
   * The connector for a config. The config is migrated, checked and transformed as the spec says; the given one stays as
   * it is. Throws ConnectorError (config_error) when it does not fit. May be called again: connectors share nothing.
   */
  configure(config: JsonObject, surroundings?: Surroundings): Connector;
}

/** `surroundings` are those of every connector, unless `configure` is given others. */
export function openManifest(manifest: Manifest, surroundings: Surroundings = {}): OpenManifest {
  return Object.freeze<OpenManifest>({
    manifest,
    spec: specificationIn(manifest.root),
    validate: () => validateManifest(manifest),
    configure: (config, own) => configure(manifest, config, { ...surroundings, ...own }),
  });
}
