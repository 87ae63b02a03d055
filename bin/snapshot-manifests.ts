/** Run by the build: parses the bundled manifests, so that no start has to. */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseManifest } from '../engine/manifest/parse.ts';
import { takeSnapshot } from '../engine/manifest/snapshot.ts';

/** Writes a JSON file to `folder` for each manifest that can be kept as one. */
export function snapshotManifests(files: readonly string[], folder: string): void {
  for (const file of files) {
    const { node } = parseManifest({ name: file, text: readFileSync(file, 'utf8') });
    const snapshot = node && takeSnapshot(node);
    if (snapshot === undefined) continue;
    writeFileSync(`${folder}/${basename(file).replace(/\.ya?ml$/, '')}.json`, JSON.stringify(snapshot));
  }
}
