import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Bench, median } from './measure.ts';
import { milliseconds, type Report, ratio } from './report.ts';
import { nodeEngine, runProcess } from './run-process.ts';

const nothing = 'nothing of this name';

/** One stream and no test: what is left is the start. */
const tiny = {
  version: '7.0.0',
  type: 'DeclarativeSource',
  check: { type: 'CheckStream', stream_names: ['items'] },
  streams: [
    {
      type: 'DeclarativeStream',
      name: 'items',
      primary_key: 'id',
      retriever: {
        type: 'SimpleRetriever',
        requester: { type: 'HttpRequester', url: 'https://api.test/items' },
        record_selector: { type: 'RecordSelector', extractor: { type: 'DpathExtractor', field_path: [] } },
      },
      schema_loader: {
        type: 'InlineSchemaLoader',
        schema: { type: 'object', properties: { id: { type: 'string' } } },
      },
    },
  ],
  spec: { type: 'Spec', connection_specification: { type: 'object', properties: {} } },
};

type Case = readonly [name: string, args: readonly string[], before?: () => void];

/** The Intercom manifest with its tests in a folder, and how a stream of it changes as while somebody works on it. */
function copyThatChanges(folder: string) {
  const path = join(folder, 'intercom.yaml');
  cpSync('manifests/intercom.yaml', path);
  cpSync('manifests/intercom.test.yaml', join(folder, 'intercom.test.yaml'));
  const text = readFileSync(path, 'utf8');
  let changes = 0;
  const change = () => writeFileSync(path, text.replace(/^ {4}brands:$/m, `    brands: # ${++changes}`));
  return { path, change };
}

/**
 * What `manifold test` costs, beside a Node that does nothing and beside `validate`: the Intercom connector, the start, and a
 * folder of manifests where one is given.
 */
export async function benchConformance({ runs, file, manifests }: Bench, report: Report) {
  // dist/bench/conformance.js
  const bin = fileURLToPath(new URL('../bin/manifold.js', import.meta.url));
  const manifest = 'manifests/intercom.yaml';
  const test = [bin, 'test', manifest, '--no-cache'];
  const folderTest = [bin, 'test', manifests ?? '', '--no-cache'];
  // What was kept before this says nothing of it.
  const folder = dirname(file('tiny.json', tiny));
  process.env['XDG_CACHE_HOME'] = join(folder, 'cache');
  const changing = copyThatChanges(folder);
  const kept = [bin, 'test', manifest];
  const ofChanged = [bin, 'test', changing.path];
  for (const args of [kept, ofChanged]) await runProcess(nodeEngine('test, to be kept', args), []);
  await table('conformance', [
    ['node -e 0', ['-e', '0']],
    ['validate, Intercom', [bin, 'validate', manifest]],
    ['test --list', [bin, 'test', '--list']],
    ['test, cold start (a tiny manifest)', [bin, 'test', join(folder, 'tiny.json'), '--no-cache']],
    ['test, one check', [...test, '--checks', 'spec-types', '--grep', nothing]],
    ['test, all checks', [...test, '--grep', nothing]],
    ['test, all tests', [...test, '--no-checks']],
    ['test, Intercom, one thread', [...test, '--workers', '1']],
    ['test, Intercom', test],
    ['test, Intercom, nothing changed', kept],
    ['test, Intercom, one stream changed', ofChanged, changing.change],
  ]);
  if (manifests === undefined) return;
  await table(`conformance of ${manifests}`, [
    ['node -e 0', ['-e', '0']],
    ['validate', [bin, 'validate', manifests]],
    ['test, one thread', [...folderTest, '--workers', '1']],
    ['test', folderTest],
  ]);

  /** The first is what does nothing, the second `validate`. All take turns, so that a machine that slows down slows all of them. */
  async function table(title: string, cases: readonly Case[]) {
    const costs = cases.map((): { readonly wall: number; readonly cpu: number }[] => []);
    for (let run = 0; run < Math.min(runs, 5); run++)
      for (const [index, [name, args, before]] of cases.entries()) {
        before?.();
        costs[index]?.push(await runProcess(nodeEngine(name, args), []));
      }
    const of = (index: number, figure: 'wall' | 'cpu') =>
      median((costs[index] ?? []).map((cost) => cost[figure]));
    report.table(title, ['wall', 'of node -e 0', 'of validate', 'cpu', 'of node -e 0', 'of validate']);
    for (const [index, [name]] of cases.entries()) {
      const cells = (['wall', 'cpu'] as const).flatMap((figure) => [
        milliseconds(of(index, figure)),
        ...[0, 1].map((beside) => ratio(of(index, figure) / of(beside, figure))),
      ]);
      report.row(name, cells, { wall: of(index, 'wall'), cpu: of(index, 'cpu') });
    }
  }
}
