// Bundles every entry point with shared chunks, so that a command loads only the modules it runs.
//
//   node build.mjs [--production] [--types] [--compiled] [--outdir FOLDER]
//
// --production leaves out what only this repository needs, --types adds the declarations of the library, --compiled what V8
// makes of the program, for starts with the Node (and the flags) that the build runs with.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { writeSbom } from './sbom.mjs';

const shared = {
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  outbase: '.',
  sourcemap: false,
  logLevel: 'warning',
  // Of these the first is installed by those who want it, and the second is not used.
  external: ['@duckdb/node-api', 'pg-native'],
  chunkNames: 'chunks/[name]-[hash]',
  // Its entry for CommonJS hides what it requires and what it exports.
  alias: { 'jsonc-parser': resolve('node_modules/jsonc-parser/lib/esm/main.js') },
  // CommonJS packages inside an ES module bundle still call require() for Node's own modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
};

// Of undici the engine uses the agents, over HTTP/1.1. Its index also loads fetch, WebSocket, mocks, caches and Node's
// HTTP/2, which together take longer to load than all of the engine.
const undiciAgents = {
  name: 'undici-agents',
  setup(esbuild) {
    esbuild.onLoad({ filter: /node_modules[\\/]undici[\\/]index\.js$/ }, () => ({
      contents: `
        Object.assign(require('./lib/dispatcher/dispatcher').prototype, require('./lib/api'));
        exports.Agent = require('./lib/dispatcher/agent');
        exports.ProxyAgent = require('./lib/dispatcher/proxy-agent');
        exports.buildConnector = require('./lib/core/connect');`,
    }));
    esbuild.onLoad({ filter: /node_modules[\\/]undici[\\/]lib[\\/]dispatcher[\\/]client-h2\.js$/ }, () => ({
      contents: `module.exports = () => { throw new Error('HTTP/2 is not spoken here.'); };`,
    }));
  },
};

// Of zod's messages in many languages one is enough.
const englishOnly = {
  name: 'english-only',
  setup(esbuild) {
    esbuild.onLoad({ filter: /node_modules[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: `export { default as en } from './en.js';`,
    }));
  },
};

/** The connectors that have hooks: a folder for each. */
const connectors = () =>
  readdirSync('manifests', { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

// All hooks of a connector are one module, since a start loads them all.
const hookModules = {
  name: 'hook-modules',
  setup(esbuild) {
    esbuild.onResolve({ filter: /^hooks-of:/ }, ({ path }) => ({
      path: path.slice('hooks-of:'.length),
      namespace: 'hooks-of',
    }));
    esbuild.onLoad({ filter: /.*/, namespace: 'hooks-of' }, ({ path: connector }) => ({
      contents: readdirSync(`manifests/${connector}`)
        .filter((file) => file.endsWith('.ts'))
        .map((file) => `export * from './manifests/${connector}/${file}';`)
        .join('\n'),
      resolveDir: process.cwd(),
    }));
  },
};

/** The file of the engine that exports a name of the public face, by that name. */
function publicNames() {
  const face = readFileSync('engine/index.ts', 'utf8');
  const names = new Map();
  for (const [, list, file] of face.matchAll(/^export (?:type )?\{([^}]*)\} from '([^']+)'/gm)) {
    for (const item of list.split(',')) {
      const [own, name = own] = item
        .trim()
        .replace(/^type /, '')
        .split(' as ');
      names.set(name, { own, file: resolve('engine', file) });
    }
  }
  return names;
}

// A hook imports the public face, which leads to all of the engine: the bundler would load every chunk of it, the parser
// of YAML and the validation among them, for two functions. So each name is imported from where it is.
const directImports = {
  name: 'direct-imports',
  setup(esbuild) {
    const names = publicNames();
    const imported = /import (type )?\{([^}]*)\} from 'manifold-connectors';/g;
    esbuild.onLoad({ filter: /[\\/]manifests[\\/].*\.ts$/ }, ({ path }) => ({
      loader: 'ts',
      contents: readFileSync(path, 'utf8').replace(imported, (whole, isType, list) => {
        const values = list.split(',').map((item) => item.trim());
        const needed = values.filter((item) => item !== '' && !item.startsWith('type '));
        if (isType || needed.length === 0 || !needed.every((item) => names.has(item.split(' as ')[0])))
          return whole;
        const lines = needed.map((item) => {
          const [name, local = name] = item.split(' as ');
          const { own, file } = names.get(name);
          return `import { ${own} as ${local} } from ${JSON.stringify(file)};`;
        });
        return lines.join(' ');
      }),
    }));
  },
};

const development = () =>
  [
    'test/intercom-api/start.ts',
    'test/intercom-api/serve.ts',
    'test/intercom-api/studio.ts',
    'test/endurance/run.ts',
    'test/kills/run.ts',
    'test/vectors/run.ts',
    'test/corners/host.ts',
    'test/schema/write.ts',
    'test/docs/write-checks.ts',
    'test/manifests/intercom/write-conformance-tests.ts',
    'test/manifests/intercom/write-stream-table.ts',
    'bench/floor.ts',
    'test/converge/run.ts',
    'test/fuzz/run.ts',
    'bench/intercom-cost.ts',
    'test/faults/write-fault-table.ts',
    'bench/run.ts',
    'bench/server.ts',
    'test/container/compare-reads.ts',
    'test/container/configure-catalog.ts',
    'test/container/expect-inside.ts',
    'test/container/last-state.ts',
    'test/container/sum-up.ts',
  ].filter((file) => existsSync(file));

/** The studio's page, for browsers. What it needs is part of it. */
async function buildStudio(outdir) {
  await build({
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    logLevel: 'warning',
    outdir,
    entryPoints: { main: 'studio/main.tsx' },
  });
  await cp('studio/icon.svg', join(outdir, 'icon.svg'));
}

// Programs as one script each. What V8 made of one is read whole at a start, so the few commands of a platform have one without
// the rest. "spec" has so little to load that it is faster without.
const scripts = [
  {
    name: 'main',
    commands: ['discover', 'check', 'read'],
    leavesOut: /\/(?:program|ask|load-hooks|sync\/sync)\.ts$/,
  },
  { name: 'sync', commands: ['sync'], leavesOut: /^\.\.\/engine\/commands\/(?!sync\/)|\/load-hooks\.ts$/ },
];

const outside = (those) => ({
  name: 'outside',
  setup(esbuild) {
    esbuild.onResolve({ filter: /\.ts$/ }, ({ path }) =>
      those.test(path) ? { path, external: true } : undefined,
    );
  },
});

/** Makes a script, and keeps what V8 makes of it, by which a start is spared loading and compiling modules. */
async function keepCompiled(outdir, { name, commands, leavesOut }) {
  const hooks = connectors().map((name) => `${JSON.stringify(name)}: () => import('hooks-of:${name}'),`);
  const script = join(outdir, 'compiled', `${name}.cjs`);
  await build({
    ...shared,
    format: 'cjs',
    splitting: false,
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    plugins: [outside(leavesOut), undiciAgents, hookModules, directImports],
    // A script cannot import modules.
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': '__url' },
    banner: { js: '(function (require, __url) { const module = { exports: {} };' },
    footer: { js: 'return module.exports; })' },
    outfile: script,
    stdin: {
      resolveDir: process.cwd(),
      contents: `
        import { main as run } from './bin/main.ts';
        export const main = (packageRoot) => run(packageRoot, { ${hooks.join(' ')} });`,
    },
  });
  for (const command of commands) {
    const args = [...process.execArgv, join(outdir, 'bin/keep-compiled.js'), dirname(script), command];
    // What they say is of interest when they fail.
    execFileSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  }
}

/** The package as it is published (`production`) or as this repository uses it, in `outdir`, which is made anew. */
export async function buildPackage({
  outdir = 'dist',
  production = false,
  types = false,
  compiled = false,
} = {}) {
  await rm(outdir, { recursive: true, force: true });
  await build({
    ...shared,
    outdir,
    plugins: [undiciAgents, hookModules, directImports],
    minifySyntax: true,
    minifyWhitespace: production,
    entryPoints: [
      ...[
        'bin/manifold.ts',
        'bin/serve-worker.ts',
        'bin/test-worker.ts',
        'bin/snapshot-manifests.ts',
        'bin/keep-compiled.ts',
        'engine/index.ts',
      ].map((file) => ({ in: file, out: file.replace(/\.ts$/, '') })),
      ...connectors().map((name) => ({ in: `hooks-of:${name}`, out: `manifests/${name}` })),
    ],
  });
  await build({
    ...shared,
    outdir,
    plugins: [englishOnly],
    splitting: false,
    minify: true,
    entryPoints: ['bin/zod.ts'],
  });
  await buildStudio(join(outdir, 'studio'));
  const { snapshotManifests } = await import(
    pathToFileURL(resolve(outdir, 'bin/snapshot-manifests.js')).href
  );
  await snapshotManifests(
    readdirSync('manifests')
      .filter((file) => /^[\w-]+\.yaml$/.test(file))
      .map((file) => `manifests/${file}`),
    resolve(outdir, 'manifests'),
  );
  if (compiled) for (const script of scripts) await keepCompiled(outdir, script);
  if (types) {
    const compiler = 'node_modules/typescript/bin/tsc';
    const project = ['-p', 'tsconfig.types.json', '--outDir', join(outdir, 'types')];
    execFileSync(process.execPath, [compiler, ...project], { stdio: 'inherit' });
  }
  if (production) await writeSbom(join(outdir, 'sbom.cdx.json'));
  if (production || development().length === 0) return;
  await build({
    ...shared,
    outdir,
    chunkNames: 'chunks/test-[name]-[hash]',
    packages: 'external',
    entryPoints: development(),
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      outdir: { type: 'string' },
      production: { type: 'boolean' },
      types: { type: 'boolean' },
      compiled: { type: 'boolean' },
    },
  });
  await buildPackage(values);
}
