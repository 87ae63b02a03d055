import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cost, type Engine, runProcess } from './run-process.ts';
import { type BenchConfig, catalogOf, type Workload } from './workloads.ts';

/** What runs, on which server, how often. */
export interface Bench {
  readonly port: number;
  readonly records: number;
  readonly runs: number;
  /** Everything once and small: to see that it runs, not how fast. */
  readonly isQuick: boolean;
  /** The engine, then the bare loop, then whatever else it is held against. */
  readonly engines: readonly Engine[];
  /** A folder of manifests to be tested, where one is named. */
  readonly manifests?: string | undefined;
  readonly file: (name: string, content: object) => string;
}

export interface Rate {
  /** Records per second. */
  readonly wall: number;
  /** Records per second of CPU. */
  readonly cpu: number;
  /** Bytes. */
  readonly peak: number;
}

/** A folder for the inputs of a bench, and what removes it. */
export function createFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'manifold-bench-'));
  return {
    file(name: string, content: object): string {
      const path = join(folder, name);
      writeFileSync(path, JSON.stringify(content));
      return path;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** Reads `count` records. Throws when fewer lines come out, since a rate of something else would be no rate. */
export async function readOnce(
  { port, file }: Bench,
  engine: Engine,
  { name, manifest, floor, concurrency = 1, latency = 0, window, streams = ['contacts'] }: Workload,
  count: number,
): Promise<Cost> {
  const slug = name.replaceAll(/\W+/g, '-');
  const within = window === undefined ? '' : `/within/${window.limit}/${window.seconds}`;
  const config: BenchConfig = {
    base_url: `http://127.0.0.1:${port}/of/${count / streams.length}/after/${latency}${within}`,
    workload: floor ?? 'pages',
    concurrency,
  };
  const cost = await runProcess(engine, [
    'read',
    '--config',
    file(`${slug}-config.json`, config),
    '--manifest-path',
    file(`${slug}.json`, manifest),
    '--catalog',
    file(`${slug}-catalog.json`, catalogOf(streams)),
  ]);
  if (cost.lines < count) {
    throw new Error(
      `${engine.name} wrote ${cost.lines} of ${count} lines of "${name}", exit code ${cost.exitCode}: ${cost.said}`,
    );
  }
  return cost;
}

/**
 * Records per second of each engine, start-up taken out by the difference of two sizes. The engines take turns, so that a
 * machine that slows down slows all of them; medians of the runs.
 */
export async function rates(
  bench: Bench,
  workload: Workload,
  engines: readonly Engine[],
): Promise<readonly Rate[]> {
  const many = Math.ceil((bench.records * workload.share) / 1000) * 1000;
  const few = many / 10;
  const costs = engines.map(() => ({ small: [] as Cost[], large: [] as Cost[] }));
  for (let run = 0; run < bench.runs; run++) {
    for (const [index, engine] of engines.entries()) {
      costs[index]?.small.push(await readOnce(bench, engine, workload, few));
      costs[index]?.large.push(await readOnce(bench, engine, workload, many));
    }
  }
  return costs.map(({ small, large }) => {
    const of = (all: readonly Cost[], figure: 'wall' | 'cpu' | 'peak') =>
      median(all.map((cost) => cost[figure]));
    return {
      wall: (many - few) / (of(large, 'wall') - of(small, 'wall')),
      cpu: (many - few) / (of(large, 'cpu') - of(small, 'cpu')),
      peak: of(large, 'peak'),
    };
  });
}
