import { type Bench, median } from './measure.ts';
import { megabytes, milliseconds, type Report, ratio } from './report.ts';
import { type Cost, type Engine, nodeEngine, runProcess } from './run-process.ts';
import { catalog, workloads } from './workloads.ts';

/** Whole processes, from start to end, beside a Node that does nothing. */
export async function benchStartup({ port, runs, file, engines }: Bench, report: Report) {
  const [own, , ...others] = engines;
  const single = workloads.find(({ floor }) => floor === 'pages');
  if (own === undefined || single === undefined) return;
  const config = file('start.json', {
    base_url: `http://127.0.0.1:${port}/of/1/after/0`,
    workload: 'pages',
    concurrency: 1,
    access_token: 'none',
    start_date: '2024-01-01T00:00:00Z',
  });
  const small = ['--config', config, '--manifest-path', file('start-manifest.json', single.manifest)];
  const list = ['--catalog', file('catalog.json', catalog)];
  const nothing = nodeEngine('node -e 0', ['-e', '0']);
  const all = [own, ...others];
  const commands: readonly (readonly [string, readonly Engine[], readonly string[]])[] = [
    ['node -e 0', [nothing], []],
    ['spec', [own], ['spec']],
    ['discover, Intercom', [own], ['discover', '--config', config]],
    ['check, Intercom', [own], ['check', '--config', config]],
    ['spec, one stream', all, ['spec', ...small.slice(2)]],
    ['check, one stream', all, ['check', ...small]],
    ['read, one stream', all, ['read', ...small, ...list]],
  ];
  report.table('startup', [
    'wall',
    'of node -e 0',
    'cpu',
    'of node -e 0',
    'peak',
    ...others.map(({ name }) => name),
  ]);
  const costs = commands.map(([, each]) => each.map((): Cost[] => []));
  // In turn, so that a machine that slows down slows all of them.
  for (let run = 0; run < runs; run++) {
    for (const [at, [, each, args]] of commands.entries()) {
      for (const [index, engine] of each.entries()) costs[at]?.[index]?.push(await runProcess(engine, args));
    }
  }
  const of = (all: readonly Cost[] = [], figure: 'wall' | 'cpu' | 'peak' = 'wall') =>
    median(all.map((cost) => cost[figure]));
  const idle = costs[0]?.[0];
  for (const [at, [name]] of commands.entries()) {
    const [mine, ...rest] = costs[at] ?? [];
    const cells = [
      milliseconds(of(mine)),
      ratio(of(mine) / of(idle)),
      milliseconds(of(mine, 'cpu')),
      ratio(of(mine, 'cpu') / of(idle, 'cpu')),
      megabytes(of(mine, 'peak')),
      ...rest.map((other) => milliseconds(of(other))),
    ];
    report.row(name, cells, { wall: of(mine), cpu: of(mine, 'cpu'), peak: of(mine, 'peak') });
  }
}
