/** `npm start`: a first look at the engine, against the simulated Intercom or, with `--config`, against the real one. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { answers } from './answers.ts';
import { defaultAccessToken } from './intercom.ts';
import { liveOn } from './live-on.ts';
import { type IntercomApi, startIntercomApi } from './server.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

const given = readArguments();
/** With DuckDB installed, data that one can query; without it, files. The demo's never lie among those of a workspace. */
const to = given.to ?? given.out ?? (hasDuckDb() ? databaseOf(given.config) : folderOf(given.config));
const isDatabase = to.endsWith('.duckdb');

function databaseOf(config: string | undefined): string {
  return config === undefined ? 'out/intercom.duckdb' : 'out/workspace.duckdb';
}

function folderOf(config: string | undefined): string {
  return config === undefined ? 'out/demo' : 'out/intercom';
}

function readArguments() {
  try {
    return parseArgs({
      options: { config: { type: 'string' }, out: { type: 'string' }, to: { type: 'string' } },
    }).values;
  } catch (error) {
    process.stderr.write(
      `${(error as Error).message}. npm start takes --config FILE, and --to PLACE or --out FOLDER, after "--".\n`,
    );
    process.exit(1);
  }
}

function hasDuckDb(): boolean {
  return existsSync('node_modules/@duckdb/node-api');
}

// dist/test/intercom-api/start.js
const manifold = join(dirname(fileURLToPath(import.meta.url)), '../../bin/manifold.js');

/** Those that the manifest suggests: of the others each costs many requests. */
async function suggestedStreams(): Promise<readonly string[]> {
  const manifest = parse(await readFile(join(dirname(manifold), '../../manifests/intercom.yaml'), 'utf8'));
  return manifest.metadata.suggestedStreams.streams;
}

async function run(config: string): Promise<number> {
  const streams = await suggestedStreams();
  const argv = [manifold, 'sync', '--config', config, '--to', to, '--streams', streams.join(',')];
  const child = spawn(process.execPath, argv, { stdio: 'inherit' });
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  // Each time: this process serves the simulator until the sync has come to its end.
  process.on('SIGINT', forward);
  process.on('SIGTERM', forward);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal === null ? 1 : 130)));
  });
}

/** When the workspace was made, and when it was changed since: enough to make it again as it was. */
interface History {
  readonly born: number;
  readonly changed: readonly number[];
}

async function readHistory(path: string): Promise<History | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** The workspace of the last run, a little later in its life. */
function makeWorkspace(history: History): Workspace {
  let clock: number | undefined = history.born;
  const workspace = createWorkspace({ now: () => clock ?? Date.now() });
  history.changed.forEach((moment, index) => {
    clock = moment;
    liveOn(workspace, index + 1);
  });
  clock = undefined;
  return workspace;
}

async function showWhatCame(): Promise<void> {
  if (isDatabase) process.stdout.write(`\n${await answers(to)}`);
  else
    process.stdout.write(
      '\nWith DuckDB they come into a database that one can query: npm install @duckdb/node-api\n',
    );
  process.stdout.write(
    'Run it again: only what changed is read.\nYour own workspace: npm start -- --config my.json\n',
  );
}

async function simulate(): Promise<number> {
  const historyPath = isDatabase ? `${to}.simulator.json` : join(to, '.simulator.json');
  const known = await readHistory(historyPath);
  const now = Date.now();
  const history: History =
    known === undefined ? { born: now, changed: [] } : { born: known.born, changed: [...known.changed, now] };
  const api: IntercomApi = await startIntercomApi({ workspace: makeWorkspace(history), log: false });
  const folder = await mkdtemp(join(tmpdir(), 'manifold-start-'));
  try {
    // Where this cannot be written the records cannot either, and the sync says why.
    await mkdir(dirname(historyPath), { recursive: true })
      .then(() => writeFile(historyPath, JSON.stringify(history)))
      .catch(() => {});
    const config = join(folder, 'config.json');
    await writeFile(
      config,
      JSON.stringify({
        access_token: defaultAccessToken,
        start_date: '2020-01-01T00:00:00Z',
        base_url: api.url,
      }),
    );
    const life = known === undefined ? '' : '; since the last run its people went on working';
    process.stdout.write(`A simulated Intercom listens on ${api.url}${life}.\n\n`);
    const code = await run(config);
    if (code === 0) await showWhatCame();
    return code;
  } finally {
    await api.close();
    await rm(folder, { recursive: true, force: true });
  }
}

process.exitCode = given.config === undefined ? await simulate() : await run(given.config);
