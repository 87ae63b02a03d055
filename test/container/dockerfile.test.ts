import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';

const lines = readFileSync('Dockerfile', 'utf8').split('\n');
const built = lines.slice(
  0,
  lines.findLastIndex((line) => line.startsWith('FROM ')),
);
const given = built
  .filter((line) => line.startsWith('COPY '))
  .flatMap((line) => line.split(' ').slice(1, -1));
const steps = built.filter((line) => line.startsWith('RUN ')).map((line) => line.slice('RUN '.length));
const kept = readFileSync('.dockerignore', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('!'))
  .map((line) => line.slice(1));

let folder: string;
let config: string;

/** The last step of the build, with nothing but what is copied before it. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'manifold-image-'));
  for (const file of given) cpSync(file, join(folder, file), { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  const [command = '', ...args] = steps.at(-1)?.split(' ') ?? [];
  execFileSync(command === 'node' ? process.execPath : command, args, { cwd: folder });
  config = join(folder, 'config.json');
  writeFileSync(config, JSON.stringify({ access_token: 'none', start_date: '2024-01-01T00:00:00Z' }));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A start as in the image: what it prints, and the files whose code ran. */
function start(...args: readonly string[]): { readonly printed: string; readonly files: readonly string[] } {
  const covered = mkdtempSync(join(folder, 'covered-'));
  const { stdout } = spawnSync(
    process.execPath,
    ['--max-semi-space-size=4', join(folder, 'dist/bin/manifold.js'), ...args],
    { encoding: 'utf8', maxBuffer: 1e8, env: { ...process.env, NODE_V8_COVERAGE: covered } },
  );
  const urls = readdirSync(covered).flatMap((file): string[] =>
    JSON.parse(readFileSync(join(covered, file), 'utf8')).result.map(({ url }: { url: string }) => url),
  );
  return { printed: stdout, files: urls.map((url) => basename(url)) };
}

test('what the image is built from is given to its build', () => {
  expect(given).toContain('engine');
  expect(given.filter((file) => !kept.includes(file))).toEqual([]);
});

test('code is kept for the commands that run a connector', () => {
  const commands = readdirSync(join(folder, 'dist/compiled')).map((file) => file.replace(/-\d+\.bin$/, ''));
  expect(commands.sort()).toEqual(['check', 'discover', 'main.cjs', 'read', 'sync', 'sync.cjs']);
});

test('the program is the same as one script and as modules', () => {
  const discover = () => start('discover', '--config', config);
  const plan = (...more: readonly string[]) =>
    start('sync', '--config', config, '--dry-run', '--to', join(folder, 'none'), ...more);
  const script = discover();
  expect(JSON.parse(script.printed).catalog.streams.length).toBeGreaterThan(50);
  expect(script.files).toContain('main.cjs');
  const planned = plan();
  expect(planned.printed.split('\n').length).toBeGreaterThan(50);
  expect(planned.files).toContain('sync.cjs');
  // Hooks are modules, and use what modules have loaded.
  writeFileSync(
    join(folder, 'hooks.mjs'),
    `import { defineHook } from 'manifold-connectors';
     export const none = defineHook('transformation', { name: 'None', make: () => ({ transform: (record) => record }) });`,
  );
  const hooked = plan('--hooks', join(folder, 'hooks.mjs'));
  expect(hooked.files).not.toContain('sync.cjs');
  expect(hooked.printed).toBe(planned.printed);

  // Code of which a part is missing is not used.
  for (const file of readdirSync(join(folder, 'dist/compiled')))
    if (file.endsWith('.bin')) truncateSync(join(folder, 'dist/compiled', file), 1000);
  const broken = discover();
  expect(broken.files).not.toContain('main.cjs');
  expect(broken.printed).toBe(script.printed);
  expect(plan().files).not.toContain('sync.cjs');

  rmSync(join(folder, 'dist/compiled'), { recursive: true });
  expect(discover().printed).toBe(script.printed);
  expect(plan().printed).toBe(planned.printed);
});
