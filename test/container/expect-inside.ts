/** `expect-inside`: what look-inside should find in the image, as JSON, from the files of this repository. */
import { readdirSync } from 'node:fs';

const files = (folder: string, ending: string): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .sort();

process.stdout.write(
  JSON.stringify({
    node: 24,
    entrypoint: 'node /airbyte/integration_code/dist/bin/manifold.js',
    isRoot: false,
    writesItsOwnFiles: false,
    writesMountedFiles: false,
    folders: ['LICENSE', 'dist', 'manifests', 'package.json', 'schemas'],
    manifests: files('manifests', '.yaml'),
    hooks: ['intercom.js', 'intercom.json'],
    schemas: files('schemas/intercom', '.json'),
    tools: [],
  }),
);
