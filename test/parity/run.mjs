// Compares the built engine with recorded behaviour of the Python runtime, and with the committed list of what passed
// before: what passed must go on passing.
//   node test/parity/run.mjs FOLDER [--update]     FOLDER holds cases/, peer/ and templates/
import { spawn } from 'node:child_process';
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

/** Runs a program to its end and resolves to what it printed; `isLoud` shows it as well. */
function run(args, isLoud) {
  return new Promise((done) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    const chunks = [];
    child.stdout.on('data', (chunk) => {
      chunks.push(chunk);
      if (isLoud) process.stdout.write(chunk);
    });
    child.on('close', () => done(Buffer.concat(chunks).toString()));
  });
}

/** The facets that pass, by case. */
async function runCases(names) {
  const report = join(out, 'parity-cases.json');
  const program = [join(folder, 'harness/compare.mjs'), '--cases', join(folder, 'cases'), '--engine', engine];
  const which = names === undefined ? ['--jobs', '2', '--quiet'] : ['--jobs', '1', '--only', names.join(',')];
  await run([...program, '--json', report, ...which], true);
  const results = Object.entries(JSON.parse(readFileSync(report, 'utf8')).cases);
  return Object.fromEntries(
    results.map(([name, facets]) => [
      name,
      Object.keys(facets)
        .filter((facet) => facets[facet] === true)
        .sort(),
    ]),
  );
}

/** The ids of the peer's cases that pass. */
async function runPeer(ids) {
  const report = join(out, 'parity-peer.json');
  const program = [join(folder, 'peer/harness/compare.mjs'), '--cases', join(folder, 'peer/e2e')];
  const which = ids === undefined ? ['--jobs', '2'] : ['--jobs', '1', '--only', ids.join(',')];
  await run([...program, '--engine', engine, '--out', report, ...which], true);
  const results = JSON.parse(readFileSync(report, 'utf8'));
  return results
    .filter((result) => result.pass)
    .map((result) => result.id)
    .sort();
}

/** How many vectors pass, by file. */
async function runVectors() {
  const files = readdirSync(join(folder, 'templates')).filter((file) => file.endsWith('.jsonl'));
  const paths = files.map((file) => join(folder, 'templates', file));
  const printed = await run([join(root, 'dist/test/vectors/run.js'), ...paths], true);
  const counts = [...printed.matchAll(/^\s*(?:\S*\/)?(\S+\.jsonl): (\d+)\/\d+/gm)];
  return Object.fromEntries(counts.map(([, file, passed]) => [file, Number(passed)]));
}

const known = JSON.parse(readFileSync(listPath, 'utf8'));
const now = { cases: {}, peer: [], vectors: {} };

const lostCases = () =>
  Object.entries(known.cases).flatMap(([name, facets]) => {
    const passing = now.cases[name];
    return passing === undefined
      ? []
      : facets.filter((facet) => !passing.includes(facet)).map((facet) => ({ name, facet }));
  });
const lostPeer = () => known.peer.filter((id) => !now.peer.includes(id));
const lostVectors = () =>
  Object.entries(known.vectors).filter(([file, passed]) => (now.vectors[file] ?? 0) < passed);

// A busy machine can make a case run into its time limit, so what is lost is asked once more, alone.
if (existsSync(join(folder, 'cases'))) {
  now.cases = await runCases();
  const again = [...new Set(lostCases().map(({ name }) => name))];
  if (again.length > 0) Object.assign(now.cases, await runCases(again));
}
if (existsSync(join(folder, 'peer/e2e'))) {
  now.peer = await runPeer();
  const again = lostPeer();
  if (again.length > 0) now.peer = [...new Set([...now.peer, ...(await runPeer(again))])].sort();
}
if (existsSync(join(folder, 'templates'))) now.vectors = await runVectors();

const lost = [
  ...lostCases().map(({ name, facet }) => `${name} ${facet}`),
  ...(existsSync(join(folder, 'peer/e2e')) ? lostPeer() : []),
  ...(existsSync(join(folder, 'templates'))
    ? lostVectors().map(([file, passed]) => `${file}: ${now.vectors[file] ?? 0} of ${passed}`)
    : []),
];
const passed =
  Object.values(now.cases).reduce((sum, facets) => sum + facets.length, 0) +
  now.peer.length +
  Object.values(now.vectors).reduce((sum, count) => sum + count, 0);

for (const what of lost) console.log(`no longer passes: ${what}`);
const isUpdate = process.argv.includes('--update');
if (isUpdate) writeFileSync(listPath, listText(now));
writeFileSync(join(out, 'parity.json'), JSON.stringify({ passed, failed: lost.length }));
console.log(`parity: ${passed} pass, ${lost.length} of those that passed before do not`);
process.exitCode = lost.length === 0 || isUpdate ? 0 : 1;

/** A line for each case, so that a change of the list is readable. */
function listText({ cases, peer, vectors }) {
  const lines = (entries) => entries.map((entry) => `  ${entry}`).join(',\n');
  const pairs = (object) =>
    lines(Object.entries(object).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`));
  return `{\n "cases": {\n${pairs(cases)}\n },\n "peer": [\n${lines(peer.map((id) => JSON.stringify(id)))}\n ],\n "vectors": {\n${pairs(vectors)}\n }\n}\n`;
}
