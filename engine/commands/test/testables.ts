import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ConnectorError } from '../../error/connector-error.ts';
import { isConnectorFolder, manifestOfFolder } from './connector-folder.ts';
import { isManifestText, readText } from './manifest-text.ts';

/** Something that can be tested: a manifest, with what lies beside it. */
export interface Testable {
  /** As it was named, or found. */
  readonly name: string;
  /** The path of the manifest; of a test file, the one that it names. */
  readonly manifest: string | undefined;
  readonly testFile: string | undefined;
  /** A folder in Airbyte's layout of a connector. */
  readonly folder?: string | undefined;
}

/**
 * What paths stand for: a manifest and its test file, by the name of either, the folder of a connector, or all of these
 * below a folder, a test file of a manifest elsewhere among them. Throws ConnectorError (config_error) for a folder without any.
 */
export async function findTestables(paths: readonly string[]): Promise<readonly Testable[]> {
  const found: Testable[] = [];
  for (const path of paths) {
    const kind = await stat(path).catch(() => undefined);
    if (kind === undefined)
      throw new ConnectorError(`There is no "${path}" to test.`, { kind: 'config_error' });
    found.push(...(kind.isDirectory() ? await inFolder(path) : [ofFile(path)]));
  }
  return distinct(found);
}

/** A manifest and the test file beside it stand for the same, and so may a folder and a file in it. */
function distinct(testables: readonly Testable[]): readonly Testable[] {
  const known = new Set<string>();
  return testables.filter(({ name, manifest, testFile }) => {
    const path = resolve(testFile ?? manifest ?? name);
    return !known.has(path) && known.add(path);
  });
}

const testName = /\.test\.ya?ml$/;

function ofFile(path: string): Testable {
  if (testName.test(path)) return { name: path, manifest: undefined, testFile: path };
  const testFile = ['.test.yaml', '.test.yml']
    .map((end) => path.replace(/\.(?:ya?ml|json)$/, end))
    .find(existsSync);
  return { name: path, manifest: path, testFile };
}

async function inFolder(folder: string): Promise<readonly Testable[]> {
  if (isConnectorFolder(folder)) {
    const manifest = manifestOfFolder(folder);
    return [{ name: folder, manifest, testFile: manifest && ofFile(manifest).testFile, folder }];
  }
  const found: Testable[] = [];
  const alone: string[] = [];
  const entries = (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await inFolder(path).catch(nothing)));
    else if (testName.test(entry.name)) alone.push(path);
    else if (/\.(?:ya?ml|json)$/.test(entry.name)) {
      if (isManifestText(await readText(path))) found.push(ofFile(path));
    }
  }
  const beside = new Set(found.map(({ testFile }) => testFile));
  for (const path of alone)
    if (!beside.has(path) && isTestText(await readText(path))) found.push(ofFile(path));
  if (found.length > 0) return found;
  throw new ConnectorError(`There is no manifest in the folder ${folder}.`, { kind: 'config_error' });
}

/** Other tools have files of such names, too. */
function isTestText(text: string): boolean {
  return /^(?:manifest|tests):/m.test(text);
}

function nothing(error: unknown): readonly Testable[] {
  if (error instanceof ConnectorError) return [];
  throw error;
}
