// Compares the built engine with recorded behaviour of the Python runtime, and with the committed list of what passed
// before: what passed must go on passing.
//   node test/parity/run.mjs FOLDER [--update]     FOLDER holds cases/, peer/ and templates/
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');
const folder = resolve(process.argv[2] ?? '');
const listPath = join(here, 'passing.json');
const engine = `"${process.execPath}" "${join(root, 'dist/bin/manifold.js')}"`;
const out = join(root, 'out');
mkdirSync(out, { recursive: true });

const known = existsSync(listPath)
  ? JSON.parse(readFileSync(listPath, 'utf8'))
  : { cases: {}, peer: [], vectors: {} };
const now = { cases: {}, peer: [], vectors: {} };

function run(args) {
  return new Promise((done) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('close', done);
  });
}

if (existsSync(join(folder, 'cases'))) {
  const report = join(out, 'parity-cases.json');
  await run([
    join(folder, 'harness/compare.mjs'),
    '--cases',
    join(folder, 'cases'),
    '--engine',
    engine,
    '--jobs',
    '2',
    '--json',
    report,
    '--quiet',
  ]);
  for (const [name, result] of Object.entries(JSON.parse(readFileSync(report, 'utf8')).cases)) {
    now.cases[name] = Object.keys(result)
      .filter((facet) => result[facet] === true)
      .sort();
  }
}
if (existsSync(join(folder, 'peer/e2e'))) {
  const report = join(out, 'parity-peer.json');
  await run([
    join(folder, 'peer/harness/compare.mjs'),
    '--cases',
    join(folder, 'peer/e2e'),
    '--engine',
    engine,
    '--jobs',
    '2',
    '--out',
    report,
  ]);
  now.peer = JSON.parse(readFileSync(report, 'utf8'))
    .filter((result) => result.pass)
    .map((result) => result.id)
    .sort();
}
if (existsSync(join(folder, 'templates'))) {
  const files = readdirSync(join(folder, 'templates')).filter((file) => file.endsWith('.jsonl'));
  const { stdout } = spawnSync(
    process.execPath,
    [join(root, 'dist/test/vectors/run.js'), ...files.map((file) => join(folder, 'templates', file))],
    {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    },
  );
  process.stdout.write(stdout);
  for (const [, file, passed] of stdout.matchAll(/^\s*(?:\S*\/)?(\S+\.jsonl): (\d+)\/\d+/gm))
    now.vectors[file] = Number(passed);
}

const lost = [
  ...Object.entries(known.cases).flatMap(([name, facets]) =>
    name in now.cases
      ? facets.filter((facet) => !now.cases[name].includes(facet)).map((facet) => `${name} ${facet}`)
      : [],
  ),
  ...known.peer.filter((id) => !now.peer.includes(id)),
  ...Object.entries(known.vectors).flatMap(([file, passed]) =>
    (now.vectors[file] ?? 0) < passed ? [`${file}: ${now.vectors[file] ?? 0} of ${passed}`] : [],
  ),
];
const passed =
  Object.values(now.cases).reduce((sum, facets) => sum + facets.length, 0) +
  now.peer.length +
  Object.values(now.vectors).reduce((sum, count) => sum + count, 0);

for (const what of lost) console.log(`no longer passes: ${what}`);
if (process.argv.includes('--update')) writeFileSync(listPath, `${JSON.stringify(now, null, 1)}\n`);
writeFileSync(join(out, 'parity.json'), JSON.stringify({ passed, failed: lost.length }));
console.log(`parity: ${passed} pass, ${lost.length} of those that passed before do not`);
process.exitCode = lost.length === 0 || process.argv.includes('--update') ? 0 : 1;
