import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { test as testCommand } from '../../../engine/commands/test/test.ts';
import { createExcuses, type ExcuseTable } from '../../../engine/conformance/mutants/excuses.ts';
import { findMutants } from '../../../engine/conformance/mutants/find-mutants.ts';
import type { TestFields } from '../../../engine/conformance/test-file/fields.ts';
import { packageFiles } from '../../../engine/connector/package-files.ts';
import { parseManifest } from '../../../engine/manifest/parse.ts';
import { componentTree } from '../../../engine/validate/visit.ts';
import { testEnvironment } from '../../kit/environment.ts';
import { connectIntercom, hooks, intercomManifest } from './sync-intercom.ts';

const name = 'manifests/intercom.yaml';
const file = parse(readFileSync('manifests/intercom.test.yaml', 'utf8')) as {
  readonly tests: readonly TestFields[];
  readonly mutants: ExcuseTable;
};

function testsOf(stream: string): readonly TestFields[] {
  return file.tests.filter((test) => test.stream === stream);
}

describe('manifests/intercom.test.yaml', () => {
  it('passes with all built-in checks, and takes nearly every way through the manifest', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'manifold-intercom-'));
    try {
      const json = join(folder, 'report.json');
      const { schema: bundledSchema, hasSchema: hasBundledSchema } = packageFiles(process.cwd());
      const bundledHooks = async () => hooks;
      const environment = testEnvironment({ bundledHooks, bundledSchema, hasBundledSchema });
      // A change in 300 is tried as well: all of them take a quarter of an hour.
      const options = { workers: '1', cache: false, strict: true, mutate: true, shard: '1/300', json };
      const code = await testCommand([name], options, environment);
      // What is wrong is told before what was counted.
      expect(environment.written()).toMatch(/^manifests\/intercom\.yaml /);
      expect(code).toBe(0);
      const [report] = JSON.parse(readFileSync(json, 'utf8')).subjects;
      expect(report.coverage.taken / report.coverage.ways).toBeGreaterThanOrEqual(0.95);
      expect(report.tests).toHaveLength(file.tests.length);
      expect(report.mutants).toMatchObject({ survived: 0, notRun: 0 });
      expect(report.mutants.noticed).toBeGreaterThan(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('reads each stream whole, from a state, after a 429 and without the plan for it', async () => {
    const connector = await connectIntercom({ access_token: 'x', start_date: '2024-01-01T00:00:00Z' });
    const streams = await connector.streams();
    await connector.close();
    const answersOf = ({ http = [] }: TestFields) => http.map(({ status, reply }) => reply?.status ?? status);
    const kinds: Readonly<Record<string, (test: TestFields) => boolean>> = {
      whole: ({ expect: expected }) => expected?.primary_key !== undefined || expected?.exact === true,
      'from a state': ({ state }) => state !== undefined,
      'after a 429': (test) => answersOf(test).includes(429),
      'without the plan': (test) => answersOf(test).includes(403),
    };
    const missing = streams.flatMap(({ name: stream, cursorField }) =>
      Object.entries(kinds)
        .filter(
          ([kind, is]) => (kind !== 'from a state' || cursorField !== undefined) && !testsOf(stream).some(is),
        )
        .map(([kind]) => `${stream} ${kind}`),
    );
    expect(missing).toEqual([]);
  });

  it('excuses only changes that there are', async () => {
    const { root, registry } = await intercomManifest();
    const { node } = parseManifest({ name, text: readFileSync(name, 'utf8') });
    if (node === undefined) throw new Error('The manifest cannot be parsed.');
    const mutants = findMutants(node, componentTree(root, 'Source', registry));
    const excuses = createExcuses(file.mutants);
    const used = new Set(mutants.map((mutant) => excuses.for(mutant)));
    expect(excuses.all.filter((excuse) => !used.has(excuse))).toEqual([]);
  });
});
