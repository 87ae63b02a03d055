/** Run by the build: parses and checks the bundled manifests, so that no start has to. */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { loadWithHooks } from '../engine/connector/load-with-hooks.ts';
import { builtHooks } from '../engine/connector/package-files.ts';
import { parseManifest } from '../engine/manifest/parse.ts';
import { takeSnapshot } from '../engine/manifest/snapshot.ts';
import { validateManifest } from '../engine/validate/validate-manifest.ts';

/**
 * Writes a JSON file to `folder`, where the hooks are, for each manifest in which nothing is wrong, and that can be kept as one. Whatever is
 * wrong with another is told when it is used.
 */
export async function snapshotManifests(files: readonly string[], folder: string): Promise<void> {
  for (const file of files) {
    const source = { name: file, text: readFileSync(file, 'utf8') };
    const manifest = await loadWithHooks(source, {}, (connector) => builtHooks(folder, connector));
    if (validateManifest(manifest).length > 0) continue;
    const { node } = parseManifest(source);
    const snapshot = node && takeSnapshot({ root: node, classNames: manifest.classNames });
    if (snapshot === undefined) continue;
    writeFileSync(`${folder}/${basename(file).replace(/\.ya?ml$/, '')}.json`, JSON.stringify(snapshot));
  }
}
