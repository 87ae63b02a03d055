import { type Bench, median, readOnce } from './measure.ts';
import { megabytes, type Report } from './report.ts';
import type { Engine } from './run-process.ts';
import { type Workload, workloads } from './workloads.ts';

/** Peaks of longer and longer reads: what is read must not be kept. */
export async function benchMemory(bench: Bench, report: Report) {
  const sizes = bench.isQuick ? [1_000, 10_000, 100_000] : [1_000, 100_000, 1_000_000];
  const [engine, floor] = bench.engines;
  if (engine === undefined || floor === undefined) return;
  const engines = [engine, asInImage(engine), floor];
  const contacts = workloads.find(({ floor }) => floor === 'contacts') as Workload;
  report.table(
    'memory, contacts',
    engines.map(({ name }) => name),
  );
  for (const size of sizes) {
    const peaks = engines.map((): number[] => []);
    // A million records say it all at once.
    for (let run = 0; run < (size === 1_000_000 ? 1 : bench.runs); run++) {
      for (const [index, engine] of engines.entries())
        peaks[index]?.push((await readOnce(bench, engine, contacts, size)).peak);
    }
    const medians = peaks.map(median);
    report.row(`${size.toLocaleString('en')} records`, medians.map(megabytes), { peaks: medians });
  }
}

/** With the flags that the container image starts Node with. */
function asInImage(engine: Engine): Engine {
  return {
    name: 'in the image',
    command(args) {
      const [node, ...rest] = engine.command(args);
      return [node, '--max-semi-space-size=4', ...rest];
    },
  };
}
