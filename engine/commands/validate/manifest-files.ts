import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ConnectorError } from '../../error/connector-error.ts';

/** A folder of others may hold more than manifests: workflows, schemas, tests. */
const isManifest =
  /^\s*["']?(?:streams|dynamic_streams)["']?\s*:|^\s*["']?type["']?\s*:\s*["']?DeclarativeSource\b/m;

/**
 * The manifests that paths stand for. A folder stands for all in it and below it, by name; files are taken as they are.
 * Throws ConnectorError (config_error) for a folder without any.
 */
export async function manifestFiles(paths: readonly string[]): Promise<readonly string[]> {
  const files: string[] = [];
  for (const path of paths) {
    const isFolder = path !== '-' && (await stat(path).catch(() => undefined))?.isDirectory() === true;
    files.push(...(isFolder ? await manifestsIn(path) : [path]));
  }
  return files;
}

async function manifestsIn(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    if (!/\.(?:yaml|yml|json)$/.test(name) || /(?:^|[/\\])(?:\.|node_modules[/\\])/.test(name)) continue;
    const path = join(folder, name);
    if (isManifest.test(await readFile(path, 'utf8'))) found.push(path);
  }
  if (found.length > 0) return found;
  throw new ConnectorError(`There is no manifest in the folder ${folder}.`, { kind: 'config_error' });
}
