// Compiles each NAME.as.ts into NAME-binary.ts beside it. AssemblyScript is fetched for it, so that `npm ci` does not wait
// for it:
//
//   npm run wasm
//
// `npm run wasm -- --check` says whether the bytes were made from the sources as they are now, and fetches nothing: they say
// the digest of their sources.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const engine = join(dirname(fileURLToPath(import.meta.url)), '../..');
const sources = ['util/json/record-lines/scanner.as.ts', 'destinations/columns/line-kinds/line-kinds.as.ts'];

const options = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--initialMemory', '2'];
const compiler = 'assemblyscript@0.28.20';

/** A source and all that it imports, the compiler and its options. */
function digestOf(source) {
  const hash = createHash('sha256').update([compiler, ...options].join(' '));
  const seen = new Set();
  const add = (file) => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = readFileSync(file, 'utf8');
    hash.update(text);
    for (const [, imported] of text.matchAll(/ from '([^']+)'/g)) add(resolve(dirname(file), imported));
  };
  add(join(engine, source));
  return hash.digest('hex');
}

const binaryOf = (source) => join(engine, source.replace(/\.as\.ts$/, '-binary.ts'));

function compile(source, folder) {
  const name = basename(source, '.as.ts');
  const binary = join(folder, `${name}.wasm`);
  const files = [join(engine, source), '--outFile', binary];
  execFileSync('npx', ['--yes', `--package=${compiler}`, 'asc', ...files, ...options], { stdio: 'inherit' });
  const lines = readFileSync(binary)
    .toString('base64')
    .match(/.{1,100}/g)
    .map((line) => `  '${line}',\n`);
  const exported = `${name.replace(/-(.)/g, (_, letter) => letter.toUpperCase())}Binary`;
  writeFileSync(
    binaryOf(source),
    `// Made from ${name}.as.ts by engine/util/wasm/build.mjs.\n// ${digestOf(source)}\n\n/** A WebAssembly module, in base64. */\nexport const ${exported}: readonly string[] = [\n${lines.join('')}];\n`,
  );
}

if (process.argv.includes('--check')) {
  const old = sources.filter((source) => !readFileSync(binaryOf(source), 'utf8').includes(digestOf(source)));
  for (const source of old)
    process.stderr.write(`The bytes of ${source} are not those of its source: run "npm run wasm".\n`);
  if (old.length > 0) process.exitCode = 1;
} else {
  const folder = mkdtempSync(join(tmpdir(), 'wasm-'));
  try {
    for (const source of sources) compile(source, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
