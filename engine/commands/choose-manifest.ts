import { dirname, isAbsolute, relative } from 'node:path';
import { fileReader } from '../connector/file-reader.ts';
import { loadChecked } from '../connector/load-checked.ts';
import type { LoadOptions, Manifest } from '../connector/load-manifest.ts';
import { ConnectorError } from '../error/connector-error.ts';
import type { Source } from '../error/place.ts';
import { readSnapshot } from '../manifest/snapshot.ts';
import { isObject, type JsonObject } from '../util/json/json.ts';
import type { CommandOptions, Environment } from './environment.ts';
import { readInputText } from './read-input.ts';

const manifestKey = '__injected_declarative_manifest';
const componentsKey = '__injected_components_py';

/** A manifest, and how to read the files that it refers to. */
export interface ChosenManifest {
  readonly manifest: Manifest;
  readonly readFile: (path: string) => Promise<string | undefined>;
}

/**
 * The manifest that a command runs on: that of `--manifest-path`, otherwise the one inside the config, otherwise the
 * bundled one.
 */
export async function chooseManifest(
  options: CommandOptions,
  config: JsonObject | undefined,
  environment: Environment,
): Promise<ChosenManifest> {
  const fromCommandLine = await environment.loadHooks(options.hooks ?? []);
  if (options.componentsPath !== undefined) {
    throw new ConnectorError(
      `${options.componentsPath} was not loaded: this engine does not run Python components. Write them as hooks and load their module with --hooks FILE.`,
      { kind: 'config_error' },
    );
  }
  const injected = options.manifestPath === undefined ? config?.[manifestKey] : undefined;
  if (injected !== undefined) {
    refusePythonComponents(config, fromCommandLine.length > 0);
    if (typeof injected !== 'string' && !isObject(injected)) {
      throw new ConnectorError(
        `"${manifestKey}" in the config must be a manifest: an object, or its YAML text.`,
        { kind: 'config_error' },
      );
    }
    const source =
      typeof injected === 'string'
        ? { name: `<config>.${manifestKey}`, text: injected }
        : { name: `<config>.${manifestKey}` };
    return {
      manifest: await load(source, { value: injected, hooks: fromCommandLine }, environment),
      // It came from somebody else: nothing on this machine is its own.
      readFile: fileReader([], environment.bundledSchema),
    };
  }
  const path = options.manifestPath ?? environment.bundledManifest;
  const text = await readInputText(path, 'manifest');
  const source = { name: displayName(path), text };
  // It was checked with the hooks that come with it, and with no others.
  const snapshot = fromCommandLine.length === 0 ? await environment.bundledSnapshot?.(path) : undefined;
  const tree = snapshot && readSnapshot(snapshot, source);
  return {
    manifest: tree
      ? await loadChecked(tree, environment.bundledHooks)
      : await load(source, { hooks: fromCommandLine }, environment),
    readFile: fileReader([dirname(path)], environment.bundledSchema),
  };
}

/** The parser of YAML is loaded only when there is some to parse. */
async function load(source: Source, options: LoadOptions, { bundledHooks }: Environment): Promise<Manifest> {
  const { loadWithHooks } = await import('../connector/load-with-hooks.ts');
  return loadWithHooks(source, options, bundledHooks);
}

/**
 * Code is never loaded because a config says so. What Python components do there is the job of hooks here, and those
 * are named on the command line.
 */
function refusePythonComponents(config: JsonObject | undefined, hasHooks: boolean): void {
  if (config?.[componentsKey] === undefined || hasHooks) return;
  throw new ConnectorError(
    `The config carries Python components ("${componentsKey}"), which this engine does not run. Write them as hooks and load their module with --hooks FILE, or remove the field.`,
    { kind: 'config_error' },
  );
}

function displayName(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith('..') || isAbsolute(near) ? path : near;
}
