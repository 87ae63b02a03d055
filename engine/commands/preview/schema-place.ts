import { existsSync } from 'node:fs';
import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { ConnectorError } from '../../error/connector-error.ts';
import { replaceFile } from '../replace-file.ts';

/**
 * Where the schema file of a manifest is, or belongs: beside the manifest, where it is looked for first; for manifests that
 * come with the package, beside their folder. Throws ConnectorError for a path that leads out of there.
 */
export async function schemaPlace(
  name: string,
  manifest: string,
  bundledManifest: string | undefined,
): Promise<string> {
  const own = dirname(resolve(manifest));
  const isBundled = bundledManifest !== undefined && dirname(resolve(bundledManifest)) === own;
  const beside = resolve(own, name);
  const folder = isBundled && !existsSync(beside) ? dirname(own) : own;
  const place = resolve(folder, name);
  // A link on the way may lead anywhere.
  const [real, above] = await Promise.all([realpath(folder), realpath(nearest(dirname(place)))]);
  if (place.startsWith(folder + sep) && `${above}${sep}`.startsWith(real + sep)) return place;
  throw new ConnectorError(
    `The schema file "${name}" is not in the folder of the manifest, ${own}, so nothing was written.`,
    { kind: 'config_error' },
  );
}

/** Writes a file with the folders that it needs. */
export async function putFile(path: string, text: string): Promise<void> {
  if (existsSync(path)) return replaceFile(path, text);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text, { flag: 'wx' });
}

/** The folder itself, or the nearest one above it that is there. */
function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(join(folder, '..'));
}
