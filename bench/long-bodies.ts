import { type Bench, readOnce } from './measure.ts';
import { csvRow, jsonLine } from './records.ts';
import { megabytes, perSecond, type Report } from './report.ts';
import { longBodies } from './workloads.ts';

/** Answers that are far larger than the memory that may be used for them: once each, since they take long enough. */
export async function benchLongBodies(bench: Bench, report: Report) {
  const [engine, floor] = bench.engines;
  if (engine === undefined || floor === undefined) return;
  report.table('long bodies', ['records', 'MB a second', 'peak', 'floor', 'peak']);
  for (const workload of longBodies) {
    const size = bench.isQuick ? workload.megabytes / 20 : workload.megabytes;
    const count = Math.ceil((size * 1e6) / (workload.name === 'CSV' ? csvRow : jsonLine) / 1000) * 1000;
    const own = await readOnce(bench, engine, workload, count);
    const bare = workload.floor === undefined ? undefined : await readOnce(bench, floor, workload, count);
    const cells = [
      perSecond(count / own.wall),
      (size / own.wall).toFixed(0),
      megabytes(own.peak),
      ...(bare === undefined ? [] : [(size / bare.wall).toFixed(0), megabytes(bare.peak)]),
    ];
    report.row(`${workload.name}, ${size} MB`, cells, { count, engine: own, floor: bare });
  }
}
