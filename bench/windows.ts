import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import { type Bench, readOnce } from './measure.ts';
import { partsPerConversation } from './records.ts';
import type { Report } from './report.ts';
import { type CallWindow, windowWorkloads } from './workloads.ts';

interface Counted {
  readonly taken: number;
  readonly refused: number;
}

/** How much of what an API allows is used, and how often it has to refuse. Once each: the windows set the time. */
export async function benchWindows(bench: Bench, report: Report) {
  const [engine] = bench.engines;
  if (engine === undefined) return;
  report.table('rate windows', ['requests', 'windows', 'used', 'refused', 'seconds']);
  for (const workload of windowWorkloads) {
    const window = workload.window as CallWindow;
    await windowsOf(bench);
    const requests = window.limit * (bench.isQuick ? 1.5 : 3.5);
    const { wall } = await readOnce(bench, engine, workload, Math.ceil(requests) * partsPerConversation);
    const all = await windowsOf(bench);
    // The first may begin late and the last ends early.
    const whole = all.slice(0, -1);
    const used = whole.reduce((sum, { taken }) => sum + taken, 0) / (whole.length * window.limit);
    const sum = (of: keyof Counted) => all.reduce((total, each) => total + each[of], 0);
    const cells = [
      String(sum('taken')),
      String(all.length),
      `${(100 * used).toFixed(0)} %`,
      String(sum('refused')),
      wall.toFixed(1),
    ];
    report.row(workload.name, cells, { wall, windows: all });
  }
}

/** What the server counted since it was asked last. */
async function windowsOf({ port }: Bench): Promise<readonly Counted[]> {
  return new Promise((resolve, reject) => {
    request(`http://127.0.0.1:${port}/windows`, (response) => {
      json(response).then((all) => resolve(all as readonly Counted[]), reject);
    })
      .on('error', reject)
      .end();
  });
}
