import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A folder in Airbyte's layout: a manifest, at its top or in `source_x/`, with the connector's metadata or tests. */
export function isConnectorFolder(folder: string): boolean {
  const has = (name: string) => existsSync(join(folder, name));
  return (
    (has('metadata.yaml') || has('acceptance-test-config.yml')) && manifestOfFolder(folder) !== undefined
  );
}

/** The path of its manifest; undefined when there is none. */
export function manifestOfFolder(folder: string): string | undefined {
  const packages = existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && /^(?:source|destination)_/.test(entry.name))
        .map(({ name }) => name)
    : [];
  return ['', ...packages].map((name) => join(folder, name, 'manifest.yaml')).find(existsSync);
}
