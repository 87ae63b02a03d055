import { resolve } from 'node:path';
import type { Manifest } from '../../connector/load-manifest.ts';
import { loadWithHooks } from '../../connector/load-with-hooks.ts';
import type { Surroundings } from '../../connector/sync-scope.ts';
import type { StreamState } from '../../contract/families.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { createRedactor, type Redactor } from '../../http/wire/redact.ts';
import { fieldOf } from '../../manifest/node.ts';
import { streamNames } from '../../manifest/written-streams.ts';
import { secretsOf } from '../../protocol/secrets.ts';
import { specificationIn } from '../../protocol/specification.ts';
import type { JsonObject } from '../../util/json/json.ts';
import { didYouMean } from '../../util/text/did-you-mean.ts';
import { type ChosenManifest, chooseManifest } from '../choose-manifest.ts';
import type { Environment } from '../environment.ts';
import { readConfig } from '../read-input.ts';
import { readState } from '../read-protocol-input.ts';

/** What the commands for authors have in common on their command lines. */
export interface AuthorOptions {
  readonly config?: string;
  readonly state?: string;
  readonly hooks?: readonly string[];
}

/** A manifest with a config, ready for a look at one of its streams. */
export interface OpenedForPreview extends ChosenManifest {
  readonly config: JsonObject;
  readonly states: ReadonlyMap<string, StreamState> | undefined;
  readonly redactor: Redactor;
  readonly surroundings: Surroundings;
}

/**
 * Opens what the command line names: a manifest (or the bundled one), a config, a state. `rewrite` may give the manifest
 * another text.
 */
export async function openForPreview(
  file: string | undefined,
  { config: configPath, state, hooks }: AuthorOptions,
  environment: Environment,
  rewrite: (manifest: Manifest) => string | undefined = () => undefined,
): Promise<OpenedForPreview> {
  const config = configPath === undefined ? {} : await readConfig(configPath);
  let chosen = await chooseManifest(
    { ...(file !== undefined && { manifestPath: resolve(file) }), ...(hooks && { hooks }) },
    config,
    environment,
  );
  const text = rewrite(chosen.manifest);
  if (text !== undefined) {
    const { name } = chosen.manifest.root.place.source;
    const known = await environment.loadHooks(hooks ?? []);
    const manifest = await loadWithHooks({ name, text }, { hooks: known }, environment.bundledHooks);
    chosen = { ...chosen, manifest };
  }
  const redactor = createRedactor(
    secretsOf(specificationIn(chosen.manifest.root)?.connectionSpecification ?? {}, config),
  );
  return {
    ...chosen,
    config,
    states: state === undefined ? undefined : await readState(state),
    redactor,
    surroundings: { ...environment, redactor, readFile: chosen.readFile },
  };
}

/** Throws ConnectorError, with the name that may have been meant, when the manifest can have no such stream. */
export function requireStream(manifest: Manifest, name: string): void {
  const names = streamNames(manifest.root);
  if (names.includes(name) || fieldOf(manifest.root, 'dynamic_streams') !== undefined) return;
  throw new ConnectorError(
    `There is no stream "${name}" in ${manifest.root.place.source.name}.${didYouMean(name, names) || ` Its streams: ${names.join(', ')}.`}`,
    { kind: 'config_error' },
  );
}

/** Throws where what has been taken for another argument names a manifest: the argument itself is missing. */
export function refuseManifest(text: string, what: string, usage: string): void {
  if (/^[^{}\s]+\.ya?ml$/.test(text))
    throw new ConnectorError(`${text} looks like a manifest, and ${what} is missing: ${usage}.`, {
      kind: 'config_error',
    });
}

/** A command takes its manifest as its first argument, or as `-m`. */
export function namedManifest(
  file: string | undefined,
  manifestPath: string | undefined,
): string | undefined {
  if (file !== undefined && manifestPath !== undefined)
    throw new ConnectorError(`Two manifests are named: ${file}, and by -m ${manifestPath}. Name one.`, {
      kind: 'config_error',
    });
  return file ?? manifestPath;
}
