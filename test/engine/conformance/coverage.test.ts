import { lcovParser as readLcov } from '@friedemannsommer/lcov-parser';
import { collectCoverage } from '../../../engine/conformance/coverage/collector.ts';
import { createSubject } from '../../../engine/conformance/create-subject.ts';
import { reportLcov } from '../../../engine/conformance/report-lcov.ts';
import { readTestFile } from '../../../engine/conformance/test-file/read-test-file.ts';
import { runTest } from '../../../engine/conformance/test-file/run-test.ts';
import { loadManifest } from '../../../engine/connector/load-manifest.ts';
import { contacts } from './test-file/harness.ts';

async function coverageOf(tests: string) {
  const subject = createSubject({
    file: 'x.yaml',
    manifest: loadManifest({ name: 'x.yaml', text: contacts }),
    config: { token: 'very-secret-token' },
  });
  const { fields, node } = readTestFile({
    name: 'x.test.yaml',
    text: `now: 2026-03-01T00:00:00Z\ntests:\n${tests}`,
  });
  const coverage = collectCoverage(subject);
  if (fields === undefined || node === undefined) throw new Error('The test file has mistakes.');
  for (const [index, test] of (fields.tests ?? []).entries())
    await runTest(test, index, { subject, file: fields, node, coverage });
  return coverage.result();
}

const onePage = `
  - name: one page
    stream: contacts
    http: [{ on: POST /contacts/search, json: { data: [] } }]`;
const twoPages = `
  - name: two pages, from a state, after a wait
    stream: contacts
    state: { updated_at: "1772300000" }
    http:
      - { on: POST /contacts/search, status: 429, headers: { x-reset: "1772323210" } }
      - { on: POST /contacts/search, json: { data: [{ id: a }], next: p2 } }
      - { on: POST /contacts/search?after=p2, json: { data: [] } }`;

const missing = (points: Awaited<ReturnType<typeof coverageOf>>['points']) =>
  points.filter(({ hits }) => hits === 0).map(({ choice, way }) => `${choice}: ${way}`);

describe('coverage of outcomes', () => {
  it('counts what a test has led to, of what the manifest leaves open', async () => {
    expect(missing((await coverageOf(onePage)).points)).toEqual([
      'backoff: waited',
      'paginator: page 2',
      'condition at 0: false',
      'state: present',
    ]);
    expect(missing((await coverageOf(onePage + twoPages)).points)).toEqual([]);
  });

  it('is written line by line for tools that read LCOV', async () => {
    const coverage = await coverageOf(onePage);
    const report = {
      file: 'x.yaml',
      testFile: undefined,
      problems: [],
      remarks: [],
      checks: [],
      tests: [],
      coverage,
      took: 0,
    };
    const lcov = reportLcov([report]);
    expect(lcov).toContain('SF:x.yaml\n');
    expect(lcov).toMatch(/^BRF:7\nBRH:3$/m);
    expect(lcov.endsWith('end_of_record\n')).toBe(true);
    const [section, ...others] = await readLcov({ from: lcov });
    expect(others).toEqual([]);
    expect(section?.path).toBe('x.yaml');
    // A reader finds as many lines and ways as are said, each at its line.
    const { lines, branches } = section ?? {};
    expect(branches).toMatchObject({ instrumented: coverage.points.length, hit: 3 });
    expect(branches?.details).toHaveLength(coverage.points.length);
    expect(lines).toMatchObject({
      instrumented: lines?.details.length,
      hit: lines?.details.filter(({ hit }) => hit > 0).length,
    });
    const known = new Set(lines?.details.map(({ line }) => line));
    expect(branches?.details.filter(({ line }) => !known.has(line))).toEqual([]);
  });
});
