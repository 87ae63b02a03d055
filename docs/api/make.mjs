// Makes reference.md of the types and their comments: `npm run docs:api`. TypeDoc is fetched when it is needed, so that
// `npm ci` does not wait for it; it reads TypeScript 5, which it brings along.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const packages = ['typedoc@0.28', 'typedoc-plugin-markdown@4', 'typescript@5.9'];
const target = resolve('docs/api/reference.md');
const folder = mkdtempSync(join(tmpdir(), 'manifold-api-'));
try {
  execFileSync('npm', ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', ...packages], {
    stdio: 'inherit',
  });
  const modules = join(folder, 'node_modules');
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: resolve('tsconfig.json'),
      compilerOptions: { types: ['node'], typeRoots: [resolve('node_modules/@types')] },
      include: [resolve('docs/api/library.ts')],
    }),
  );
  const options = {
    plugin: join(modules, 'typedoc-plugin-markdown/dist/index.js'),
    tsconfig: join(folder, 'tsconfig.json'),
    entryPoints: 'docs/api/library.ts',
    out: join(folder, 'out'),
    readme: 'none',
    // The project's own compiler has checked them, and is of another version.
    skipErrorChecking: true,
    name: 'manifold-connectors',
    outputFileStrategy: 'modules',
    entryFileName: 'reference',
    logLevel: 'Error',
  };
  const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const switches = ['--excludeExternals', '--disableSources', '--hidePageHeader', '--hideBreadcrumbs'];
  execFileSync(process.execPath, [join(modules, 'typedoc/bin/typedoc'), ...flags, ...switches], {
    stdio: 'inherit',
  });
  writeFileSync(target, readFileSync(join(folder, 'out/reference.md'), 'utf8'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
