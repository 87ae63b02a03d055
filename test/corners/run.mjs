// Replays recordings of the Python runtime at the corners of the language and compares with the committed list of
// what differs on purpose: reason → case → the facets in which it differs. Whatever else differs is a failure.
//   node test/corners/run.mjs FOLDER [--update]     --update takes over the facets of listed cases, drops those that agree
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');
const folder = resolve(process.argv[2] ?? '');
const listPath = join(here, 'differences.json');
const engine = `"${process.execPath}" "${join(root, 'dist/bin/manifold.js')}"`;
const out = join(root, 'out');
mkdirSync(out, { recursive: true });
const jobs = 3;

/** Replays the cases that `which` chooses and resolves to the facets in which each differs, by case. */
function replay(name, which) {
  const report = join(out, `corners-${name}.json`);
  const args = [join(folder, 'run.mjs'), '--engine', engine, '--quiet', '--json', report, ...which];
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
    child.on('close', (code) => {
      if (code !== 0 && code !== 1)
        return fail(new Error(`the replay of ${name} ended with exit code ${code}`));
      const cases = Object.entries(JSON.parse(readFileSync(report, 'utf8')));
      done(new Map(cases.map(([id, { bad }]) => [id, bad])));
    });
  });
}

const isArea = (entry) => entry.isDirectory() && entry.name !== 'harness';
const queue = readdirSync(folder, { withFileTypes: true })
  .filter(isArea)
  .map(({ name }) => ({ name, size: readdirSync(join(folder, name)).length }))
  .sort((a, b) => a.size - b.size);

// The largest areas begin first, so that no long one is left over for the end.
const now = new Map();
const work = async () => {
  for (let area = queue.pop(); area !== undefined; area = queue.pop())
    for (const [id, facets] of await replay(area.name, ['--area', area.name])) now.set(id, facets);
};
await Promise.all(Array.from({ length: jobs }, work));

const list = JSON.parse(readFileSync(listPath, 'utf8'));
const listed = new Map(Object.values(list).flatMap((cases) => Object.entries(cases)));
const unlisted = () =>
  [...now].flatMap(([id, facets]) => {
    const more = facets.filter((facet) => !(listed.get(id) ?? []).includes(facet));
    return more.length === 0 ? [] : [{ id, more }];
  });

// A busy machine can make a case run into its time limit, so what differs is asked once more, alone.
const again = unlisted().map(({ id }) => id.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
if (again.length > 0)
  for (const [id, facets] of await replay('again', ['--match', `^(${again.join('|')})$`]))
    now.set(id, facets);

const lost = unlisted();
const agreeing = [...listed.keys()].filter((id) => now.get(id)?.length === 0);
const gone = [...listed.keys()].filter((id) => !now.has(id));
for (const { id, more } of lost) console.log(`differs without a reason: ${id} ${more.join(' ')}`);
for (const id of agreeing) console.log(`agrees now, its line can go: ${id}`);
for (const id of gone) console.log(`is not among the recordings, its line can go: ${id}`);
if (process.argv.includes('--update')) writeFileSync(listPath, listText());
const passed = now.size - lost.length;
writeFileSync(join(out, 'corners.json'), JSON.stringify({ passed, failed: lost.length }));
console.log(
  `corners: ${passed} pass (${listed.size - agreeing.length - gone.length} of them differ for a listed reason), ${lost.length} do not`,
);
process.exitCode = lost.length === 0 ? 0 : 1;

/** A line for each case, so that a change of the list is readable. */
function listText() {
  const reasons = Object.entries(list).flatMap(([reason, cases]) => {
    const kept = Object.keys(cases)
      .filter((id) => (now.get(id) ?? []).length > 0)
      .sort()
      .map(
        (id) =>
          `    ${JSON.stringify(id)}: [${now
            .get(id)
            .map((facet) => JSON.stringify(facet))
            .join(', ')}]`,
      );
    return kept.length === 0 ? [] : [`  ${JSON.stringify(reason)}: {\n${kept.join(',\n')}\n  }`];
  });
  return `{\n${reasons.join(',\n')}\n}\n`;
}
