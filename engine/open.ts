import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readInputText } from './commands/read-input.ts';
import type { Connector } from './connector/connector.ts';
import { fileReader } from './connector/file-reader.ts';
import { loadWithHooks } from './connector/load-with-hooks.ts';
import { type OpenManifest, openManifest } from './connector/open.ts';
import { packageFiles } from './connector/package-files.ts';
import type { Surroundings } from './connector/sync-scope.ts';
import { ConnectorError } from './error/connector-error.ts';
import type { Source } from './error/place.ts';
import type { Hook } from './language/hook.ts';
import { packageRoot } from './package-root.ts';
import type { JsonObject } from './util/json/json.ts';

/** The path of a file, or the manifest itself: its YAML text or its object, with a name for messages. */
export type ManifestInput =
  | string
  | URL
  | { readonly text: string; readonly name?: string | undefined }
  | { readonly value: JsonObject; readonly name?: string | undefined };

export interface OpenOptions {
  /** For the custom components of the manifest. Those of bundled connectors are found by their `class_name`. */
  readonly hooks?: readonly Hook[] | undefined;
}

/**
 * Reads a manifest. Files that it refers to are looked for in its folder, then in this package. Throws ConnectorError
 * (config_error) when it cannot be read at all; whatever else is wrong, `validate` tells.
 */
export async function open(input: ManifestInput, { hooks = [] }: OpenOptions = {}): Promise<OpenManifest> {
  const files = packageFiles(packageRoot());
  const { source, value, folders } = await read(input);
  const manifest = await loadWithHooks(source, { value, hooks }, files.hooks);
  return openManifest(manifest, { readFile: fileReader(folders, files.schema) });
}

/** Opens a manifest and configures it, in one step. */
export async function connect(
  input: ManifestInput,
  config: JsonObject,
  { hooks, ...surroundings }: OpenOptions & Surroundings = {},
): Promise<Connector> {
  return (await open(input, { hooks })).configure(config, surroundings);
}

/** The manifest of a connector that comes with this package, such as `bundled('intercom')`, for `open` and `connect`. */
export function bundled(name: string): string {
  return packageFiles(packageRoot()).manifest(name);
}

interface Input {
  readonly source: Source;
  readonly value?: unknown;
  readonly folders: readonly string[];
}

async function read(input: ManifestInput): Promise<Input> {
  if (typeof input === 'string' || input instanceof URL) {
    const path = input instanceof URL ? fileURLToPath(input) : input;
    return { source: { name: path, text: await readInputText(path, 'manifest') }, folders: [dirname(path)] };
  }
  if (typeof input !== 'object' || input === null)
    throw new ConnectorError('A manifest is a path, a URL, { text } or { value }.', { kind: 'config_error' });
  const { name = 'manifest' } = input;
  if ('text' in input) return { source: { name, text: input.text }, folders: [] };
  return { source: { name }, value: input.value, folders: [] };
}
