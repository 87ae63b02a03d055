import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Bench, median, readOnce } from './measure.ts';
import { plot } from './plot.ts';
import { megabytes, milliseconds, type Report, ratio } from './report.ts';
import type { Cost } from './run-process.ts';
import { severalStreams, type Workload, workloads } from './workloads.ts';

const doublings = [1, 2, 4, 8, 16];

/** What is read, and how many records of it. */
type Sized = (bench: Bench, times: number) => readonly [workload: Workload, count: number];

/** What grows, and the workload in which nothing else does. */
const grown: readonly (readonly [what: string, sized: Sized])[] = [
  ['records', ofWorkload('small records, pages of 500')],
  ['pages', ofWorkload('contacts, search, pages of 150')],
  ['partitions', ofWorkload('partitions with a state each')],
  ['streams', ofStreams],
];

function ofWorkload(name: string): Sized {
  const workload = workloads.find((each) => each.name === name) as Workload;
  return ({ records }, times) => [workload, Math.ceil((records * workload.share * times) / 16 / 100) * 100];
}

/** A hundred in the end, each with as many records as the others. */
function ofStreams({ records }: Bench, times: number): readonly [workload: Workload, count: number] {
  const streams = Math.ceil((100 * times) / 16);
  return [severalStreams(streams), streams * Math.ceil(records / 100)];
}

/** The picture that README shows. */
const picture = 'docs/growth.svg';

/** Reads twice as much again and again: time and CPU should double too, memory should stay. */
export async function benchGrowth(bench: Bench, report: Report) {
  const [engine] = bench.engines;
  if (engine === undefined) return;
  const series: { readonly name: string; readonly points: readonly (readonly [number, number])[] }[] = [];
  for (const [what, sized] of grown) {
    report.table(`growth of ${what}`, ['wall', 'cpu', 'cpu grows', 'peak']);
    const points: [number, number][] = [];
    for (const times of doublings) {
      const [workload, count] = sized(bench, times);
      const costs: Cost[] = [];
      for (let run = 0; run < bench.runs; run++) costs.push(await readOnce(bench, engine, workload, count));
      const of = (figure: 'wall' | 'cpu' | 'peak') => median(costs.map((cost) => cost[figure]));
      const before = points.at(-1)?.[1];
      points.push([count, of('cpu')]);
      const growth = before === undefined ? '' : ratio(of('cpu') / before);
      const cells = [milliseconds(of('wall')), milliseconds(of('cpu')), growth, megabytes(of('peak'))];
      report.row(nameOf(workload, count), cells, { wall: of('wall'), cpu: of('cpu'), peak: of('peak') });
    }
    series.push({ name: what, points: points.map(([x, y]) => [x / (points.at(-1)?.[0] ?? 1), y]) });
  }
  mkdirSync(dirname(picture), { recursive: true });
  writeFileSync(picture, plot({ series, x: 'share of the largest read', y: 'seconds of CPU' }));
}

function nameOf({ streams }: Workload, count: number): string {
  const records = `${count.toLocaleString('en')} records`;
  return streams === undefined ? records : `${streams.length} streams, ${records}`;
}
