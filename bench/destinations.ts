import { rmSync } from 'node:fs';
import { findDuckDb } from '../engine/destinations/duckdb/driver.ts';
import { type Bench, median, readOnce } from './measure.ts';
import { megabytes, perSecond, type Report, ratio } from './report.ts';
import { type Cost, type Engine, runProcess } from './run-process.ts';
import { type BenchConfig, workloads } from './workloads.ts';

const name = 'contacts, search, pages of 150';

/** `sync` into each kind of place beside `read`, which only prints the same records. They take turns. */
export async function benchDestinations(bench: Bench, report: Report): Promise<void> {
  const [engine] = bench.engines;
  const workload = workloads.find((one) => one.name === name);
  if (engine === undefined || workload === undefined) return;
  const places = [
    ...((await findDuckDb()) === undefined ? [] : [bench.file('x', {}).replace(/x$/, 'bench.duckdb')]),
    bench.file('x', {}).replace(/x$/, 'folder'),
  ];
  const count = bench.records;
  const config: BenchConfig = {
    base_url: `http://127.0.0.1:${bench.port}/of/${count}/after/0`,
    workload: workload.floor ?? 'pages',
    concurrency: workload.concurrency ?? 1,
  };
  const inputs = [
    ...['--config', bench.file('destinations-config.json', config)],
    ...['--manifest-path', bench.file('destinations.json', workload.manifest)],
  ];
  const reads: Cost[] = [];
  const syncs = places.map((): Cost[] => []);
  for (let run = 0; run < bench.runs; run += 1) {
    reads.push(await readOnce(bench, engine, workload, count));
    for (const [index, place] of places.entries()) syncs[index]?.push(await syncOnce(engine, place, inputs));
  }
  const wall = (costs: readonly Cost[]) => median(costs.map((cost) => cost.wall));
  const cpu = (costs: readonly Cost[]) => median(costs.map((cost) => cost.cpu));
  const peak = (costs: readonly Cost[]) => megabytes(median(costs.map((cost) => cost.peak)));
  report.table(`destinations: ${name}`, ['records', 'time of read', 'CPU of read', 'peak']);
  report.row('read', [perSecond(count / wall(reads)), ratio(1), ratio(1), peak(reads)], { costs: reads });
  for (const [index, costs] of syncs.entries()) {
    const kind = places[index]?.endsWith('.duckdb') === true ? 'DuckDB' : 'JSON lines';
    report.row(
      kind,
      [
        perSecond(count / wall(costs)),
        ratio(wall(costs) / wall(reads)),
        ratio(cpu(costs) / cpu(reads)),
        peak(costs),
      ],
      {
        costs,
      },
    );
  }
}

async function syncOnce(engine: Engine, place: string, inputs: readonly string[]): Promise<Cost> {
  rmSync(place, { recursive: true, force: true });
  const cost = await runProcess(engine, ['sync', ...inputs, '--to', place]);
  if (cost.exitCode !== 0) throw new Error(`sync --to ${place} ended with ${cost.exitCode}: ${cost.said}`);
  return cost;
}
