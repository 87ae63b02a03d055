// Compiles each NAME.as.ts into NAME-binary.ts beside it. AssemblyScript is fetched for it, so that `npm ci` does not wait
// for it:
//
//   npm run wasm
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const engine = join(dirname(fileURLToPath(import.meta.url)), '../..');
const sources = ['util/json/record-lines/scanner.as.ts', 'destinations/columns/line-kinds/line-kinds.as.ts'];

const folder = mkdtempSync(join(tmpdir(), 'wasm-'));
const options = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--initialMemory', '2'];
try {
  for (const source of sources) {
    const name = basename(source, '.as.ts');
    const binary = join(folder, `${name}.wasm`);
    execFileSync(
      'npx',
      [
        '--yes',
        '--package=assemblyscript@0.28.20',
        'asc',
        join(engine, source),
        ...options,
        '--outFile',
        binary,
      ],
      { stdio: 'inherit' },
    );
    const lines = readFileSync(binary)
      .toString('base64')
      .match(/.{1,100}/g)
      .map((line) => `  '${line}',\n`);
    const exported = `${name.replace(/-(.)/g, (_, letter) => letter.toUpperCase())}Binary`;
    writeFileSync(
      join(engine, dirname(source), `${name}-binary.ts`),
      `// Made from ${name}.as.ts by engine/util/wasm/build.mjs.\n\n/** A WebAssembly module, in base64. */\nexport const ${exported}: readonly string[] = [\n${lines.join('')}];\n`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
