import { type Check, defineCheck } from '../../../engine/conformance/check.ts';
import { createSubject } from '../../../engine/conformance/create-subject.ts';
import { type CheckResult, runChecks } from '../../../engine/conformance/run-checks.ts';
import { specifiedChecks } from '../../../engine/conformance/specified-checks.ts';
import { toldOnce } from '../../../engine/conformance/told-once.ts';
import { loadManifest } from '../../../engine/connector/load-manifest.ts';
import { nodeAt } from '../../../engine/manifest/node-at.ts';
import { parseManifest } from '../../../engine/manifest/parse.ts';
import { specifiedRules } from '../../../engine/validate/specified-rules.ts';
import { itemsWith, manifestWith } from './harness.ts';

const { node } = parseManifest({ name: 'x.yaml', text: 'a: { b: [c, d], e: f }\ng: h\n' });
if (node === undefined) throw new Error('It can be read.');
const root = node;

/** The result of a check that has found something at each of these paths. */
function found(
  id: string,
  more: Partial<Check>,
  ...paths: readonly (readonly (string | number)[])[]
): CheckResult {
  const check = defineCheck({
    ...{ id, group: 'catalog', level: 'static', severity: 'warning', doc: '' },
    *run() {},
    ...more,
  });
  const violations = paths.map((path) => ({
    kind: 'violation' as const,
    message: id,
    places: [nodeAt(root, path).place],
    stream: 's',
  }));
  const common = { skipped: [], notRun: [], looked: new Set(['s']), took: 0 };
  return { check, verdict: 'warned', violations, ...common };
}

const told = (...results: readonly CheckResult[]) =>
  toldOnce(results).map(({ check, violations, verdict }) => [check.id, violations.length, verdict]);

describe('one finding for each cause', () => {
  const better = found('better', { saysMoreThan: ['weaker'] }, ['a', 'b']);

  it('leaves out what another check says with better evidence, and no other place', () => {
    expect(told(found('weaker', {}, ['a', 'b'], ['g']), better)).toEqual([
      ['weaker', 1, 'warned'],
      ['better', 1, 'warned'],
    ]);
    expect(told(found('weaker', {}, ['a', 'b']), better)[0]).toEqual(['weaker', 0, 'passed']);
  });

  it('takes an item of a list of texts for the list', () => {
    expect(told(found('weaker', {}, ['a', 'b', 1]), better)[0]).toEqual(['weaker', 0, 'passed']);
  });

  it('keeps other causes at the same place, and what only a note says more of', () => {
    expect(told(found('other', {}, ['a', 'b']), better)[0]).toEqual(['other', 1, 'warned']);
    const note = found('better', { saysMoreThan: ['weaker'], severity: 'note' }, ['a', 'b']);
    expect(told(found('weaker', {}, ['a', 'b']), note)[0]).toEqual(['weaker', 1, 'warned']);
  });

  it('leaves out what is skipped with a reason under its better name', () => {
    const { violations, ...rest } = better;
    const skipped = violations.map((violation) => ({ violation, reason: 'known' }));
    expect(told(found('weaker', {}, ['a', 'b']), { ...rest, violations: [], skipped })[0]?.[1]).toBe(0);
  });

  const compares = { comparesStreams: true } as const;

  it('lets who only compares streams give way to all others', () => {
    expect(told(found('compares', compares, ['g']), found('other', {}, ['g']))).toEqual([
      ['compares', 0, 'passed'],
      ['other', 1, 'warned'],
    ]);
  });

  it('keeps the narrower of two that compare a stream, and the first at one place', () => {
    const counts = (...paths: readonly (readonly string[])[]) =>
      told(...paths.map((path, index) => found(`c${index}`, compares, path))).map(([, count]) => count);
    expect(counts(['a', 'e'], ['a'])).toEqual([1, 0]);
    expect(counts(['a'], ['a', 'e'])).toEqual([0, 1]);
    expect(counts(['g'], ['g'])).toEqual([1, 0]);
    expect(counts(['a'], ['g'])).toEqual([1, 1]);
  });

  it('lets who tells that the whole fails give way to an error at a place that it names', () => {
    const [first, ...more] = ['g', 'a'].map((name) => nodeAt(root, [name]).place);
    if (first === undefined) throw new Error('It is there.');
    const whole = found('whole', { tellsOutcome: true, severity: 'error' }, ['g']);
    const fails = {
      ...whole,
      violations: whole.violations.map((each) => ({ ...each, places: [first, ...more] })),
    };
    const besides = (other: CheckResult) => told(fails, other)[0]?.[1];
    expect(besides(found('other', { severity: 'error' }, ['a']))).toBe(0);
    expect(besides(found('other', {}, ['a']))).toBe(1);
    expect(besides(found('other', { severity: 'error' }, ['g']))).toBe(1);
  });

  it('tells what no manifest may have once, and not that the stream around it fails, too', async () => {
    const path = '/items?since={{ stream_state.updated_at }}';
    expect(await counts(itemsWith({ path }), 'manifest-valid', 'statuses')).toEqual([
      { 'manifest-valid': 1, statuses: 1 },
      { 'manifest-valid': 1, statuses: 0 },
    ]);
  });

  it('tells a datetime, and a format, that cannot be read once', async () => {
    const cursor = (format: string) =>
      manifestWith({
        stream: `incremental_sync: { type: DatetimeBasedCursor, cursor_field: at, datetime_format: "${format}", start_datetime: "2024-01-01" }`,
        schema: '{ type: object, properties: { id: { type: string }, at: { type: string } } }',
      });
    for (const [format, told] of [
      ['%Y-%m-%Q', 'manifest-valid'],
      ['%Y-%m-%dT%H:%M:%SZ', 'statuses'],
    ] as const) {
      const manifest = loadManifest({ name: 'x.yaml', text: cursor(format) });
      const checks = specifiedChecks.filter(({ id }) =>
        ['manifest-valid', 'check-verdict', 'statuses'].includes(id),
      );
      const results: CheckResult[] = [];
      for await (const result of runChecks(createSubject({ file: 'x.yaml', manifest }), checks))
        results.push(result);
      const failed = (from: readonly CheckResult[]) =>
        from.flatMap(({ check, violations }) =>
          violations.some(({ severity = check.severity }) => severity === 'error') ? [check.id] : [],
        );
      expect(failed(results)).toContain('check-verdict');
      expect(failed(toldOnce(results))).toEqual([told]);
    }
  });

  it('knows the names of what is left out', () => {
    const known = [...specifiedChecks.map(({ id }) => id), ...Object.keys(specifiedRules)];
    const named = specifiedChecks.flatMap(({ saysMoreThan = [] }) => saysMoreThan);
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });

  /** How much the checks with these ids tell of a manifest, by themselves and in the end. */
  async function counts(text: string, ...ids: readonly string[]) {
    const subject = createSubject({ file: 'x.yaml', manifest: loadManifest({ name: 'x.yaml', text }) });
    const results: CheckResult[] = [];
    const checks = specifiedChecks.filter(({ id }) => ids.includes(id));
    for await (const result of runChecks(subject, checks)) results.push(result);
    return [results, toldOnce(results)].map((from) =>
      Object.fromEntries(from.map(({ check, violations }) => [check.id, violations.length])),
    );
  }

  it('tells a type that name, keywords and description speak against once', async () => {
    const typed = (more: string) =>
      manifestWith({
        schema: `{ type: object, properties: { closed_at: { type: ["null", boolean]${more} } } }`,
      });
    const ids = ['field-types', 'schema-types', 'field-descriptions'];
    expect(await counts(typed(', description: The time at which it was closed.'), ...ids)).toEqual([
      { 'field-types': 1, 'schema-types': 1, 'field-descriptions': 1 },
      { 'field-types': 0, 'schema-types': 0, 'field-descriptions': 1 },
    ]);
    expect((await counts(typed(''), ...ids))[1]).toEqual({
      'field-types': 0,
      'schema-types': 1,
      'field-descriptions': 0,
    });
  });

  it('tells a default that the spec refuses once', async () => {
    const spec = '{ type: object, properties: { day: { type: integer, default: soon } } }';
    expect(await counts(manifestWith({ spec }), 'manifest-valid', 'spec-defaults')).toEqual([
      { 'manifest-valid': 1, 'spec-defaults': 1 },
      { 'manifest-valid': 0, 'spec-defaults': 1 },
    ]);
  });

  it('tells a key that is in no schema once', async () => {
    const text = manifestWith({
      stream: 'primary_key: [guid]',
      schema: '{ type: object, additionalProperties: false, properties: { id: { type: int } } }',
    });
    expect(await counts(text, 'manifest-valid', 'pk-in-schema', 'schema-valid')).toEqual([
      { 'manifest-valid': 2, 'pk-in-schema': 1, 'schema-valid': 1 },
      { 'manifest-valid': 0, 'pk-in-schema': 1, 'schema-valid': 1 },
    ]);
  });
});
