import { fileURLToPath } from 'node:url';
import { type Bench, median } from './measure.ts';
import { milliseconds, type Report, ratio } from './report.ts';
import { nodeEngine, runProcess } from './run-process.ts';

/** What `manifold test` costs an author, beside a Node that does nothing and beside `validate` of the same manifest. */
export async function benchConformance({ runs }: Bench, report: Report) {
  // dist/bench/conformance.js
  const bin = fileURLToPath(new URL('../bin/manifold.js', import.meta.url));
  const manifest = 'manifests/intercom.yaml';
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['node -e 0', ['-e', '0']],
    ['manifold test --list', [bin, 'test', '--list']],
    ['manifold validate, Intercom', [bin, 'validate', manifest]],
    [
      'manifold test, one check',
      [bin, 'test', manifest, '--checks', 'spec-types', '--grep', 'nothing of this name'],
    ],
    ['manifold test, all checks', [bin, 'test', manifest, '--grep', 'nothing of this name']],
    ['manifold test, all tests', [bin, 'test', manifest, '--no-checks']],
    ['manifold test, Intercom', [bin, 'test', manifest]],
  ];
  report.table('conformance', ['wall', 'cpu', 'of node -e 0', 'of validate']);
  const costs: { readonly wall: number; readonly cpu: number }[] = [];
  for (const [name, args] of cases) {
    const engine = nodeEngine(name, args);
    const each = [];
    for (let run = 0; run < Math.min(runs, 3); run += 1) each.push(await runProcess(engine, []));
    costs.push({ wall: median(each.map(({ wall }) => wall)), cpu: median(each.map(({ cpu }) => cpu)) });
  }
  const [nothing, , validate] = costs;
  for (const [index, [name]] of cases.entries()) {
    const cost = costs[index];
    if (cost === undefined || nothing === undefined || validate === undefined) continue;
    const { wall, cpu } = cost;
    const ratios = [ratio(cpu / nothing.cpu), ratio(cpu / validate.cpu)];
    report.row(name, [milliseconds(wall), milliseconds(cpu), ...ratios], cost);
  }
}
