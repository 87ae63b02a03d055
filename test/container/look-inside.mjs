/**
 * Mounted and loaded as a module of hooks (`manifold check --hooks`), so that any tool that runs an image can look into
 * it: says on stderr how large our part of the image is, and stops it with exit code 3 when that is not what it should be.
 */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const entry = process.argv[1] ?? '';
const root = resolve(dirname(entry), '../..');
const here = import.meta.dirname;
const expected = JSON.parse(readFileSync(join(here, 'expected.json'), 'utf8'));

const list = (folder) => (existsSync(join(root, folder)) ? readdirSync(join(root, folder)).sort() : []);
const onPath = (program) =>
  (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, program)));
function isWritable(path) {
  try {
    writeFileSync(path, '');
    return true;
  } catch {
    return false;
  }
}

const facts = {
  node: Number(process.versions.node.split('.')[0]),
  entrypoint: process.env.AIRBYTE_ENTRYPOINT,
  isRoot: process.getuid?.() === 0,
  writesItsOwnFiles: isWritable(join(root, 'written')),
  writesMountedFiles: isWritable(join(here, 'written')),
  folders: list('.'),
  manifests: list('manifests'),
  hooks: list('dist/manifests'),
  schemas: list('schemas/intercom'),
  tools: ['npm', 'npx', 'yarn', 'corepack', 'gcc', 'make', 'python3', 'git'].filter(onPath),
};

const bytes = readdirSync(root, { recursive: true }).reduce(
  (sum, path) => sum + statSync(join(root, path)).size,
  0,
);
process.stderr.write(`size: ${(bytes / 1e6).toFixed(1)} MB on top of Node's image\n`);

let differences = 0;
for (const [name, value] of Object.entries(facts)) {
  const wanted = expected[name];
  if (JSON.stringify(value) === JSON.stringify(wanted)) continue;
  differences += 1;
  process.stderr.write(`  ${name} is ${JSON.stringify(value)}, not ${JSON.stringify(wanted)}\n`);
}
if (differences > 0) process.exit(3);

// The library is in the image too; a module of hooks has to bring one.
const { defineHook } = await import(join(root, 'dist/engine/index.js'));
export const Nothing = defineHook('BackoffStrategy', {
  name: 'Nothing',
  fields: () => ({}),
  make: () => ({ backoff: () => undefined }),
});
