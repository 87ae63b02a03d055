// Replays recordings of the Python runtime at the corners of the language and compares with the committed list of
// what differs on purpose: reason → case → the facets in which it differs. Whatever else differs is a failure.
//   node test/corners/run.mjs FOLDER [--update]     --update takes over the facets of listed cases, drops those that agree
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');
const folder = resolve(process.argv[2] ?? '');
const listPath = join(here, 'differences.json');
const out = join(root, 'out');
mkdirSync(out, { recursive: true });
/** Most of a case is waiting: for the API's answers, and between tries. */
const jobs = 4 * availableParallelism();

/** Starts a process that runs the commands of many cases; resolves to its port and how to end it. */
async function startHost() {
  const child = spawn(process.execPath, [join(root, 'dist/test/corners/host.js')], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, TZ: 'UTC' },
  });
  for await (const line of createInterface({ input: child.stdout }))
    return { port: Number(line), end: () => child.stdin.end() };
  throw new Error('The host of the cases has ended.');
}

/** Replays the cases and resolves to the facets in which each differs, by case. */
function replay(name, ids, { port }) {
  const report = join(out, `corners-${name}.json`);
  const pattern = ids.map((id) => id.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  const engine = `"${join(here, 'client.sh')}" ${port}`;
  const args = ['--engine', engine, '--quiet', '--json', report, '--match', `^(${pattern})$`];
  return new Promise((done, fail) => {
    const program = join(folder, 'run.mjs');
    const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
    child.on('close', (code) => {
      if (code !== 0 && code !== 1)
        return fail(new Error(`the replay of ${name} ended with exit code ${code}`));
      const cases = Object.entries(JSON.parse(readFileSync(report, 'utf8')));
      done(cases.map(([id, { bad }]) => [id, bad]));
    });
  });
}

const ids = readdirSync(folder, { withFileTypes: true })
  .filter((area) => area.isDirectory() && area.name !== 'harness')
  .flatMap(({ name }) => readdirSync(join(folder, name)).map((item) => `${name}/${item}`))
  .filter((id) => existsSync(join(folder, id, 'manifest.yaml')));

// Neighbours take about as long as each other, so they are dealt out like cards.
const hosts = await Promise.all(Array.from({ length: availableParallelism() }, startHost));
const hands = Array.from({ length: jobs }, (_, hand) => ids.filter((_id, index) => index % jobs === hand));
const replayed = await Promise.all(
  hands.map((hand, index) => replay(index, hand, hosts[index % hosts.length])),
);
const now = new Map(replayed.flat());

const list = JSON.parse(readFileSync(listPath, 'utf8'));
const listed = new Map(Object.values(list).flatMap((cases) => Object.entries(cases)));
const unlisted = () =>
  [...now].flatMap(([id, facets]) => {
    const more = facets.filter((facet) => !(listed.get(id) ?? []).includes(facet));
    return more.length === 0 ? [] : [{ id, more }];
  });

// A busy machine can make a case run into its time limit, so what differs is asked once more, alone.
const again = unlisted().map(({ id }) => id);
if (again.length > 0) for (const [id, facets] of await replay('again', again, hosts[0])) now.set(id, facets);
for (const host of hosts) host.end();

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
