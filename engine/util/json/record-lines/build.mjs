// Compiles scanner.as.ts into scanner-binary.ts. AssemblyScript is fetched for it, so that `npm ci` does not wait for it:
//
//   npm run scanner
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'scanner-'));
const binary = join(folder, 'scanner.wasm');
const options = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--initialMemory', '2'];
try {
  execFileSync(
    'npx',
    [
      '--yes',
      '--package=assemblyscript@0.28.20',
      'asc',
      join(here, 'scanner.as.ts'),
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
  writeFileSync(
    join(here, 'scanner-binary.ts'),
    `// Made from scanner.as.ts by build.mjs.\n\n/** A WebAssembly module, in base64. */\nexport const scannerBinary: readonly string[] = [\n${lines.join('')}];\n`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
