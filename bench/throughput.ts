import { type Bench, rates } from './measure.ts';
import { partsPerConversation, searchSize } from './records.ts';
import { megabytes, microseconds, milliseconds, perSecond, type Report, ratio } from './report.ts';
import { slowWorkloads, type Workload, workloads } from './workloads.ts';

/** Records per second beside those of the bare loop, and of whatever else it is held against. */
export async function benchThroughput(bench: Bench, report: Report, names: (name: string) => boolean) {
  await benchWorkloads(
    bench,
    report,
    'throughput',
    workloads.filter(({ name }) => names(name)),
  );
}

/** The same where answers take their time, and what counts is that as many are awaited at once as are allowed. */
export async function benchLatency(bench: Bench, report: Report) {
  await benchWorkloads(bench, report, 'latency', slowWorkloads);
}

async function benchWorkloads(bench: Bench, report: Report, title: string, chosen: readonly Workload[]) {
  const [engine, floor, ...others] = bench.engines;
  if (engine === undefined || floor === undefined) return;
  const columns = ['records', 'of the floor', 'CPU a record', 'of the floor', 'peak', 'floor'];
  const isSlow = chosen.some(({ latency }) => latency !== undefined);
  const limits = isSlow ? ['held', 'of the limit', 'floor'] : [];
  report.table(title, [...columns, ...limits, ...others.flatMap(({ name }) => [name, 'faster', 'less CPU'])]);
  for (const workload of chosen) {
    const engines = workload.floor === undefined ? [engine, ...others] : [engine, floor, ...others];
    await heldBy(bench);
    const [own, ...rest] = await rates(bench, workload, engines);
    const held = await heldBy(bench);
    if (own === undefined) continue;
    const bare = workload.floor === undefined ? undefined : rest.shift();
    const limit = limitOf(workload, held);
    const cells = [
      perSecond(own.wall),
      bare === undefined ? '' : ratio(own.wall / bare.wall),
      microseconds(1 / own.cpu),
      bare === undefined ? '' : ratio(bare.cpu / own.cpu),
      megabytes(own.peak),
      bare === undefined ? '' : megabytes(bare.peak),
      ...(limit === undefined
        ? []
        : [milliseconds(held / 1000), ratio(own.wall / limit), bare ? ratio(bare.wall / limit) : '']),
      ...rest.flatMap((other) => [
        perSecond(other.wall),
        ratio(own.wall / other.wall),
        ratio(own.cpu / other.cpu),
      ]),
    ];
    report.row(workload.name, cells, {
      engine: own,
      floor: bare,
      others: rest,
      ...(limit !== undefined && { held, limit }),
    });
  }
}

/** A request for the parts of each conversation, and one for each page of conversations. */
const recordsPerRequest = partsPerConversation / (1 + 1 / searchSize);

/**
 * Records per second where as many requests are under way as may be, all of the time. How long the server holds one is
 * measured there: its timers are late, and with many requests at once it is late itself, which no client can make up for.
 */
function limitOf({ latency, concurrency = 1 }: Workload, held: number): number | undefined {
  return latency === undefined ? undefined : (recordsPerRequest * concurrency * 1000) / held;
}

/** Milliseconds for which the server held a request on average, since this was last asked. */
async function heldBy({ port }: Bench): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${port}/held`);
  const { requests, milliseconds } = (await answer.json()) as Record<'requests' | 'milliseconds', number>;
  return milliseconds / requests;
}
