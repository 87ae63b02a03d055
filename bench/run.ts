/** Prints how fast the engine is. See README.md in this folder. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Cost, type Engine, nodeEngine, pythonEngine, runProcess } from './run-process.ts';
import { benchTemplates } from './template.ts';
import { catalog, type Workload, workloads } from './workloads.ts';

// dist/bench/run.js
const dist = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const records = Number(process.env['BENCH_RECORDS'] ?? 100_000);
const runs = Number(process.env['BENCH_RUNS'] ?? 7);
const python = process.env['CDK_PYTHON'];

const node = nodeEngine('node -e 0', ['-e', '0']);
const manifold = nodeEngine('manifold', [join(dist, 'bin/manifold.js')]);
const cdk = python === undefined ? undefined : pythonEngine(python);

const folder = mkdtempSync(join(tmpdir(), 'manifold-bench-'));

function file(name: string, content: object): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

function print(...cells: readonly string[]): void {
  const [first = '', ...rest] = cells;
  process.stdout.write(`${first.padEnd(42)}${rest.map((cell) => cell.padStart(15)).join('')}\n`);
}

const milliseconds = (seconds: number) => `${(seconds * 1000).toFixed(0)} ms`;
const megabytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MB`;
const times = (ratio: number) => `${ratio.toFixed(1)} x`;
const perSecond = (rate: number) => `${Math.round(rate).toLocaleString('en')}/s`;

function median(costs: readonly Cost[], figure: 'wall' | 'cpu' | 'peak'): number {
  const sorted = costs.map((cost) => cost[figure]).sort((a, b) => a - b);
  return sorted[sorted.length >> 1] as number;
}

async function startup(port: number): Promise<void> {
  const config = file('start.json', {
    base_url: `http://127.0.0.1:${port}`,
    records: 1,
    access_token: 'none',
    start_date: '2024-01-01T00:00:00Z',
  });
  const small = [
    '--config',
    config,
    '--manifest-path',
    file('start-manifest.json', (workloads[0] as Workload).manifest),
  ];
  const list = file('catalog.json', catalog);
  const commands: readonly (readonly [string, readonly Engine[], readonly string[]])[] = [
    ['node -e 0', [node], []],
    ['spec', [manifold], ['spec']],
    ['discover, Intercom', [manifold], ['discover', '--config', config]],
    ['check, Intercom', [manifold], ['check', '--config', config]],
    ['spec, one stream', cdk ? [manifold, cdk] : [manifold], ['spec', ...small.slice(2)]],
    ['check, one stream', cdk ? [manifold, cdk] : [manifold], ['check', ...small]],
    ['read, one stream', cdk ? [manifold, cdk] : [manifold], ['read', ...small, '--catalog', list]],
  ];
  print('startup', 'wall', 'cpu', 'of node -e 0', 'peak', cdk ? 'CDK wall' : '', cdk ? 'CDK takes' : '');
  let base: number | undefined;
  for (const [name, engines, args] of commands) {
    const costs = engines.map((): Cost[] => []);
    // In turn, so that a machine that slows down slows all of them.
    for (let run = 0; run < runs; run++) {
      for (const [index, engine] of engines.entries()) costs[index]?.push(await runProcess(engine, args));
    }
    const [own = [], other] = costs;
    const wall = median(own, 'wall');
    base ??= wall;
    const cells = [
      milliseconds(wall),
      milliseconds(median(own, 'cpu')),
      times(wall / base),
      megabytes(median(own, 'peak')),
    ];
    if (other !== undefined)
      cells.push(milliseconds(median(other, 'wall')), times(median(other, 'wall') / wall));
    print(name, ...cells);
  }
}

interface Rate {
  readonly wall: number;
  readonly cpu: number;
  readonly peaks: readonly [small: number, large: number];
}

async function rate(
  engine: Engine,
  { name, manifest, share }: Workload,
  port: number,
  total: number,
): Promise<Rate> {
  const slug = name.replaceAll(/\W+/g, '-');
  const manifestPath = file(`${slug}.json`, manifest);
  const read = (count: number) =>
    runProcess(engine, [
      'read',
      '--config',
      file(`${slug}-config.json`, { base_url: `http://127.0.0.1:${port}`, records: count }),
      '--manifest-path',
      manifestPath,
      '--catalog',
      file('catalog.json', catalog),
    ]);
  const many = total * share;
  const few = many / 10;
  const small = await read(few);
  const large = await read(many);
  if (large.lines < many)
    print(`  ${engine.name} wrote ${large.lines} lines only, exit code ${large.exitCode}`);
  return {
    wall: (many - few) / (large.wall - small.wall),
    cpu: (many - few) / (large.cpu - small.cpu),
    peaks: [small.peak, large.peak],
  };
}

async function throughput(port: number): Promise<void> {
  print(
    'throughput',
    'records',
    'per CPU second',
    'peak',
    'peak, 10 x',
    cdk ? 'CDK' : '',
    cdk ? 'CDK, CPU' : '',
    cdk ? 'faster' : '',
    cdk ? 'less CPU' : '',
  );
  for (const workload of workloads) {
    const own = await rate(manifold, workload, port, records);
    const cells = [perSecond(own.wall), perSecond(own.cpu), ...own.peaks.map(megabytes)];
    if (cdk !== undefined) {
      const other = await rate(cdk, workload, port, records / 2);
      cells.push(
        perSecond(other.wall),
        perSecond(other.cpu),
        times(own.wall / other.wall),
        times(own.cpu / other.cpu),
      );
    }
    print(workload.name, ...cells);
  }
}

const parts = process.argv.slice(2);
const isWanted = (part: string) => parts.length === 0 || parts.includes(part);

const server = spawn(process.execPath, [join(dist, 'bench/server.js')], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
try {
  const [told] = await once(server.stdout, 'data');
  const port = Number(String(told));
  if (isWanted('startup')) await startup(port);
  if (isWanted('throughput')) await throughput(port);
  if (isWanted('template')) benchTemplates();
} finally {
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}
